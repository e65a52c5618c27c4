"""What must hold before a pilot's effect is read: each with its verdict and a sentence."""

from collections.abc import Mapping

from fulcrum.core.pilots import Assignment, PilotCheck, Registration
from fulcrum.core.wording import count, day, many, percent
from fulcrum.evidence.methods.assignment import split_of
from fulcrum.evidence.pilots.cells import PilotCells
from fulcrum.evidence.pilots.reading import Reading


def checks_of(reading: Reading, registration: Registration | None) -> tuple[PilotCheck, ...]:
    """Every check that this comparison allows; one that failed means that no effect is read."""
    design, cells = reading.design, reading.cells
    found = [_registered(reading, registration), _time_order(cells)]
    if design.assignment in (Assignment.BY_CUSTOMER, Assignment.BY_UNIT):
        found.append(_split(reading))
    if design.assignment is not Assignment.STEPPED and design.results.arm:
        found.append(_one_arm(reading))
    if design.results.unit and design.assignment in (Assignment.BY_UNIT, Assignment.SIMILAR):
        found.append(_units_apart(reading))
    if design.results.unit and design.units is not None:
        found.append(_all_units(reading))
    found.append(_all_measured(reading))
    return tuple(found)


def split_chance(reading: Reading) -> float | None:
    """The chance of a split as uneven as that found, where one was planned."""
    if reading.design.assignment not in (Assignment.BY_CUSTOMER, Assignment.BY_UNIT):
        return None
    return min(_split_of(reading, counts) for counts in _splits(reading))


def _registered(reading: Reading, registration: Registration | None) -> PilotCheck:
    if registration is None:
        said = "It was not registered before the start and could be read in many ways: grade C at best."
        return PilotCheck(name="Registered", verdict="not possible", said=said)
    if registration.registered_on >= reading.design.starts:
        said = f"It was registered on {day(registration.registered_on)}, after it had started."
        return PilotCheck(name="Registered", verdict="failed", said=said)
    said = (
        f"Frozen on {day(registration.registered_on)}, before the start on {day(reading.design.starts)}, and "
        f"unchanged since: {registration.sha256[:12]}…"
    )
    return PilotCheck(name="Registered", verdict="passed", said=said)


def _time_order(cells: PilotCells) -> PilotCheck:
    name = "Outcomes after the start"
    if cells.first is None or cells.last is None:
        said = "The results do not say when outcomes were measured: `measured` under [results]."
        return PilotCheck(name=name, verdict="not possible", said=said)
    said = f"The first outcome is of {day(cells.first)}, the last of {day(cells.last)}."
    return PilotCheck(name=name, verdict="passed", said=said)


def _splits(reading: Reading) -> tuple[Mapping[str, int], ...]:
    """Who was assigned, and who has an outcome; for whole units, the units."""
    design, cells = reading.design, reading.cells
    arms = (design.treated, design.others)
    if design.assignment is Assignment.BY_UNIT:
        return ({arm: len(cells.units(arm)) for arm in arms},)
    return {arm: cells.assigned(arm) for arm in arms}, {arm: cells.measured(arm) for arm in arms}


def _split_of(reading: Reading, counts: Mapping[str, int]) -> float:
    return split_of(counts, _planned(reading), mixed_up_below=reading.rules.mixed_up_below.value).chance


def _planned(reading: Reading) -> dict[str, float]:
    design = reading.design
    return {design.treated: design.treated_share, design.others: 1 - design.treated_share}


def _split(reading: Reading) -> PilotCheck:
    """The sample-ratio check, of those assigned and of those measured."""
    limit = reading.rules.mixed_up_below.value
    what = "units" if reading.design.assignment is Assignment.BY_UNIT else "customers"
    for counts, which in zip(_splits(reading), ("assigned", "with an outcome"), strict=False):
        chance = _split_of(reading, counts)
        sides = " and ".join(f"{count(n)} {arm}" for arm, n in counts.items())
        if chance < limit:
            said = (
                f"{sides} {which}, where {percent(reading.design.treated_share)} were to be "
                f"{reading.design.treated}: chance would make so uneven a split in fewer than 1 of "
                f"{count(round(1 / limit))} pilots. Whoever is missing may be who matters; no effect is read."
            )
            return PilotCheck(name="Split as planned", verdict="failed", said=said)
    counts = _splits(reading)[0]
    sides = " and ".join(f"{count(n)} {arm}" for arm, n in counts.items())
    often = percent(round(split_chance(reading) or 0.0, 3))
    said = f"{sides}: chance makes a split as uneven as this in {often} of pilots by {what}."
    return PilotCheck(name="Split as planned", verdict="passed", said=said)


def _one_arm(reading: Reading) -> PilotCheck:
    crossed = reading.cells.crossed
    said = "Nobody is in both arms."
    if crossed:
        said = f"{many(crossed, 'customer')} in both arms {'was' if crossed == 1 else 'were'} set apart."
    return PilotCheck(name="One arm each", verdict="passed", said=said)


def _units_apart(reading: Reading) -> PilotCheck:
    design, cells = reading.design, reading.cells
    both = sorted(set(cells.units(design.treated)) & set(cells.units(design.others)))
    if both:
        said = f"{', '.join(both[:5])} {'is' if len(both) == 1 else 'are'} on both sides: no effect is read."
        return PilotCheck(name="Whole units", verdict="failed", said=said)
    return PilotCheck(
        name="Whole units", verdict="passed", said=f"Each {design.unit or 'unit'} is on one side."
    )


def _all_units(reading: Reading) -> PilotCheck:
    design, cells = reading.design, reading.cells
    found = len({*cells.units(design.treated), *cells.units(design.others)})
    planned = design.units or 0
    if found >= planned:
        return PilotCheck(name="All units", verdict="passed", said=f"All {count(planned)} have results.")
    said = (
        f"{count(planned - found)} of {count(planned)} have no results. Those that are missing may be those "
        "where it went wrong: find out why before the effect is believed."
    )
    verdict = "failed" if found < planned * 0.8 else "not possible"
    return PilotCheck(name="All units", verdict=verdict, said=said)  # type: ignore[arg-type]


def _all_measured(reading: Reading) -> PilotCheck:
    design, cells = reading.design, reading.cells
    arms = [arm for arm in (design.treated, design.others) if arm]
    lacking = {arm: cells.assigned(arm) - cells.measured(arm) for arm in arms}
    whole = sum(cells.assigned(arm) for arm in arms)
    if not any(lacking.values()):
        return PilotCheck(
            name="Everybody measured", verdict="passed", said="Everybody assigned has an outcome."
        )
    said = "No outcome yet: " + ", ".join(f"{count(n)} {arm}" for arm, n in lacking.items())
    said += f", of {count(whole)} assigned. The difference speaks of those who have one."
    return PilotCheck(name="Everybody measured", verdict="not possible", said=said)
