"""Briefs as they were kept, what differs between two of them, and what a new one would rest on."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from fulcrum import __version__
from fulcrum.briefing.contents import blocks_of, figures_in
from fulcrum.core import brief as core
from fulcrum.core.errors import Outdated
from fulcrum.core.findings import Evidence
from fulcrum.core.shown import Figure
from fulcrum.core.stored import from_stored
from fulcrum.core.told import Told
from fulcrum.core.value import value
from fulcrum.records.access import Act, Actor, NotThere
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import Audit, Brief, BriefKind, Executive, Run, ShareLink
from fulcrum.records.queries.evidence import evidence_in, run_with_findings
from fulcrum.renewal import told_of

_RENEWED = 8  # so many briefs back a story or an argument is not told again

# Deeds after which the findings no longer say what the company says.
_MOVES_EVIDENCE = ("initiative.", "story.", "workspace.change")


@value
class Grounds:
    """The findings that a brief can rest on at this moment, and why to read them anew, if so.

    `evidence` is None where none of this version are kept; `has_exports`: whether there is anything to read.
    """

    run: Run | None
    evidence: Evidence | None
    stale: str
    has_exports: bool


@value
class Change:
    """One thing that differs between two briefs: what, how it was, how it is; empty where it was not."""

    what: str
    before: str = ""
    now: str = ""


def briefs_of(actor: Actor) -> "QuerySet[Brief]":
    """Every brief of the workspace, the newest first, without what it says; with the number of open links."""
    actor.must(Act.READ)
    is_open = Q(links__closed_at__isnull=True, links__expires_at__gt=timezone.now())
    return (
        actor.workspace.briefs.defer("composed", "run__evidence", "run__problems", "run__rejected_csv")
        .select_related("executive", "made_by", "run")
        .annotate(open_links=Count("links", filter=is_open))
        .order_by("-id")
    )


def brief_of(actor: Actor, pk: int) -> Brief:
    """One brief; raises `NotThere`."""
    actor.must(Act.READ)
    kept = actor.workspace.briefs.defer("run__evidence", "run__problems", "run__rejected_csv")
    found = kept.select_related("executive", "made_by", "run", "workspace").filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def newest_for(actor: Actor, executive: Executive | None, kind: BriefKind = BriefKind.CASE) -> Brief | None:
    """The newest brief of one kind for this executive, or for the board."""
    return actor.workspace.briefs.filter(executive=executive, kind=kind).first()


def told_to(actor: Actor, executive: Executive | None) -> tuple[Told, ...]:
    """What the last briefs for this reader told them, the oldest first; none of other versions."""
    of_case = actor.workspace.briefs.filter(executive=executive, kind=BriefKind.CASE)
    kept = of_case.order_by("-id").only("composed")
    said = [said_in(one) for one in kept[:_RENEWED]]
    return tuple(told_of(one) for one in reversed(said) if one is not None)


def last_days(actor: Actor) -> dict[int | None, date]:
    """The day of the newest brief, by the executive's row id; None is the board."""
    of_case = actor.workspace.briefs.filter(kind=BriefKind.CASE).order_by()
    return dict(of_case.values_list("executive_id").annotate(last=Max("as_of")))


def before(brief: Brief) -> Brief | None:
    """The brief for the same reader that was kept before this one."""
    alike = Brief.objects.filter(workspace=brief.workspace, executive=brief.executive, kind=brief.kind)
    return alike.filter(pk__lt=brief.pk).first()


def said_in(brief: Brief) -> core.Brief | None:
    """What a brief says; None where another version stored it."""
    try:
        return from_stored(core.Brief, brief.composed)
    except Outdated:
        return None


def links_of(actor: Actor, brief: Brief) -> "QuerySet[ShareLink]":
    """The links to a brief, the newest first; only for who may make them."""
    actor.must(Act.WRITE)
    return brief.links.select_related("made_by").order_by("-id")


def grounds_of(actor: Actor) -> Grounds:
    """What a brief of this moment would rest on."""
    run = run_with_findings(actor)
    evidence = None if run is None else evidence_in(run)
    return Grounds(
        run=run if evidence is not None else None,
        evidence=evidence,
        stale="" if run is None or evidence is None else _stale(actor, run),
        has_exports=actor.workspace.datasets.exists(),
    )


def changes(before: core.Brief, now: core.Brief) -> tuple[Change, ...]:
    """What a reader of the earlier brief finds changed: the ask, the story, figures, what is missing."""
    found = [
        Change(what="The first sentence", before=before.title, now=now.title),
        Change(what="The ask", before=_asked(before), now=_asked(now)),
        Change(what="The customer", before=_quoted(before), now=_quoted(now)),
    ]
    found = [one for one in found if one.before != one.now]
    return (*found, *_figures(before, now), *_refusals(before, now), *_missing(before, now))


def _asked(brief: core.Brief) -> str:
    return " ".join(block.sentence for block in blocks_of(core.AskBlock, brief.sections))


def _quoted(brief: core.Brief) -> str:
    return " ".join(block.text for block in blocks_of(core.Quote, brief.sections))


def _stale(actor: Actor, run: Run) -> str:
    workspace = actor.workspace
    if run.version != f"{__version__}, playbook {playbook_of(workspace).version}":
        return "They were read by another version of Fulcrum or its playbook."
    if workspace.datasets.filter(uploaded_at__gt=run.made_at).exists():
        return "An export came since."
    newest = workspace.mappings.first()
    if newest is not None and newest.pk != run.mapping_id:
        return "The mapping of the exports changed since."
    if run.as_of != workspace.today and workspace.as_of is not None:
        return "They look from another day than the workspace does."
    return "What the company states changed since." if _was_stated_since(actor, run.made_at) else ""


def _was_stated_since(actor: Actor, at: datetime) -> bool:
    moved = Q()
    for start in _MOVES_EVIDENCE:
        moved |= Q(action__startswith=start)
    return Audit.objects.filter(moved, workspace=actor.workspace, at__gt=at).exists()


def _figures(before: core.Brief, now: core.Brief) -> Iterable[Change]:
    old = {one.key: one for one in figures_in(before.sections)}
    new = {one.key: one for one in figures_in(now.sections)}
    for key in {**new, **old}:
        was, stands = _said(old.get(key)), _said(new.get(key))
        if was != stands:
            yield Change(what=(new.get(key) or old[key]).label, before=was, now=stands)


def _said(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return f"{figure.said} ({figure.interval})" if figure.interval else figure.said


def _refusals(before: core.Brief, now: core.Brief) -> Iterable[Change]:
    old, new = _refused(before), _refused(now)
    for label in {**new, **old}:
        if old.get(label) != new.get(label):
            yield Change(what=f"Not shown: {label}", before=old.get(label, ""), now=new.get(label, ""))


def _refused(brief: core.Brief) -> dict[str, str]:
    return {
        item.label: item.reason for block in blocks_of(core.Refusals, brief.sections) for item in block.items
    }


def _missing(before: core.Brief, now: core.Brief) -> Iterable[Change]:
    old = {block.what: block.why for block in blocks_of(core.Missing, before.sections)}
    new = {block.what: block.why for block in blocks_of(core.Missing, now.sections)}
    for what in {**new, **old}:
        if (what in old) != (what in new):
            said = "it was missing" if what in old else ""
            yield Change(what=what, before=said, now="" if what in old else "it is missing")
