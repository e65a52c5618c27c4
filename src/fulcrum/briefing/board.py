"""What a board asks for: promises, wins, risks and spend. Executives are counted here and never named."""

from datetime import date
from decimal import Decimal

from fulcrum.core import wording
from fulcrum.core.brief import AskBlock, Block, Missing, Paragraph, Section, Span, Statement, TextTable
from fulcrum.core.company import AskStatus, Company
from fulcrum.core.findings import Case, Programme
from fulcrum.core.quantities import Estimate, Money

_FEWEST_PEOPLE = 3  # fewer could be told apart in a count
_ROWS = 3  # of each table, so that the opening stays on one page


def promises_section(company: Company) -> Section:
    """How many of the steps that executives accepted are done; a count over at least three people."""
    kept = [ask for ask in company.asks if ask.status is AskStatus.DONE]
    accepted = [ask for ask in company.asks if ask.status in (AskStatus.ACCEPTED, AskStatus.DONE)]
    if len({ask.executive for ask in accepted}) < _FEWEST_PEOPLE:
        missing = Missing(
            what="Promises",
            why=f"Fewer than {wording.number_word(_FEWEST_PEOPLE)} executives have accepted a step; "
            "a count would point at a person.",
            remedy="It is counted as soon as more have accepted one.",
        )
        return Section(key="promises", heading="Promises", blocks=(missing,))
    noun = "step" if len(accepted) == 1 else "steps"
    said = (
        f"Of {wording.number_word(len(accepted))} {noun} accepted, {wording.number_word(len(kept))} are done."
    )
    return Section(key="promises", heading="Promises", blocks=(Statement(spans=(Span(text=said),)),))


def decision_section(programme: Programme | None, case: Case | None) -> Section:
    """The one decision that is the board's: what is chosen, what it needs and what it brings."""
    heading = "One decision"
    chosen = [one.title for one in programme.ranked if one.is_chosen] if programme is not None else []
    if programme is None or not chosen:
        why = (
            "no initiative covers its cost on a gap that the data can tell."
            if case is not None
            else ("the data carry no case yet.")
        )
        nothing = Paragraph(text=f"No decision is asked of the board: {why}")
        return Section(key="ask", heading=heading, blocks=(nothing,))
    needed = wording.say(programme.needed)
    terms = [("First year", needed)]
    if programme.budget is not None:
        terms.append(("Of a budget of", wording.say(programme.budget)))
    if isinstance(programme.upside, Estimate):
        claim = wording.say_claim(programme.upside.grade)
        terms.append((f"Upside, {claim}", wording.say_fully(programme.upside)))
    sentence = f"Decide on {wording.listed(chosen)}: {needed} in the first year."
    return Section(key="ask", heading=heading, blocks=(AskBlock(sentence=sentence, terms=tuple(terms)),))


def wins_section(company: Company, on: date) -> Section:
    """What worked, the latest first."""
    wins = sorted((win for win in company.wins if win.date <= on), key=lambda win: win.date, reverse=True)
    if not wins:
        return _empty("wins", "Wins", "No win is recorded.", "The first stands here once it is on record.")
    rows = tuple(
        (
            wording.day(win.date),
            win.win,
            win.value or "not counted",
            _holder(win.owner, company) or "nobody named",
        )
        for win in wins[:_ROWS]
    )
    head = ("Date", "Win", "Worth", "Owner")
    return _section("wins", "Wins", head, rows, len(wins))


def risks_section(company: Company) -> Section:
    """What could go wrong, and who holds it."""
    if not company.risks:
        return _empty(
            "risks",
            "Risks",
            "No risk is recorded.",
            "The largest stands here once it is on record, with who holds it.",
        )
    rows = tuple(
        (risk.risk, risk.severity or "not rated", _holder(risk.owner, company) or "nobody yet", risk.note)
        for risk in sorted(company.risks, key=lambda risk: risk.date, reverse=True)[:_ROWS]
    )
    return _section("risks", "Risks", ("Risk", "Severity", "Held by", "Note"), rows, len(company.risks))


def spend_section(company: Company) -> Section:
    """Money spent so far, against what the initiatives may cost."""
    if not company.spend:
        return _empty(
            "spend",
            "Spend",
            "No spend is recorded.",
            "What was paid stands here once it is on record, with its date.",
        )
    total = sum((item.amount for item in company.spend), Decimal(0))
    rows = tuple(
        (
            wording.day(item.date),
            item.item,
            wording.money(Money(amount=item.amount, currency=company.currency)),
        )
        for item in sorted(company.spend, key=lambda item: item.date, reverse=True)[:_ROWS]
    )
    said = f"{wording.money(Money(amount=total, currency=company.currency))} spent so far"
    planned = sum((one.one_off for one in company.initiatives), Decimal(0))
    if planned:
        said += f", against {wording.money(Money(amount=planned, currency=company.currency))} planned once"
    table = TextTable(
        caption="Spend", head=("Date", "Item", "Amount"), rows=rows, is_number=(False, False, True)
    )
    blocks: tuple[Block, ...] = (Statement(spans=(Span(text=wording.sentence(said)),)), table)
    return Section(key="spend", heading="Spend", blocks=(*blocks, *_more(len(company.spend))))


def _section(
    key: str, heading: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], total: int
) -> Section:
    table = TextTable(caption=heading, head=head, rows=rows, is_number=(False,) * len(head))
    return Section(key=key, heading=heading, blocks=(table, *_more(total)))


def _holder(owner: str, company: Company) -> str:
    """An owner as the board reads them: an executive by role, never by name; anybody else as recorded."""
    own = next((one for one in company.executives if owner in (one.id, one.name)), None)
    return owner if own is None else own.role or "an executive"


def _more(total: int) -> tuple[Paragraph, ...]:
    left = total - _ROWS
    return (
        (Paragraph(text=f"{wording.number_word(left).capitalize()} older, in the records.", is_note=True),)
        if left > 0
        else ()
    )


def _empty(key: str, heading: str, why: str, remedy: str) -> Section:
    return Section(key=key, heading=heading, blocks=(Missing(what=heading, why=why, remedy=remedy),))
