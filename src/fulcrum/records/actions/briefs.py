"""Briefs: composed for a look, kept as they were seen, given out as files and by links that end."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db.models import F
from django.utils import timezone

from fulcrum import first_steps, on_vision, over_time, workflow
from fulcrum.briefing.formats import FORMATS
from fulcrum.core import brief as core
from fulcrum.core.errors import DataProblems, FulcrumError, Outdated, errors_in
from fulcrum.core.findings import Evidence
from fulcrum.core.stored import to_stored
from fulcrum.records import jobs, laid_out
from fulcrum.records.access import Act, Actor, Refused
from fulcrum.records.actions.deed import deed
from fulcrum.records.actions.evidence import looked_at, read_the_data
from fulcrum.records.folders import playbook_of
from fulcrum.records.models import Brief, BriefKind, Executive, Job, Run, ShareLink
from fulcrum.records.queries.briefs import brief_of, said_in, told_to
from fulcrum.records.queries.evidence import problems_in
from fulcrum.records.queries.progress import readouts_of
from fulcrum.records.standings import standing_of
from fulcrum.records.work import Progress, actor_of, work

DAYS_OPEN = (1, 7, 30)
_WHAT = {BriefKind.VISION: "the vision brief", BriefKind.CONFIDENCE: "a confidence brief"}
HEAVY = frozenset({"pptx"})  # takes longer than somebody who clicked wants to wait


class ChangedSinceLook(FulcrumError):
    """What would be kept is no longer what was looked at."""

    def __init__(self) -> None:
        super().__init__("Something changed since this was shown, so it was not kept. This is how it is now.")


def composed_for(actor: Actor, executive: Executive | None, evidence: Evidence | None) -> core.Brief:
    """The brief as it would leave now, kept nowhere; `NotThere` where the executive's file is closed.

    Of what is believed of the executive only the step to ask enters. No executive means the board. Without
    evidence the brief says what is missing. It renews those that were kept for the same reader before.
    """
    actor.must(Act.WRITE)
    step = None if executive is None else standing_of(actor, executive).choice
    place = looked_at(actor.workspace)
    found = workflow.gather(place) if evidence is None else evidence
    told = told_to(actor, executive)
    if executive is None or step is None:
        return workflow.brief_for_board(place, found, told)
    return workflow.brief_for(place, executive.key, found, step, told)


def to_mend(actor: Actor, brief: core.Brief) -> tuple[str, ...]:
    """Where a brief asks from the sender's need, with how to put it from the reader's side."""
    return first_steps.to_mend(brief, playbook_of(actor.workspace))


def composed_vision(actor: Actor, executive: Executive | None, evidence: Evidence | None) -> core.Brief:
    """The vision brief as it would leave now, kept nowhere; no executive means all of them.

    It holds nothing of what is believed of anybody. Raises `WrongUse` where no vision was written.
    """
    actor.must(Act.WRITE)
    place = looked_at(actor.workspace)
    found = Evidence(findings=()) if evidence is None else evidence
    return on_vision.brief_for_vision(place, found, None if executive is None else executive.key)


def composed_confidence(
    actor: Actor, executive: Executive | None, evidence: Evidence | None, *, days: int
) -> core.Brief:
    """How the work went in the last so many days, as it would leave now; no executive means the board.

    `NotThere` where the executive's file is closed: the step to ask comes from where they stand.
    """
    actor.must(Act.WRITE)
    step = None if executive is None else standing_of(actor, executive).choice.step
    place = looked_at(actor.workspace)
    return over_time.confidence_brief(
        place,
        Evidence(findings=()) if evidence is None else evidence,
        None if executive is None else executive.key,
        step=step,
        readouts=readouts_of(actor),
        since=place.company.as_of - timedelta(days=days),
    )


def keep_brief(
    actor: Actor,
    executive: Executive | None,
    *,
    brief: core.Brief,
    run: Run | None,
    seen: str,
    kind: BriefKind = BriefKind.CASE,
) -> Brief:
    """Keep a brief as it was looked at; `seen` is the `mark_of` what was shown."""
    if mark_of(brief) != seen:
        raise ChangedSinceLook
    what = _WHAT.get(kind, "a brief")
    said = f"Kept {what} for {_reader(executive, kind)}."
    with deed(actor, Act.READ, "brief.keep", said, executive=executive):
        actor.must(Act.WRITE)
        return Brief.objects.create(
            workspace=actor.workspace,
            executive=executive,
            kind=kind,
            title=brief.title[:500],
            composed=to_stored(brief),
            as_of=brief.as_of,
            version=f"{brief.provenance.version}, playbook {playbook_of(actor.workspace).version}"[:100],
            run=run,
            made_by=actor.member,
        )


def mark_of(brief: core.Brief) -> str:
    """The fingerprint of all that a brief says."""
    return laid_out.mark(to_stored(brief))


def document(brief: Brief, format_name: str) -> bytes:
    """The brief in one format; rendered once, the same bytes ever after."""
    path = laid_out.place_of(brief, format_name)
    if not path.is_file():
        said = said_in(brief)
        if said is None:
            raise Outdated("This brief was kept by another version. Make it anew to have it as a file.")
        laid_out.write(path, FORMATS[format_name].render(said))
    return path.read_bytes()


def is_at_hand(brief: Brief, format_name: str) -> bool:
    """Whether a file of this format comes at once."""
    return format_name not in HEAVY or laid_out.place_of(brief, format_name).is_file()


def share(actor: Actor, brief: Brief, *, days: int) -> tuple[ShareLink, str]:
    """A way to one brief without an account, and its token, which is told only here."""
    if days not in DAYS_OPEN:
        raise Refused("A link is open for 1, 7 or 30 days.")
    token = secrets.token_urlsafe(32)
    said = f"Made a link to a brief for {reader_of(brief)}, open for {days} {'day' if days == 1 else 'days'}."
    with deed(actor, Act.READ, "brief.share", said, executive=brief.executive):
        actor.must(Act.WRITE)
        link = ShareLink.objects.create(
            brief=brief,
            token_sha256=_hashed(token),
            expires_at=timezone.now() + timedelta(days=days),
            made_by=actor.member,
        )
    return link, token


def close_link(actor: Actor, link: ShareLink) -> None:
    """From now on the link opens nothing."""
    said = f"Closed a link to a brief for {reader_of(link.brief)}."
    with deed(actor, Act.READ, "brief.close_link", said, executive=link.brief.executive):
        actor.must(Act.WRITE)
        ShareLink.objects.filter(pk=link.pk, closed_at__isnull=True).update(closed_at=timezone.now())


def shared(token: str, *, is_opening: bool) -> Brief | None:
    """The brief to which a token leads; None alike for tokens unknown, expired and closed.

    The look-up is by the token's hash, and each answer takes the same one query. An opening is counted.
    """
    now = timezone.now()
    link = (
        ShareLink.objects.select_related("brief__workspace", "brief__executive")
        .filter(token_sha256=_hashed(token), closed_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if link is None:
        return None
    if is_opening:
        ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=now)
    return link.brief


def reader_of(brief: Brief) -> str:
    """For whom a brief is, in words."""
    return _reader(brief.executive, BriefKind(brief.kind))


def _reader(executive: Executive | None, kind: BriefKind) -> str:
    if executive is not None:
        return executive.name
    return "all executives" if kind is BriefKind.VISION else "the board"


def ask_for_reading(actor: Actor, executive: Executive | None) -> Job:
    """Read the data anew, then lead to the brief that rests on it."""
    actor.must(Act.WRITE)
    key = "" if executive is None else executive.key
    return jobs.ask_for(actor, "brief", {"executive": key}, actor.workspace)


def ask_for_file(actor: Actor, brief: Brief, format_name: str) -> Job:
    """Lay out a brief in a format that takes its time."""
    actor.must(Act.READ)
    return jobs.ask_for(actor, "brief_file", {"brief": brief.pk, "format": format_name}, actor.workspace)


@work("brief")
def work_brief(job: Job, progress: Progress) -> dict[str, Any]:
    """Read the data, and lead to the look at the brief."""
    actor = _asking(job)
    run = read_the_data(actor, tell=progress.step)
    if run.evidence is None:
        raise DataProblems(errors_in(problems_in(run)))
    key = job.arguments.get("executive") or "board"
    return {"run": run.pk, "url": f"/w/{actor.workspace.slug}/briefs/look/{key}/"}


@work("brief_file")
def work_brief_file(job: Job, progress: Progress) -> dict[str, Any]:
    """Lay out one file of a brief."""
    actor = _asking(job)
    brief = brief_of(actor, job.arguments["brief"])
    progress.step(0, 1, f"Laying out the brief for {reader_of(brief)}")
    document(brief, job.arguments["format"])
    return {"url": f"/w/{actor.workspace.slug}/briefs/{brief.pk}/"}


def _asking(job: Job) -> Actor:
    actor = actor_of(job)
    if actor is None:
        raise Refused("Nobody asked for this work.")
    return actor


def _hashed(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
