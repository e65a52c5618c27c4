"""Initiatives beside one another: which together bring most, what is left out and why, what pays first.

Two initiatives that move the same customers from the same worse to the same better side are never added.
"""

from collections.abc import Sequence
from decimal import Decimal

from fulcrum.core import wording
from fulcrum.core.company import Initiative
from fulcrum.core.findings import Case, Programme, Ranked
from fulcrum.core.quantities import Estimate, Grade, Interval, Money, Result, Unknown, money_unit
from fulcrum.core.value import value
from fulcrum.evidence.case.ladder import ladder_of
from fulcrum.evidence.case.selection import Offer, best_set
from fulcrum.evidence.methods.refusals import caveats

NOTHING_CHOSEN = Unknown(
    reason="No initiative is chosen.",
    needs="A comparison that the data carry, and an initiative that covers its cost within the budget.",
)


@value
class Stated:
    """An initiative with its case; `moves` names whom it moves from where to where."""

    initiative: Initiative
    case: Case
    moves: str

    @property
    def needed(self) -> Decimal:
        """What a budget has to hold: the one-off cost, and the running cost of the first year."""
        part = Decimal(str(min(1.0, self.initiative.horizon_years)))
        return self.initiative.one_off + self.initiative.running * part


def compare_cases(
    stated: Sequence[Stated], *, budget: Decimal | None, currency: str, trace: str
) -> Programme:
    """The initiatives ranked, under a budget if there is one.

    Chosen is the set with the largest sum of middle upsides whose needs (one-off cost and the running cost of
    the first year) fit the budget, found exactly (`selection.best_set`). Left out beforehand: a refused case,
    a gap that cannot be told from none, a middle case that does not cover its cost. The sum's interval adds
    the ends, as if all went well or ill together; its grade is the weakest. Sums assume that no customer is
    reached twice, which is said as a caveat.
    """
    unfit = [_unfit(one) for one in stated]
    offers = [
        Offer(brings=0.0 if why else _middle(one.case.upside), needs=one.needed, group=one.moves)
        for one, why in zip(stated, unfit, strict=True)
    ]
    chosen = best_set(offers, budget)
    unit = money_unit(currency)

    def sum_of(amount: Decimal, method: str) -> Estimate:
        exact = Interval(low=float(amount), high=float(amount), confidence=1.0)
        grade = Grade.ELSEWHERE
        return Estimate(
            value=float(amount), interval=exact, unit=unit, n=None, grade=grade, method=method, trace=trace
        )

    def ranked(place: int) -> Ranked:
        one = stated[place]
        is_in = place in chosen
        why = _in(budget) if is_in else unfit[place] or _left_out(place, stated, chosen, budget, currency)
        return Ranked(
            case=one.case.key,
            title=one.case.title,
            needed=sum_of(one.needed, "one-off cost and the running cost of the first year, stated"),
            upside=one.case.upside,
            gain_probability=one.case.gain_probability,
            payback_months=one.case.payback_months,
            is_chosen=is_in,
            because=why,
        )

    order = sorted(
        range(len(stated)), key=lambda place: (place not in chosen, -_middle(stated[place].case.upside))
    )
    on, off = ladder_of(
        [(one.case, one.initiative.one_off, why) for one, why in zip(stated, unfit, strict=True)], currency
    )
    return Programme(
        budget=None if budget is None else sum_of(budget, "stated in company.toml"),
        needed=sum_of(
            sum((stated[place].needed for place in chosen), Decimal(0)), "sum of what the chosen need"
        ),
        upside=_together([stated[place].case.upside for place in sorted(chosen)], trace),
        ranked=tuple(ranked(place) for place in order),
        ladder=on,
        off_ladder=off,
        caveats=caveats(*_cautions(stated, chosen)),
    )


def _unfit(one: Stated) -> str:
    """Why an initiative is no candidate at all; empty where it is one."""
    upside = one.case.upside
    if isinstance(upside, Unknown):
        return f"The data carry no case. {wording.sentence(upside.reason)}"
    gain = next((a.result for a in one.case.assumptions if a.key == "gain"), None)
    if gain is not None and not gain.is_signed:
        return "The data cannot tell its gap from no gap."
    if upside.value <= 0:
        return "Its middle case does not cover its cost."
    return ""


def _in(budget: Decimal | None) -> str:
    if budget is None:
        return "Its middle case covers its cost; no budget is stated."
    return "Among the set that brings most within the budget."


def _left_out(
    place: int, stated: Sequence[Stated], chosen: frozenset[int], budget: Decimal | None, currency: str
) -> str:
    one = stated[place]
    same = [stated[k].case.title for k in sorted(chosen) if stated[k].moves == one.moves]
    if same:
        return f"It moves the same customers as “{same[0]}”, and the same move is not counted twice."
    needs = wording.money(Money(amount=one.needed, currency=currency))
    held = wording.money(Money(amount=budget or Decimal(0), currency=currency))
    if budget is not None and one.needed > budget:
        return f"It needs {needs} in its first year, more than the budget of {held}."
    others = wording.listed([f"“{stated[k].case.title}”" for k in sorted(chosen)])
    return f"It needs {needs} in its first year; {others} bring more within {held}."


def _together(upsides: Sequence[Result], trace: str) -> Result:
    known = [upside for upside in upsides if isinstance(upside, Estimate)]
    if not known:
        return NOTHING_CHOSEN
    return Estimate(
        value=sum(one.value for one in known),
        interval=Interval(
            low=sum(one.interval.low for one in known),
            high=sum(one.interval.high for one in known),
            confidence=known[0].interval.confidence,
        ),
        unit=known[0].unit,
        n=None,
        grade=max(one.grade for one in known),
        method="sum of the chosen; ends added, as if all went well or ill together",
        trace=trace,
    )


def _middle(upside: Result) -> float:
    return upside.value if isinstance(upside, Estimate) else float("-inf")


def _cautions(stated: Sequence[Stated], chosen: frozenset[int]) -> list[str | None]:
    titles = [f"“{stated[place].case.title}”" for place in sorted(chosen)]
    if len(titles) < 2:
        return []
    return [
        f"{wording.listed(titles)} may reach the same customers. Their upsides are added as if they did not: "
        "the sum is the most that they bring together."
    ]
