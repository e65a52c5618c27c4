"""One business case laid out: its sliders, its two sums, what decides it, its years, and its rivals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import floor, log10

from fulcrum import by_hand
from fulcrum.briefing import behind, beside
from fulcrum.briefing.pictures import causal_of, masses_of
from fulcrum.briefing.worth import odds
from fulcrum.core import wording
from fulcrum.core.brief import Assumptions, Block
from fulcrum.core.findings import Case, Evidence, Programme
from fulcrum.core.grounds import CaseGrounds, CaseYear, Dial
from fulcrum.core.quantities import Estimate, Grade, Result, Unknown
from fulcrum.core.shown import CausalMass, Masses, Tornado
from fulcrum.core.value import value
from fulcrum.web.layout.words import on_the_desk

_FIRST = ("causal_share", "moved_share", "gain", "reach", "one_off", "running")
_TRACK = 300.0
_WIDE = 0.95  # beside the 80 % of the case
_STEPS = 200  # about as many places as a slider has
_SNAP = 0.501  # of a step: as far as a browser moves a slider to its nearest place by itself


@value
class Slider:
    """One assumption as it can be moved; numbers of attributes are texts, so that no locale bends them."""

    key: str
    name: str
    grade: Grade
    said: str
    source: str
    lowest: str
    highest: str
    now: str
    step: str
    band_x: str
    band_width: str
    is_first: bool
    is_moved: bool


@value
class Sum:
    """One of the two sums of a case, or why it is not carried."""

    key: str
    label: str
    said: str
    note: str
    wide: str
    grade: Grade | None
    trace: str
    is_loss: bool


@value
class ShownCase:
    """A case with its assumptions where the reader has moved them."""

    case: Case
    sliders: tuple[Slider, ...]
    sums: tuple[Sum, ...]
    odds: str
    facts: tuple[tuple[str, str], ...]
    masses: Masses | None
    tornado: Tornado | None
    causal: CausalMass | None
    years: tuple[tuple[str, ...], ...]
    horizon: str
    caveats: tuple[str, ...]
    is_moved: bool


def case_shown(case: Case, grounds: CaseGrounds | None, moves: Mapping[str, float]) -> ShownCase:
    """The case as its page shows it, computed anew where assumptions were moved."""
    after, wide = grounds, None
    if grounds is not None and moves:
        after = by_hand.moved_grounds(grounds, moves)
        case = by_hand.recast_case(grounds, moves)
    if after is not None:
        wide = by_hand.recast_case(replace(after, confidence=_WIDE), {})
    return ShownCase(
        case=case,
        sliders=() if grounds is None or after is None else _sliders(grounds, after),
        sums=_sums(case, wide),
        odds=odds(case),
        facts=_facts(case),
        masses=masses_of(case),
        tornado=beside.tornado_of(case),
        causal=causal_of(case),
        years=() if after is None else _years(by_hand.case_years(after), case),
        horizon=wording.years(case.horizon_years) if case.horizon_years else "",
        caveats=tuple(caveat.text for caveat in case.caveats),
        is_moved=bool(moves),
    )


def moves_in(given: Mapping[str, str], grounds: CaseGrounds) -> dict[str, float]:
    """The assumptions that were moved, by key; a slider left alone changes nothing, to the last digit."""
    found: dict[str, float] = {}
    for dial in by_hand.case_dials(grounds):
        text = given.get(dial.key, "")
        number = _number(text)
        if number is None or abs(number - dial.result.value) <= _SNAP * _step(dial):
            continue
        found[dial.key] = _rounded(number, dial)
    return found


def programme_blocks(programme: Programme | None) -> tuple[Block, ...]:
    """The initiatives beside one another, as the board reads them."""
    section = beside.programme_section(programme)
    return () if section is None else section.blocks


def assumption_blocks(case: Case) -> tuple[Block, ...]:
    """Every input of the case with its range, grade and source."""
    section = behind.assumptions_section(case)
    blocks = () if section is None else section.blocks
    return tuple(_said_here(block) if isinstance(block, Assumptions) else block for block in blocks)


def _said_here(table: Assumptions) -> Assumptions:
    return replace(table, rows=tuple(replace(row, source=on_the_desk(row.source)) for row in table.rows))


def grounds_for(evidence: Evidence, key: str) -> CaseGrounds | None:
    """What a case was computed from, where it holds numbers."""
    return next((one for one in evidence.grounds if one.case == key), None)


def _sliders(before: CaseGrounds, after: CaseGrounds) -> tuple[Slider, ...]:
    now = {dial.key: dial for dial in by_hand.case_dials(after)}
    found = [_slider(dial, now[dial.key]) for dial in by_hand.case_dials(before)]
    order = {key: place for place, key in enumerate(_FIRST)}
    return tuple(sorted(found, key=lambda one: order.get(one.key, len(order))))


def _slider(dial: Dial, now: Dial) -> Slider:
    ends, width = dial.result.interval, dial.highest - dial.lowest or 1.0
    low, high = (_TRACK * (x - dial.lowest) / width for x in (ends.low, ends.high))
    low, high = max(low, 0.0), min(high, _TRACK)
    said = wording.say_interval(dial.result)
    source = on_the_desk(dial.source)
    return Slider(
        key=dial.key,
        name=dial.name,
        grade=now.result.grade,
        said=wording.say(now.result),
        source=f"{source}: {said}." if said else f"{source}.",
        lowest=repr(dial.lowest),
        highest=repr(dial.highest),
        now=repr(now.result.value),
        step=repr(_step(dial)),
        band_x=f"{low:.1f}",
        band_width=f"{max(high - low, 1.5):.1f}",
        is_first=dial.key in _FIRST,
        is_moved=now.result.value != dial.result.value,
    )


def _sums(case: Case, wide: Case | None) -> tuple[Sum, ...]:
    """Both sums with the case's own interval and, of the same draws, the wider one of findings."""
    if isinstance(case.upside, Unknown) and case.upside == case.inaction:
        return (_sum("upside", "What acting brings and what waiting costs", case.upside, None),)
    upside, inaction = (None, None) if wide is None else (wide.upside, wide.inaction)
    return (
        _sum("upside", "Upside of action", case.upside, upside),
        _sum("inaction", "Downside of inaction", _lost(case.inaction), _lost(inaction), is_loss=True),
    )


def _lost(result: Result | None) -> Result | None:
    return wording.loss(result) if isinstance(result, Estimate) else result


def _sum(key: str, label: str, result: Result | None, wide: Result | None, *, is_loss: bool = False) -> Sum:
    if not isinstance(result, Estimate):
        note = "" if result is None else on_the_desk(wording.say_unknown(result))
        said, grade, trace, beyond = "Not carried", None, "", ""
    else:
        said, grade, trace = wording.say(result), result.grade, result.trace
        claim = "at stake" if is_loss else wording.say_claim(result.grade)
        note, beyond = f"{claim} · {_ends(result)}", _ends(wide)
    return Sum(
        key=key,
        label=label,
        said=said,
        note=note,
        wide=beyond,
        grade=grade,
        trace=trace,
        is_loss=is_loss,
    )


def _ends(result: Result | None) -> str:
    if not isinstance(result, Estimate):
        return ""
    words = wording.worded(result)
    return f"{words.confidence}: {words.interval}"


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    """The single numbers beside the sums, or why each is not there, unless the sums say it already."""
    named = (
        ("Outlay back after", case.payback_months),
        ("Breaks even at a causal share of", case.break_even),
        ("Breaks even at a share moved of", case.break_even_moved),
        ("Revenue a year with these customers", case.at_stake),
    )
    told = {result for result in (case.upside, case.inaction) if isinstance(result, Unknown)}
    facts = [(label, _fact(result)) for label, result in named if result not in told]
    if isinstance(case.gain_probability, Estimate):
        chance = f"{wording.of_hundred(case.gain_probability)} simulated outcomes"
        facts.insert(0, ("Ends above break-even in", chance))
    return tuple(facts)


def _fact(result: Result) -> str:
    if isinstance(result, Unknown):
        return on_the_desk(wording.say_unknown(result))
    return wording.say_fully(result)


def _years(years: Sequence[CaseYear], case: Case) -> tuple[tuple[str, ...], ...]:
    """Each year in money, with the digits that the upside carries."""
    if not isinstance(case.upside, Estimate):
        return ()
    upside = case.upside
    rows = []
    for year in years:
        named = "Today" if year.number == 0 else f"Year {year.number}"
        if 0 < year.part < 1:
            named += f", {wording.whole_percent(year.part)} of it"
        moneys = (year.benefit, year.running, year.today, year.together, year.waiting)
        rows.append((named, *(wording.say_like(one, upside) for one in moneys)))
    return tuple(rows)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number == number and abs(number) != float("inf") else None


def _step(dial: Dial) -> float:
    """The round step that a slider is read in."""
    width = (dial.highest - dial.lowest) / _STEPS
    return 1.0 if dial.is_whole and width < 1 else 10.0 ** floor(log10(width)) if width > 0 else 1.0


def _rounded(number: float, dial: Dial) -> float:
    """To a round step, and within the bounds."""
    step = _step(dial)
    digits = max(0, -floor(log10(step)))
    rounded = round(round(number / step) * step, digits)
    return min(max(float(round(rounded)) if dial.is_whole else rounded, dial.lowest), dial.highest)
