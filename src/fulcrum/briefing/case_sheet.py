"""The business case as spreadsheet rows: named inputs, live formulas, and the value that each holds now.

The formulas are those of the evidence engine's middle case, in functions that every spreadsheet has:

    factor      sum over years k of part_k / (1 + discount_rate)^k, part_k being 1 or the last part of a year
    benefit     reach x moved_share x gain x worth x causal_share, a year
    upside      factor x (benefit - running) - one_off
    inaction    -(worse_off x gain x worth x causal_share) x sum over years k of
                part_k x (1 + drift x (k - 1)) x (1 - leaving)^(k - 1) / (1 + discount_rate)^k
    break-even  (one_off / factor + running) / (reach x moved_share x gain x worth)
    moved       (one_off / factor + running) / (reach x gain x worth x causal_share)
    payback     12 x one_off / (benefit - running) months, undiscounted; none if beyond the horizon

Money counts at the end of the year in which it falls, as NPV() has it; the one-off cost is paid today.
"""

from math import ceil

from fulcrum.core.brief import AssumptionRow, Assumptions
from fulcrum.core.findings import Case, Swing
from fulcrum.core.quantities import Estimate, Result
from fulcrum.core.value import value
from fulcrum.core.wording import worded

YEARS = 10  # rows for years; a longer horizon adds its own
NONE = "none"

_SWINGS = ("reach", "moved_share", "gain", "worth", "causal_share", "one_off", "running")
_NEEDED = ("reach", "moved_share", "gain", "causal_share", "one_off", "running", "discount_rate", "worse_off")


@value
class Input:
    """One named input: its value now, and the bounds that a change must keep."""

    key: str
    label: str
    number: float
    lowest: float
    highest: float | None
    row: AssumptionRow | None  # None where the sheet adds what the case takes for granted


@value
class Output:
    """One live formula, its value now, and what the engine gave for it."""

    key: str
    label: str
    formula: str
    number: float | str
    engine: Result | None


@value
class Year:
    """One year of the horizon: the part that counts, its discount, and how many are still worse off."""

    number: int
    part: float
    discount: float
    growth: float


@value
class LiveSwing:
    """One row of the live tornado: the ends of an input, and the upside at either, as formula and value now.

    `look` is the number format of the ends. A formula has `{end}` in the place of this input, and the names
    of all others.
    """

    key: str
    label: str
    low: float
    high: float
    formula: str
    at_low: float
    at_high: float
    look: str


@value
class CaseSheet:
    """Everything on the sheet of one case. Formulas name inputs by `names`; a note says what is not live.

    `claim` is the strongest word that the grade of the upside allows.
    """

    inputs: tuple[Input, ...]
    years: tuple[Year, ...]
    outputs: tuple[Output, ...]
    note: str
    swings: tuple[LiveSwing, ...] = ()
    claim: str = ""


def case_sheet(table: Assumptions) -> CaseSheet:
    """The sheet of a case; without formulas where an input of theirs is missing."""
    inputs = _inputs(table)
    given = {one.key: one.number for one in inputs}
    if any(key not in given for key in _NEEDED):
        return CaseSheet(
            inputs=inputs, years=(), outputs=(), note="Some inputs are unknown: nothing is computed."
        )
    years = _years(given)
    outputs, note = _outputs(table.case, given, years)
    upside = table.case.upside
    return CaseSheet(
        inputs=inputs,
        years=years,
        outputs=outputs,
        note=note,
        swings=tuple(_swing(swing, given, years) for swing in table.case.tornado if swing.key in given),
        claim=upside.grade.claim if isinstance(upside, Estimate) else "",
    )


def _inputs(table: Assumptions) -> tuple[Input, ...]:
    found = [_input(row) for row in table.rows]
    keys = {one.key for one in found}
    if "worth" not in keys:
        label = "Worth of one unit of gain (1: the gain is money)"
        found.append(_added("worth", label, 1.0))
    if "horizon_years" not in keys:
        found.append(_added("horizon_years", "Horizon in years", table.case.horizon_years, highest=YEARS))
    if "leaving" not in keys:
        found.append(_added("leaving", "Of the worse side, leave a year", 0.0, highest=1))
    if "drift" not in keys:
        found.append(_added("drift", "Growth of the worse side a year", 0.0, lowest=-1, highest=1))
    return tuple(found)


def _input(row: AssumptionRow) -> Input:
    key = next(
        (known for known in (*_NEEDED, "worth", "horizon_years", "leaving", "drift") if known in row.key),
        row.key,
    )
    is_part = row.figure.estimate.unit.kind == "share"
    number = row.figure.estimate.value
    lowest = -1.0 if key == "drift" else min(0.0, number)
    highest = 1.0 if is_part else float(max(YEARS, ceil(number))) if key == "horizon_years" else None
    return Input(key=key, label=row.figure.label, number=number, lowest=lowest, highest=highest, row=row)


def _added(key: str, label: str, number: float, *, lowest: float = 0, highest: float | None = None) -> Input:
    return Input(key=key, label=label, number=number, lowest=lowest, highest=highest, row=None)


def _years(given: dict[str, float]) -> tuple[Year, ...]:
    horizon, rate = given["horizon_years"], given["discount_rate"]
    leaving, drift = given["leaving"], given["drift"]
    return tuple(
        Year(
            number=k,
            part=max(0.0, min(1.0, horizon - (k - 1))),
            discount=1 / (1 + rate) ** k,
            growth=max(0.0, 1 + drift * (k - 1)) * (1 - leaving) ** (k - 1),
        )
        for k in range(1, max(YEARS, ceil(horizon)) + 1)
    )


def _outputs(case: Case, given: dict[str, float], years: tuple[Year, ...]) -> tuple[tuple[Output, ...], str]:
    factor = sum(year.part * year.discount for year in years)
    possible = given["reach"] * given["moved_share"] * given["gain"] * given["worth"]
    benefit = possible * given["causal_share"]
    upside = _upside(given, years)
    growing = sum(year.part * year.discount * year.growth for year in years)
    lost = -given["worse_off"] * given["gain"] * given["worth"] * given["causal_share"] * growing
    needed = given["one_off"] / factor + given["running"]
    held = needed / possible if possible > 0 else NONE
    each = given["reach"] * given["gain"] * given["worth"] * given["causal_share"]
    moved = needed / each if each > 0 else NONE
    net = benefit - given["running"]
    months = 12 * given["one_off"] / net if net > 0 else float("inf")
    back: float | str = months if months <= 12 * given["horizon_years"] else NONE
    possible_said, each_said = (
        "{reach}*{moved_share}*{gain}*{worth}",
        "{reach}*{gain}*{worth}*{causal_share}",
    )
    needed_said = "{one_off}/{factor}+{running}"
    outputs = [
        Output(
            key="factor",
            label="Discounted years",
            formula="=SUMPRODUCT({part},{discount})",
            number=factor,
            engine=None,
        ),
        Output(
            key="benefit",
            label="Benefit a year",
            formula=f"={possible_said}*{{causal_share}}",
            number=benefit,
            engine=None,
        ),
        Output(
            key="upside",
            label="Upside of action",
            formula="={factor}*({benefit}-{running})-{one_off}",
            number=upside,
            engine=case.upside,
        ),
        Output(
            key="inaction",
            label="Downside of inaction",
            formula="=-{worse_off}*{gain}*{worth}*{causal_share}*SUMPRODUCT({part},{discount},{growth})",
            number=lost,
            engine=case.inaction,
        ),
        Output(
            key="break_even",
            label="Causal share at break-even",
            formula=f'=IF({possible_said}>0,({needed_said})/({possible_said}),"{NONE}")',
            number=held,
            engine=case.break_even,
        ),
        Output(
            key="break_even_moved",
            label="Share moved at break-even",
            formula=f'=IF({each_said}>0,({needed_said})/({each_said}),"{NONE}")',
            number=moved,
            engine=case.break_even_moved,
        ),
        Output(
            key="payback",
            label="Months until the outlay is back",
            formula="=IF({benefit}>{running},"
            "IF(12*{one_off}/({benefit}-{running})<=12*{horizon_years},"
            f'12*{{one_off}}/({{benefit}}-{{running}}),"{NONE}"),"{NONE}")',
            number=back,
            engine=case.payback_months,
        ),
    ]
    kept = tuple(one for one in outputs if one.engine is None or _agrees(one))
    left = [one.label for one in outputs if one not in kept]
    note = (
        f"Not live, for the brief's inputs do not give the engine's value: {', '.join(left)}." if left else ""
    )
    return kept, note


def _upside(given: dict[str, float], years: tuple[Year, ...]) -> float:
    factor = sum(year.part * year.discount for year in years)
    benefit = given["reach"] * given["moved_share"] * given["gain"] * given["worth"] * given["causal_share"]
    return factor * (benefit - given["running"]) - given["one_off"]


def _swing(swing: Swing, given: dict[str, float], years: tuple[Year, ...]) -> LiveSwing:
    ends = swing.input.interval
    places = {key: "{" + key + "}" for key in _SWINGS} | {swing.key: "{end}"}
    benefit = "*".join(places[key] for key in ("reach", "moved_share", "gain", "worth", "causal_share"))
    return LiveSwing(
        key=swing.key,
        label=swing.name,
        low=ends.low,
        high=ends.high,
        formula=f"={{factor}}*({benefit}-{places['running']})-{places['one_off']}",
        at_low=_upside(given | {swing.key: ends.low}, years),
        at_high=_upside(given | {swing.key: ends.high}, years),
        look=worded(swing.input).low.number_format,
    )


def _agrees(output: Output) -> bool:
    """Whether the formula gives the engine's middle case: to the cent, or a millionth of what is no money."""
    engine, live = output.engine, output.number
    if not isinstance(engine, Estimate):
        return True
    nearly = 0.005 if engine.unit.kind == "money" else 1e-6
    return not isinstance(live, str) and abs(live - engine.value) < nearly
