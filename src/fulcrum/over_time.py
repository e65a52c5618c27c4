"""How the work goes: what moved and what did not, whose word was kept, what it cost; and the team's year."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from fulcrum.core import wording
from fulcrum.core.brief import Brief
from fulcrum.core.company import Company, Decision, Win
from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence, Trend
from fulcrum.core.judgement import Belief, StepToAsk
from fulcrum.core.pilots import ReadOut
from fulcrum.core.playbook import Playbook
from fulcrum.core.progress import Indicator, Progress, SpendAccount, TeamYear
from fulcrum.core.quantities import Money
from fulcrum.workflow import Assessment, Workspace

A_MONTH, A_QUARTER = timedelta(days=30), timedelta(days=91)
Row = TypeVar("Row", Win, Decision)


def progress(workspace: Workspace, evidence: Evidence, *, since: date | None = None) -> Progress:
    """How the work went since a day: a quarter ago, if none is said."""
    return progress_of(workspace.company, workspace.playbook, evidence, since=since)


def progress_of(
    company: Company, playbook: Playbook, evidence: Evidence, *, since: date | None = None
) -> Progress:
    """The same for a company that is no folder."""
    from fulcrum.commitment.promises import each_executives_word, executives_word, teams_word
    from fulcrum.evidence.methods.intervals import share_interval

    as_of = company.as_of
    start = as_of - A_QUARTER if since is None else since
    how: dict[str, Any] = {
        "as_of": as_of,
        "rules": playbook.evidence,
        "interval": share_interval,
    }
    return Progress(
        since=start,
        as_of=as_of,
        indicators=tuple(_indicator(trend, start) for trend in evidence.trends),
        wins=_dated(company.wins, start, as_of),
        spend=_spend(company, start),
        risks=tuple(one for one in company.risks if one.closed_on is None or one.closed_on > as_of),
        closed_risks=tuple(
            one for one in company.risks if one.closed_on is not None and start < one.closed_on <= as_of
        ),
        executives=executives_word(company, **how),
        team=teams_word(company, **how),
        by_executive=each_executives_word(company, **how),
        decisions=_dated(company.decisions, start, as_of),
    )


def confidence_brief(
    workspace: Workspace,
    evidence: Evidence,
    executive: str | None,
    *,
    step: StepToAsk | None = None,
    readouts: Sequence[ReadOut] = (),
    since: date | None = None,
) -> Brief:
    """How the work went, for one executive or (without one) for the board: no belief enters."""
    from fulcrum.briefing.confidence import compose_confidence

    company, playbook = workspace.company, workspace.playbook
    person = None if executive is None else company.executive(executive)
    if executive is not None and person is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    found = progress_of(company, playbook, evidence, since=since)
    return compose_confidence(
        company, evidence, found, playbook, executive=person, step=step, readouts=readouts
    )


def year(
    workspace: Workspace, assessments: Iterable[Assessment], *, readouts: Sequence[ReadOut] = ()
) -> TeamYear:
    """Commitment of the team over the last year, with what was done and what pilots proved."""
    beliefs = [one.belief for one in assessments]
    return year_of(workspace.company, beliefs, workspace.playbook, readouts=readouts)


def year_of(
    company: Company,
    beliefs: Iterable[Belief],
    playbook: Playbook,
    *,
    readouts: Sequence[ReadOut] = (),
    left_out: int = 0,
) -> TeamYear:
    """The same from beliefs that are at hand; `left_out` says of how many executives they are not."""
    from fulcrum.commitment.team_year import team_year

    unknown_after = playbook.belief.unknown_after_weeks.value
    return team_year(
        company, beliefs, readouts=readouts, unknown_after_weeks=unknown_after, left_out=left_out
    )


def _indicator(trend: Trend, since: date) -> Indicator:
    """Whether a series moved: a signal only where a run rule names a point that is not older than `since`."""
    if trend.refusal is not None:
        return Indicator(trend=trend, verdict="not readable", said=wording.say_unknown(trend.refusal))
    recent = [
        one for one in trend.named if trend.at[one.index] >= since.isoformat()[: len(trend.at[one.index])]
    ]
    if not recent:
        return Indicator(trend=trend, verdict="noise", said="Only the usual up and down.")
    last = recent[-1]
    said = f"A signal: {wording.period(trend.at[last.index])} {last.side} what is usual, {last.rule}."
    return Indicator(trend=trend, verdict="signal", said=said)


def _dated(rows: Iterable[Row], since: date, as_of: date) -> tuple[Row, ...]:
    found = (one for one in rows if since < one.date <= as_of)
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def _spend(company: Company, since: date) -> SpendAccount:
    def sum_of(amounts: Iterable[Decimal]) -> Money:
        return Money(amount=sum(amounts, Decimal(0)), currency=company.currency)

    paid = [one for one in company.spend if one.date <= company.as_of]
    budget = None if company.budget is None else Money(amount=company.budget, currency=company.currency)
    return SpendAccount(
        paid=sum_of(one.amount for one in paid),
        since=sum_of(one.amount for one in paid if one.date > since),
        budget=budget,
        latest=tuple(sorted(paid, key=lambda one: one.date, reverse=True)),
    )
