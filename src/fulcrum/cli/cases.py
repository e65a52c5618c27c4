"""How `case` shows business cases: one after the other, then beside one another."""

from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.findings import Case, Programme, Ranked, Swing
from fulcrum.core.quantities import Estimate, Result, Unknown


def show_case(case: Case) -> None:
    """One case: its numbers, what goes into it, what decides it, and what could make it wrong."""
    say.heading(f"{case.title}, over {wording.years(case.horizon_years)}")
    for label, result in (
        ("Upside of action", case.upside),
        ("Downside of inaction", case.inaction),
        ("Revenue a year with these customers", case.at_stake),
        ("Breaks even at a causal share of", case.break_even),
        ("Breaks even at a share moved of", case.break_even_moved),
        ("Chance of a gain", case.gain_probability),
        ("Pays back after", case.payback_months),
    ):
        say.line(f"{label}: {_said(result)}")
    if case.assumptions:
        say.line()
        _show_outcomes(case)
        say.line()
        _show_assumptions(case)
    if case.tornado and isinstance(case.upside, Estimate):
        say.line()
        _show_tornado(case.tornado, case.upside)
    if case.caveats:
        say.line()
    for caveat in case.caveats:
        say.line(f"Could be wrong: {caveat.text}")


def show_programme(programme: Programme) -> None:
    """The initiatives beside one another: what is chosen, what is left out and why, what pays first."""
    say.heading("The initiatives beside one another")
    if programme.budget is not None:
        needed, budget = wording.say(programme.needed), wording.say(programme.budget)
        say.line(f"The chosen need {needed} in their first year, of a budget of {budget}.")
    say.line(f"Upside of the chosen together: {_said(programme.upside)}")
    say.line()
    say.table(
        [_row(one) for one in programme.ranked],
        header=("initiative", "first year", "upside", "may be called", "chance", "pays back", "chosen"),
        right=(1, 2, 4, 5),
    )
    say.line()
    for one in programme.ranked:
        say.line(f"{one.title}: {'in' if one.is_chosen else 'left out'}. {one.because}")
    for caveat in programme.caveats:
        say.line(f"Could be wrong: {caveat.text}")
    say.heading("Quick wins, the soonest first")
    for place, rung in enumerate(programme.ladder, start=1):
        say.line(f"{place}. {rung.title}: {rung.because}")
    for rung in programme.off_ladder:
        say.line(f"On no rung: {rung.title}. {rung.because}")


def _show_outcomes(case: Case) -> None:
    rows = [
        (label, words.low.text, words.said, words.high.text, wording.say_claim(result.grade))
        for label, result in (("Upside of action", case.upside), ("Downside of inaction", case.inaction))
        if isinstance(result, Estimate)
        for words in (wording.worded(result),)
    ]
    say.table(rows, header=("over the horizon", "low", "middle", "high", "may be called"), right=(1, 2, 3))


def _show_assumptions(case: Case) -> None:
    say.table(
        [
            (
                one.name,
                wording.say(one.result),
                wording.say_interval(one.result),
                one.result.grade,
                one.source,
            )
            for one in case.assumptions
        ],
        header=("assumption", "middle", "range", "grade", "source"),
        right=(1, 2),
    )


def _show_tornado(tornado: tuple[Swing, ...], upside: Estimate) -> None:
    rows = []
    for swing in tornado:
        ends = wording.worded(swing.input)
        low, high = (wording.say_like(at, upside) for at in (swing.at_low, swing.at_high))
        rows.append((swing.name, ends.low.text, ends.high.text, low, high))
    claim = wording.say_claim(upside.grade)
    header = ("what decides it", "from", "to", "upside at from", f"upside at to, {claim}")
    say.table(rows, header=header, right=(1, 2, 3, 4))


def _row(one: Ranked) -> tuple[str, ...]:
    upside = one.upside
    is_known = isinstance(upside, Estimate)
    return (
        one.title,
        wording.say(one.needed),
        wording.say(upside) if isinstance(upside, Estimate) else "not carried",
        wording.say_claim(upside.grade) if isinstance(upside, Estimate) else "",
        wording.of_hundred(one.gain_probability) if isinstance(one.gain_probability, Estimate) else "",
        wording.say(one.payback_months)
        if isinstance(one.payback_months, Estimate)
        else "not"
        if is_known
        else "",
        "yes" if one.is_chosen else "no",
    )


def _said(result: Result) -> str:
    if isinstance(result, Unknown):
        return f"Unknown. {wording.say_unknown(result)}"
    claim = f", {wording.say_claim(result.grade)}" if result.unit.kind == "money" else ""
    return f"{wording.say_fully(result)}{claim} [grade {result.grade.value}, trace {result.trace}]"
