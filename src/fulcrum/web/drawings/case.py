"""The business case as the desk shows it: the briefs' own drawings, hatched where they are refused."""

from fulcrum.briefing.beside import tornado_of
from fulcrum.briefing.drawings import draw
from fulcrum.briefing.pictures import causal_of, masses_of
from fulcrum.briefing.svg import hatching, line, picture
from fulcrum.core import wording
from fulcrum.core.findings import Case
from fulcrum.core.quantities import Unknown


def case_masses(case: Case, *, is_narrow: bool = False) -> str:
    """Waiting and acting as masses on one beam of money; hatched, with the reason, where neither is known."""
    masses = masses_of(case)
    if masses is not None:
        return draw(masses, is_narrow=is_narrow)
    reasons = [wording.say_unknown(one) for one in (case.upside, case.inaction) if isinstance(one, Unknown)]
    return _refused(f"{case.title}: no distribution of money shown.", reasons, is_narrow=is_narrow)


def case_causal(case: Case, *, is_narrow: bool = False) -> str:
    """The causal share that the case assumes, and where it breaks even."""
    mass = causal_of(case)
    if mass is not None:
        return draw(mass, is_narrow=is_narrow)
    reasons = [wording.say_unknown(case.break_even)] if isinstance(case.break_even, Unknown) else []
    return _refused(f"{case.title}: no break-even shown.", reasons, is_narrow=is_narrow)


def case_tornado(case: Case, *, is_narrow: bool = False) -> str:
    """What the doubt of each input alone does to the upside, the widest first."""
    tornado = tornado_of(case)
    if tornado is not None:
        return draw(tornado, is_narrow=is_narrow)
    reasons = [wording.say_unknown(case.upside)] if isinstance(case.upside, Unknown) else []
    return _refused(f"{case.title}: no input is shown to move the upside.", reasons, is_narrow=is_narrow)


def _refused(said: str, reasons: list[str], *, is_narrow: bool) -> str:
    width = 358.0 if is_narrow else 670.0
    beam = line([(0, 30), (width, 30)], "c-beam")
    summary = " ".join([said, *dict.fromkeys(reasons)])
    return picture(width, 36, summary, hatching(0, 19, width, 10), beam)
