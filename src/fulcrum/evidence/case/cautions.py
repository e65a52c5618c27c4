"""What belongs beside every number of a case: what is stated, what could explain it away, what is assumed."""

from collections.abc import Sequence

from fulcrum.core.grounds import CaseGrounds
from fulcrum.core.quantities import Unknown
from fulcrum.core.wording import listed, percent, whole_percent
from fulcrum.evidence.case.basis import Basis
from fulcrum.evidence.case.tried import about_tried, moved_of
from fulcrum.evidence.methods.gap import UNCLEAR


def cautions(grounds: CaseGrounds, moved_by_hand: Sequence[str]) -> list[str | None]:
    """The sentences of a case, each once and the weightiest first; None where one does not apply.

    `moved_by_hand` names the assumptions that somebody moved after the data were gathered.
    """
    said = [
        _by_hand(moved_by_hand),
        about_tried(grounds) or _stated_share(grounds),
        _unclear(grounds),
        _too_many(grounds),
        *grounds.about_gap,
        _leaving(grounds),
        _drift(grounds),
        *grounds.about_data,
    ]
    return list(dict.fromkeys(said))


def about_gap(basis: Basis) -> tuple[str, ...]:
    """What could explain the gap away, and what else limits it."""
    hidden = _hidden_cause(basis)
    others = [one.text for one in basis.comparison.adjusted.caveats if one.text != UNCLEAR]
    return (*((hidden,) if hidden else ()), *others)


def _by_hand(moved: Sequence[str]) -> str | None:
    if not moved:
        return None
    return f"Stated here by hand, and neither measured nor on file: {listed(moved)}."


def _stated_share(grounds: CaseGrounds) -> str:
    return (
        f"That {whole_percent(grounds.initiative.moved_share)} of the customers reached are moved is stated "
        "and not measured: grade E until a pilot here reads out."
    )


def _unclear(grounds: CaseGrounds) -> str | None:
    if grounds.gain.is_signed:
        return None
    return "The data cannot tell the gap from no gap: the upside may as well be nothing but its costs."


def _too_many(grounds: CaseGrounds) -> str | None:
    measured = moved_of(grounds)
    if grounds.tried is not None and grounds.tried.measures != "moved":
        return None
    share = grounds.initiative.moved_share if measured is None else measured.mode
    moved = grounds.initiative.reach * share
    if moved <= grounds.worse_off.value:
        return None
    return f"More customers would move ({moved:,.0f}) than are worse off ({grounds.worse_off.value:,.0f})."


def _hidden_cause(basis: Basis) -> str | None:
    strength = basis.comparison.e_value
    if isinstance(strength, Unknown):
        return None
    return (
        f"A hidden cause, linked {strength.value:.1f} times to the experience and to the loss, would explain "
        "the gap away."
    )


def _leaving(grounds: CaseGrounds) -> str:
    if grounds.leaving is None:
        return "How many of those worse off leave is not known: waiting counts them all to the end."
    return (
        f"Waiting runs today's customers forward: {whole_percent(grounds.leaving.value)} of those worse off "
        "leave a year, and are not lost twice; nobody new is added."
    )


def _drift(grounds: CaseGrounds) -> str | None:
    if "drift" in dict(grounds.stated_here):
        return None
    if grounds.drift_months is None:
        return "Whether more or fewer customers come to be worse off is not known: no drift is assumed."
    return (
        f"The share of customers worse off changed by {percent(grounds.drift)} a year over "
        f"{grounds.drift_months} months; waiting carries that on."
    )
