"""What moves have taught, for each executive from the files that all of their readers may see.

A gain of one executive moves with what came of moves on others. So that nobody can read a file that is closed
to them off a gain that is open, a choice rests only on executives whose file every reader of it may open.
Outcomes are worked out once for each state of a file, and remembered in the process.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db.models import Aggregate, TextField

from fulcrum import as_a_team
from fulcrum.core.learned import NOTHING_LEARNED, Learned, Outcome
from fulcrum.core.slices import Slices
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.folders import playbook_mark, playbook_of
from fulcrum.records.queries.company import files_around, programme_of
from fulcrum.records.remembered import Remembered

MOST_TAUGHT = 60  # executives: a page reads who may open their files
_outcomes = Remembered[tuple[Outcome, ...]](4_000)
_lessons = Remembered[Learned](100)


@value
class Lessons:
    """What was learned for each executive, by row id; `marks` tell when it changed."""

    learned: Mapping[int, Learned]
    marks: Mapping[int, str]

    def of(self, executive: int) -> Learned:
        """What the choice for this executive rests on."""
        return self.learned.get(executive, NOTHING_LEARNED)

    def mark(self, executive: int) -> str:
        """A fingerprint of it; empty where nothing was learned."""
        return self.marks.get(executive, "")


NO_LESSONS = Lessons(learned={}, marks={})


def lessons_for(workspace: models.Workspace, executives: Collection[int]) -> Lessons:
    """What choices for these executives may rest on; one query where no move was made."""
    moved = _moved(workspace)
    if not moved or not executives:
        return NO_LESSONS
    outcomes = outcomes_of(workspace, moved)
    seen_by = _readers(workspace, {*executives, *moved})
    by_readers = dict[frozenset[int], Learned]()
    learned = {}
    for pk in executives:
        readers = seen_by[pk]
        if readers not in by_readers:
            told = tuple(outcomes[one] for one in moved if readers <= seen_by[one])
            by_readers[readers] = _learned(told, workspace)
        learned[pk] = by_readers[readers]
    marks = {id(one): _mark(one) for one in by_readers.values()}
    return Lessons(learned=learned, marks={pk: marks[id(one)] for pk, one in learned.items()})


def outcomes_of(
    workspace: models.Workspace, file_versions: Mapping[int, int]
) -> dict[int, tuple[Outcome, ...]]:
    """What came of every move on these executives (row ids with the versions of their files), by row id.

    The workspace tells what was said of it up to its reading.
    """
    context = programme_of(workspace)["context"]
    said = sha256(repr([each.date for each in context]).encode()).hexdigest()
    about = (workspace.pk, workspace.made_at, workspace.today, playbook_mark(workspace), said)

    def make(missing: list[int]) -> dict[int, tuple[Outcome, ...]]:
        people = models.Executive.objects.in_bulk(missing)
        slices = Slices(files_around(people.values(), workspace=workspace))
        playbook = playbook_of(workspace)
        found = {
            pk: as_a_team.outcomes(slices.of(one.key), playbook, one.key, context)
            for pk, one in people.items()
        }
        return {pk: found.get(pk, ()) for pk in missing}  # who was erased meanwhile taught nothing

    return _outcomes.each({pk: (pk, version, *about) for pk, version in file_versions.items()}, make)


def _learned(told: tuple[tuple[Outcome, ...], ...], workspace: models.Workspace) -> Learned:
    """What these outcomes teach, worked out once."""
    everything = tuple(each for one in told for each in one)
    playbook = playbook_of(workspace)
    found = _lessons.each(
        {workspace.pk: (playbook_mark(workspace), everything)},
        lambda _: {workspace.pk: as_a_team.learned_from(everything, playbook)},
    )
    return found[workspace.pk]


def _moved(workspace: models.Workspace) -> dict[int, int]:
    """The executives on whom a move was made, at most those of the newest, with their files' versions."""
    made = models.Move.objects.standing().filter(executive__workspace=workspace).order_by("-date", "-pk")
    newest = made.values_list("executive_id", "executive__file_version")[: 4 * MOST_TAUGHT]
    return dict(sorted(list(dict(newest).items())[:MOST_TAUGHT]))


def _readers(workspace: models.Workspace, executives: Collection[int]) -> dict[int, frozenset[int]]:
    """The members who may open each file: those named for it, but for the executive themselves."""
    named = models.Reader.objects.filter(executive__in=list(executives)).order_by()
    listed = named.values_list("executive_id").annotate(members=Listed("member_id"))
    told = {pk: _ids(members) for pk, members in listed}
    themselves = models.Member.objects.filter(workspace=workspace, is_executive__in=told)
    for member, pk in themselves.values_list("pk", "is_executive_id"):
        told[pk] -= {member}
    return {pk: told.get(pk, frozenset[int]()) for pk in executives}


class Listed(Aggregate):
    """Ids as one text, with commas: thousands of rows come back as a few."""

    output_field = TextField()

    def as_sqlite(self, *given: Any, **more: Any) -> Any:
        """As SQLite spells it."""
        return self.as_sql(*given, **more, template="GROUP_CONCAT(%(expressions)s)")

    def as_postgresql(self, *given: Any, **more: Any) -> Any:
        """As PostgreSQL spells it."""
        return self.as_sql(*given, **more, template="STRING_AGG((%(expressions)s)::text, ',')")


@lru_cache(maxsize=1_000)
def _ids(listed: str) -> frozenset[int]:
    return frozenset(map(int, listed.split(",")))


def _mark(learned: Learned) -> str:
    counts = [
        (cell.row, cell.lever.value, cell.tried, cell.rose, round(cell.weight, 9)) for cell in learned.cells
    ]
    return sha256(repr(counts).encode()).hexdigest() if learned.counted else ""
