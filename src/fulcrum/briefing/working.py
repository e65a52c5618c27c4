"""How far customer focus is a way of working, for the board: how many mechanisms run, and their proof."""

from fulcrum.core import wording
from fulcrum.core.brief import Paragraph, Section, Span, Statement, TextTable
from fulcrum.core.company import Company, MechanismRecord, MechanismState
from fulcrum.core.playbook import Playbook

_BUILT = (MechanismState.PROTECTED, MechanismState.IN_PLACE)
_ROWS = 4


def working_section(company: Company, playbook: Playbook) -> Section | None:
    """What runs without being asked for, with its dated proof; None where nothing was noted."""
    names = {entry.id: entry.name for entry in playbook.mechanisms}
    noted = {one.mechanism: one for one in sorted(company.mechanisms, key=_proven) if one.mechanism in names}
    if not noted:
        return None
    built = [one for one in noted.values() if one.state in _BUILT]
    held = sum(one.state is MechanismState.PROTECTED for one in built)
    many, tested = (wording.number_word(number) if number else "none" for number in (len(built), held))
    said = (
        f"Of {wording.number_word(len(names))} mechanisms by which companies keep customers in mind, {many} "
        f"{'runs' if len(built) == 1 else 'run'} here without being asked for; {tested} of them "
        f"{'was' if held < 2 else 'were'} tested under pressure and held."
    )
    if not built:
        return _section(Statement(spans=(Span(text=said),)))
    shown = sorted(built, key=lambda one: _BUILT.index(one.state))[:_ROWS]
    rows = tuple(
        (names[one.mechanism], one.state.value, one.proof or "none noted", _day(one)) for one in shown
    )
    table = TextTable(
        caption="What runs without being asked for",
        head=("Mechanism", "State", "Proof", "Of"),
        rows=rows,
        is_number=(False,) * 4,
    )
    left = len(built) - len(shown)
    more = (Paragraph(text=f"{wording.number_word(left).capitalize()} more, in the records.", is_note=True),)
    return _section(Statement(spans=(Span(text=said),)), table, *(more if left else ()))


def _section(*blocks: Statement | TextTable | Paragraph) -> Section:
    return Section(key="working", heading="A way of working, not a programme", blocks=blocks)


def _proven(one: MechanismRecord) -> str:
    return "" if one.proven_on is None else one.proven_on.isoformat()


def _day(one: MechanismRecord) -> str:
    return "no day" if one.proven_on is None else wording.day(one.proven_on)
