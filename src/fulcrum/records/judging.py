"""The snapshots of what is judged: read where they still hold, made anew where they do not.

A belief rests on the executive's file, the day, the playbook and the code; a choice also on the programme,
the newest findings, the files of those whom they listen to, and on how many promises were kept since they
were last told of any. What a snapshot rests on is read before the data, so that a write in between makes it
stale at once and never wrong. The work grows with the executives asked for, never with those on the desk.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import OuterRef, Subquery

from fulcrum import workflow
from fulcrum.core.judgement import BarrierBelief, Belief, Choice
from fulcrum.core.levers import CaseAtHand
from fulcrum.core.quantities import Estimate
from fulcrum.core.slices import Slices
from fulcrum.core.stored import to_stored
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.folders import playbook_mark, playbook_of
from fulcrum.records.learning import Lessons, lessons_for
from fulcrum.records.queries.company import company_around, files_around
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.queries.promises import promises_since_told
from fulcrum.records.snapshots import Snapshot, kept_beliefs, kept_snapshots
from fulcrum.workflow import Assessment

_NO_CASE = "No case was computed from customer data."


@value
class Judged:
    """What is believed of one executive, and what is recommended; `peer` is the one whom the choice names.

    `is_without_peers` says that nothing is told of peers, because the file of one is closed to the reader.
    """

    executive: models.Executive
    belief: Belief
    barrier: BarrierBelief
    choice: Choice
    peer: models.Executive | None = None
    is_without_peers: bool = False


@value
class Grounds:
    """What judgements of one workspace rest on at this moment; executives and those heard by row id.

    `wanted` are those to be judged, `executives` holds them and those whom they listen to, `promises` how
    many were kept since each of them was told of any, `lessons` what moves have taught.
    """

    workspace: models.Workspace
    version: str
    case: CaseAtHand
    wanted: tuple[int, ...]
    executives: Mapping[int, models.Executive]
    heard: Mapping[int, tuple[int, ...]]
    promises: Mapping[int, int]
    lessons: Lessons

    @property
    def today(self) -> date:
        """The day to look from."""
        return self.workspace.today

    def rests_on(self, executive: int) -> str:
        """The fingerprint of all that a choice for this executive rests on."""
        files = [(pk, self.executives[pk].file_version) for pk in (executive, *self.heard[executive])]
        promises, lessons = self.promises.get(executive, 0), self.lessons.mark(executive)
        stands_on = (self.workspace.told, self.case, promises, files, lessons)
        return sha256(repr(stands_on).encode()).hexdigest()

    def heard_by(self, executives: Iterable[int]) -> set[int]:
        """Everybody to whom one of these listens."""
        return {peer for pk in executives for peer in self.heard[pk]}


def believed(workspace: models.Workspace, executives: Iterable[models.Executive]) -> dict[int, Belief]:
    """What is believed of these executives, rows of this workspace; no choice is made."""
    place, people = _now(workspace), {one.pk: one for one in executives}
    version = playbook_mark(place)
    beliefs = kept_beliefs(people, as_of=place.today, version=version)
    missing = [pk for pk in people if pk not in beliefs]
    if missing:
        files = [people[pk] for pk in missing]
        slices = Slices(files_around(files, workspace=place))
        made = _assessed(place, slices, files)
        _keep([_row(place, version, people[pk], made[pk]) for pk in missing])
        beliefs |= {pk: one.belief for pk, one in made.items()}
    return {pk: beliefs[pk] for pk in people}


def judged(
    workspace: models.Workspace, executives: Iterable[models.Executive] | None = None
) -> tuple[dict[int, tuple[Assessment, Choice]], Grounds]:
    """What is believed of these executives (all if not said) and recommended, and what it rests on.

    The rows given are of this workspace, and tell the file as of their reading.
    """
    grounds = grounds_of(workspace, executives)
    kept = _kept(grounds, grounds.wanted)
    assessments = {pk: one.assessment for pk, one in kept.items()}
    chosen = {
        pk: one.choice
        for pk, one in kept.items()
        if one.choice is not None and one.rests_on == grounds.rests_on(pk)
    }
    missing = [pk for pk in grounds.wanted if pk not in chosen]
    if missing:
        _judge(grounds, missing, assessments, chosen)
    return {pk: (assessments[pk], chosen[pk]) for pk in grounds.wanted}, grounds


def grounds_of(workspace: models.Workspace, executives: Iterable[models.Executive] | None = None) -> Grounds:
    """What judgements of these executives rest on now."""
    place = _now(workspace)
    asked = models.Executive.objects.filter(workspace=place) if executives is None else executives
    people = {one.pk: one for one in asked}
    wanted = tuple(people)
    heard: dict[int, list[int]] = {pk: [] for pk in wanted}
    edges = models.Influence.objects.filter(executive__in=wanted).standing().select_related("listened_to")
    for edge in edges.defer("note").order_by("id"):
        if edge.listened_to.workspace_id == place.pk:  # in SQL it would lead past the index
            people.setdefault(edge.listened_to_id, edge.listened_to)
            heard[edge.executive_id].append(edge.listened_to_id)
    return Grounds(
        workspace=place,
        version=playbook_mark(place),
        case=_case_at_hand(place),
        wanted=wanted,
        executives=people,
        heard={pk: tuple(peers) for pk, peers in heard.items()},
        promises=promises_since_told(place, wanted),
        lessons=lessons_for(place, wanted),
    )


def _now(workspace: models.Workspace) -> Any:
    """The workspace as it is at this moment, with the id of its newest findings as `newest_run`."""
    runs = models.Run.objects.filter(workspace=OuterRef("pk"), evidence__isnull=False).order_by("-id")
    return models.Workspace.objects.annotate(newest_run=Subquery(runs.values("pk")[:1])).get(pk=workspace.pk)


def _kept(grounds: Grounds, wanted: Collection[int]) -> dict[int, Snapshot]:
    people = {pk: grounds.executives[pk] for pk in wanted}
    return kept_snapshots(people, as_of=grounds.today, version=grounds.version)


def _judge(
    grounds: Grounds, missing: list[int], assessments: dict[int, Assessment], chosen: dict[int, Choice]
) -> None:
    """Complete both by what is missing, and keep it."""
    playbook = playbook_of(grounds.workspace)
    heard = grounds.heard_by(missing)
    peers = _kept(grounds, heard - assessments.keys())
    assessments |= {pk: one.assessment for pk, one in peers.items()}
    unknown = {*missing, *heard} - assessments.keys()
    files = [grounds.executives[pk] for pk in {*missing, *unknown}]
    others = [grounds.executives[pk] for pk in heard - {one.pk for one in files}]
    slices = Slices(company_around(files, others, workspace=grounds.workspace))
    assessments |= _assessed(grounds.workspace, slices, [grounds.executives[pk] for pk in unknown])
    beliefs = {grounds.executives[pk].key: assessments[pk].belief for pk in {*missing, *heard}}
    for pk in missing:
        part = slices.of(grounds.executives[pk].key)
        learned = grounds.lessons.of(pk)
        chosen[pk] = workflow.choose_for(part, playbook, assessments[pk], beliefs, grounds.case, learned)
    told = {pk: grounds.rests_on(pk) for pk in missing}
    _keep(
        [
            _row(
                grounds.workspace,
                grounds.version,
                grounds.executives[pk],
                assessments[pk],
                chosen.get(pk),
                told.get(pk, ""),
            )
            for pk in {*missing, *unknown}
        ]
    )


def _assessed(
    workspace: models.Workspace, slices: Slices, executives: Iterable[models.Executive]
) -> dict[int, Assessment]:
    playbook = playbook_of(workspace)
    return {one.pk: workflow.assess_one(slices.of(one.key), playbook, one.key) for one in executives}


def _case_at_hand(workspace: Any) -> CaseAtHand:
    """As much of the newest findings as a choice rests on; a new reading may change none of it."""
    evidence = None if workspace.newest_run is None else newest_evidence(workspace)
    if evidence is None:
        return CaseAtHand(is_computed=False, is_fresh=False, why_not=_NO_CASE)
    fresh_days = playbook_of(workspace).choice.case_fresh_days.value
    return workflow.case_at_hand(evidence, as_of=workspace.today, fresh_days=fresh_days)


def _row(
    workspace: models.Workspace,
    version: str,
    executive: models.Executive,
    one: Assessment,
    choice: Choice | None = None,
    rests_on: str = "",
) -> models.Standing:
    belief = one.belief
    return models.Standing(
        executive=executive,
        as_of=workspace.today,
        version=version,
        file_version=executive.file_version,
        rests_on=rests_on,
        belief=to_stored(belief),
        barrier=to_stored(one.barrier),
        choice=None if choice is None else to_stored(choice),
        level=belief.level.value if isinstance(belief.level, Estimate) else None,
        change=belief.change,
        is_drop=belief.is_drop,
        last_evidence=belief.last_evidence,
    )


def _keep(rows: list[models.Standing]) -> None:
    columns = [field.name for field in models.Standing._meta.fields if not field.unique]
    models.Standing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["executive"], update_fields=columns
    )
