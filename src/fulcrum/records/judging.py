"""The snapshots of what is judged: read where they still hold, made anew where they do not.

A belief rests on the executive's file, the day, the playbook and the code; a choice also on the programme,
the newest findings and the files of those whom they listen to. What a snapshot rests on is read before the
data, so that a write in between makes it stale at once and never wrong.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import sha256

from fulcrum import workflow
from fulcrum.core.errors import Outdated
from fulcrum.core.judgement import BarrierBelief, Belief, Choice
from fulcrum.core.levers import CaseAtHand
from fulcrum.core.quantities import Estimate
from fulcrum.core.slices import Slices
from fulcrum.core.stored import from_stored, to_stored
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.folders import playbook_mark, playbook_of
from fulcrum.records.queries.company import company_around
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.workflow import Assessment

_NO_CASE = "No case was computed from customer data."


@value
class Judged:
    """What is believed of one executive, and what is recommended.

    `is_without_peers` says that nothing is told of peers, because the file of one is closed to the reader.
    """

    executive: models.Executive
    belief: Belief
    barrier: BarrierBelief
    choice: Choice
    is_without_peers: bool = False


@value
class Grounds:
    """What judgements of one workspace rest on at this moment; executives and those heard by row id."""

    workspace: models.Workspace
    today: date
    version: str
    told: int
    run: int | None
    executives: Mapping[int, models.Executive]
    heard: Mapping[int, tuple[int, ...]]

    def rests_on(self, executive: int) -> str:
        """The fingerprint of all that a choice for this executive rests on."""
        files = [(pk, self.executives[pk].file_version) for pk in (executive, *self.heard[executive])]
        return sha256(repr((self.told, self.run, files)).encode()).hexdigest()

    def heard_by(self, executives: Iterable[int]) -> set[int]:
        """Everybody to whom one of these listens."""
        return {peer for pk in executives for peer in self.heard[pk]}


def judged(
    workspace: models.Workspace, executives: Collection[int] | None = None
) -> tuple[dict[int, tuple[Assessment, Choice]], Grounds]:
    """What is believed of these executives (all if not said) and recommended, and what it rests on."""
    grounds = grounds_of(workspace)
    wanted = [pk for pk in grounds.executives if executives is None or pk in executives]
    assessments, chosen = _kept(grounds, wanted)
    missing = [pk for pk in wanted if pk not in chosen]
    if missing:
        _judge(grounds, missing, assessments, chosen)
    return {pk: (assessments[pk], chosen[pk]) for pk in wanted}, grounds


def grounds_of(workspace: models.Workspace) -> Grounds:
    """What judgements of this workspace rest on now."""
    told = models.Workspace.objects.values_list("told", flat=True).get(pk=workspace.pk)
    executives = {one.pk: one for one in models.Executive.objects.filter(workspace=workspace)}
    edges = models.Influence.objects.filter(executive__workspace=workspace).standing()
    heard: dict[int, list[int]] = defaultdict(list)
    for listener, peer in edges.order_by("id").values_list("executive_id", "listened_to_id"):
        if peer in executives:
            heard[listener].append(peer)
    return Grounds(
        workspace=workspace,
        today=workspace.today,
        version=playbook_mark(workspace),
        told=told,
        run=workspace.runs.filter(evidence__isnull=False).values_list("pk", flat=True).first(),
        executives=executives,
        heard={pk: tuple(heard[pk]) for pk in executives},
    )


def _kept(grounds: Grounds, wanted: list[int]) -> tuple[dict[int, Assessment], dict[int, Choice]]:
    """Those snapshots that still hold, of these executives and of those whom they listen to."""
    assessments: dict[int, Assessment] = {}
    chosen: dict[int, Choice] = {}
    needed = {*wanted, *grounds.heard_by(wanted)}
    rows = models.Standing.objects.filter(executive__in=needed, as_of=grounds.today, version=grounds.version)
    for row in rows:
        pk = row.executive_id
        if row.file_version != grounds.executives[pk].file_version:
            continue
        try:
            assessments[pk] = Assessment(
                belief=from_stored(Belief, row.belief), barrier=from_stored(BarrierBelief, row.barrier)
            )
            if pk in wanted and row.choice is not None and row.rests_on == grounds.rests_on(pk):
                chosen[pk] = from_stored(Choice, row.choice)
        except Outdated:
            continue
    return assessments, {pk: choice for pk, choice in chosen.items() if pk in assessments}


def _judge(
    grounds: Grounds, missing: list[int], assessments: dict[int, Assessment], chosen: dict[int, Choice]
) -> None:
    """Complete both by what is missing, and keep it."""
    playbook = playbook_of(grounds.workspace)
    needed = {*missing, *grounds.heard_by(missing)}
    unknown = needed - assessments.keys()
    files = [grounds.executives[pk] for pk in {*missing, *unknown}]
    slices = Slices(company_around(files, workspace=grounds.workspace, today=grounds.today))
    for pk in unknown:
        key = grounds.executives[pk].key
        assessments[pk] = workflow.assess_one(slices.of(key), playbook, key)
    beliefs = {grounds.executives[pk].key: assessments[pk].belief for pk in needed}
    case = _case_at_hand(grounds, playbook.choice.case_fresh_days.value)
    for pk in missing:
        part = slices.of(grounds.executives[pk].key)
        chosen[pk] = workflow.choose_for(part, playbook, assessments[pk], beliefs, case)
    _keep([_row(grounds, pk, assessments[pk], chosen.get(pk)) for pk in {*missing, *unknown}])


def _case_at_hand(grounds: Grounds, fresh_days: float) -> CaseAtHand:
    evidence = None if grounds.run is None else newest_evidence(grounds.workspace)
    if evidence is None:
        return CaseAtHand(is_computed=False, is_fresh=False, why_not=_NO_CASE)
    return workflow.case_at_hand(evidence, as_of=grounds.today, fresh_days=fresh_days)


def _row(grounds: Grounds, pk: int, one: Assessment, choice: Choice | None) -> models.Standing:
    belief = one.belief
    return models.Standing(
        executive_id=pk,
        as_of=grounds.today,
        version=grounds.version,
        file_version=grounds.executives[pk].file_version,
        rests_on="" if choice is None else grounds.rests_on(pk),
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
