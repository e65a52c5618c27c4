"""How the work goes, as one actor may see it: progress on record, and the year of whose file is open."""

from datetime import timedelta

from fulcrum import over_time
from fulcrum.core.findings import Evidence
from fulcrum.core.pilots import ReadOut
from fulcrum.core.progress import Progress, TeamYear
from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor, files_open_to
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import PilotReading
from fulcrum.records.queries.company import company_as_seen
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.queries.people import counted
from fulcrum.records.queries.pilots import pilots_seen, read_out_in
from fulcrum.records.standings import beliefs_for, that_matter_most

MOST_IN_YEAR = 100
MOST_READINGS = 200


@value
class Seen:
    """Progress and year as the actor may see them; `closed` executives are in neither's counts by person."""

    progress: Progress
    year: TeamYear
    readouts: tuple[ReadOut, ...]
    has_evidence: bool
    closed: int


def progress_for(actor: Actor, *, days: int) -> Seen:
    """How the work went in the last so many days; asks and beliefs only of whose file is open."""
    actor.must(Act.READ)
    place = actor.workspace
    company, _, _ = company_as_seen(actor, today=place.today)
    found = newest_evidence(place)
    evidence = Evidence(findings=()) if found is None else found
    playbook = playbook_of(place)
    readouts = readouts_of(actor)
    _, hidden = counted(actor)
    shown = that_matter_most(actor, MOST_IN_YEAR)
    left_out = hidden + max(0, files_open_to(actor).count() - len(shown))
    return Seen(
        progress=over_time.progress_of(company, playbook, evidence, since=place.today - timedelta(days=days)),
        year=over_time.year_of(
            company,
            beliefs_for(actor, shown).values(),
            playbook,
            readouts=_told_anew(actor),
            left_out=left_out,
        ),
        readouts=readouts,
        has_evidence=found is not None,
        closed=hidden,
    )


def readouts_of(actor: Actor) -> tuple[ReadOut, ...]:
    """The newest read-out of each pilot, of those that this version stored."""
    return tuple(one.read_out for one in pilots_seen(actor) if one.read_out is not None)


def _told_anew(actor: Actor) -> tuple[ReadOut, ...]:
    """Of every pilot its readings by day, the last of those in a row that decided the same."""
    rows = PilotReading.objects.filter(workspace=actor.workspace, read_out__isnull=False)
    last: dict[str, ReadOut] = {}
    found: list[ReadOut] = []
    for row in reversed(list(rows[:MOST_READINGS])):
        made = read_out_in(row)
        if made is None:
            continue
        before = last.get(row.key)
        if before is not None and before.decision.word == made.decision.word:
            found.remove(before)
        last[row.key] = made
        found.append(made)
    return tuple(found)
