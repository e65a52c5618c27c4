"""Whether word was kept: by executives of the steps that they accepted, by the CX team of its own promises.

An accepted ask is a promise. It is kept *in time* if it was done by its day, *late* if done after it; it is
*overdue* while it is accepted and its day is over; it *lapsed* if it was so noted after it had a day. An ask
that was declined, or that nobody answered, was never a promise. A promise without a day cannot be late: it
waits until it is done, and then counts as in time.

The say-do ratio is kept in time over all that came due. It is a count of deeds on record, so its interval
(95 %, Wilson with the exact limit near its ends) says how far so few deeds speak for the next ones.
"""

from collections.abc import Callable, Iterable
from datetime import date

from fulcrum import __version__
from fulcrum.core.company import Ask, AskStatus, Company, Promise
from fulcrum.core.findings import Trace, trace_of
from fulcrum.core.progress import WordKept
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval, Result, Unknown
from fulcrum.core.rules import EvidenceRules
from fulcrum.core.wording import number_word

ShareInterval = Callable[[float, float, float], Interval]  # events, cases, confidence
_METHOD = "counted from the asks and promises on record; Wilson interval"


def executives_word(
    company: Company, *, as_of: date, rules: EvidenceRules, interval: ShareInterval
) -> WordKept:
    """What became of the promises of all executives together."""
    trace = promise_trace(company, as_of).id
    return _word("The executives", "", _of_asks(company.asks, as_of), rules, interval, trace)


def each_executives_word(
    company: Company, *, as_of: date, rules: EvidenceRules, interval: ShareInterval
) -> tuple[WordKept, ...]:
    """What became of the promises of each executive who gave one, in the company's order."""
    trace = promise_trace(company, as_of).id
    found = (
        _word(
            person.name,
            person.id,
            _of_asks((ask for ask in company.asks if ask.executive == person.id), as_of),
            rules,
            interval,
            trace,
        )
        for person in company.executives
    )
    return tuple(one for one in found if one.given)


def teams_word(company: Company, *, as_of: date, rules: EvidenceRules, interval: ShareInterval) -> WordKept:
    """What became of what the CX team promised."""
    fates = [_of_promise(one, as_of) for one in company.promises if one.made_on <= as_of]
    return _word("The CX team", "", fates, rules, interval, promise_trace(company, as_of).id)


def promise_trace(company: Company, as_of: date) -> Trace:
    """Where the counts come from: every ask and promise with its days and its fate."""
    asks = [
        f"{one.executive} {one.step}: {one.status.value}, due {one.due}, closed {one.closed_on}"
        for one in company.asks
    ]
    ours = [
        f"{one.promise}: made {one.made_on}, due {one.due}, kept {one.kept_on}" for one in company.promises
    ]
    parameters = (("as of", str(as_of)), ("asks", "; ".join(asks)), ("promises", "; ".join(ours)))
    return trace_of(files=(), query="", parameters=parameters, method=_METHOD, version=__version__)


def _of_asks(asks: Iterable[Ask], as_of: date) -> list[str]:
    return [fate for ask in asks if ask.asked_on <= as_of and (fate := _of_ask(ask, as_of)) is not None]


def _of_ask(ask: Ask, as_of: date) -> str | None:
    """The fate of an ask as a promise; None where it was none."""
    if ask.status is AskStatus.DONE:
        is_late = None not in (ask.due, ask.closed_on) and ask.closed_on > ask.due  # type: ignore[operator]
        return "late" if is_late else "in time"
    if ask.status is AskStatus.LAPSED:
        return "lapsed"
    if ask.status is AskStatus.ACCEPTED:
        return "overdue" if ask.due is not None and ask.due < as_of else "waiting"
    return None


def _of_promise(promise: Promise, as_of: date) -> str:
    if promise.kept_on is not None and promise.kept_on <= as_of:
        return "late" if promise.due is not None and promise.kept_on > promise.due else "in time"
    return "overdue" if promise.due is not None and promise.due < as_of else "waiting"


def _word(
    who: str,
    executive: str,
    fates: list[str],
    rules: EvidenceRules,
    interval: ShareInterval,
    trace: str,
) -> WordKept:
    in_time, late, overdue, lapsed, waiting = (
        fates.count(fate) for fate in ("in time", "late", "overdue", "lapsed", "waiting")
    )
    due = in_time + late + overdue + lapsed
    return WordKept(
        who=who,
        executive=executive,
        given=len(fates),
        in_time=in_time,
        late=late,
        overdue=overdue,
        lapsed=lapsed,
        waiting=waiting,
        kept=_ratio(in_time, due, rules, interval, trace),
    )


def _ratio(in_time: int, due: int, rules: EvidenceRules, interval: ShareInterval, trace: str) -> Result:
    fewest = int(rules.counts_only_below.value)
    if due < fewest:
        came = f"{number_word(due).capitalize()} came due" if due else "None came due yet"
        return Unknown(reason=f"{came}: too few for a share.", needs=f"{fewest} promises that came due.")
    confidence = rules.confidence.value
    return Estimate(
        value=in_time / due,
        interval=interval(in_time, due, confidence),
        unit=SHARE,
        n=due,
        grade=Grade.RAW,
        method=_METHOD,
        trace=trace,
    )
