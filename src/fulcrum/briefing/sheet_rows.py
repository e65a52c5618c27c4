"""Each block of a brief as rows of plain text for a spreadsheet; numbers have sheets of their own."""

from typing import assert_never

from fulcrum.core.brief import (
    ArgumentBlock,
    AskBlock,
    Assumptions,
    Block,
    FigureTable,
    GradeKey,
    Missing,
    NumberedList,
    Paragraph,
    Progress,
    Quote,
    Refusals,
    Sources,
    Statement,
    StepCard,
    TextTable,
    TraceTable,
)
from fulcrum.core.shown import (
    CausalMass,
    Figure,
    GoalTrack,
    IntervalRows,
    Masses,
    Prevalence,
    Refused,
    Tornado,
    TrendLine,
)

Row = tuple[str, str]


def rows_of(block: Block) -> list[Row]:
    """The block as rows: a word for what it is, then its text."""
    match block:
        case AskBlock():
            return [("Ask", block.sentence), *((name, said) for name, said in block.terms)]
        case Statement():
            return [
                ("", block.text),
                *(("Figure", _said(s.figure)) for s in block.spans if s.figure is not None),
            ]
        case Paragraph():
            return [("Note" if block.is_note else "", block.text)]
        case Quote():
            return [("Customer", f"“{block.text}”"), ("", block.source)]
        case Prevalence():
            said = f"{block.said} {block.described_as} ({block.interval})"
            return [("Like this customer", said), ("", block.note)]
        case Masses() | GoalTrack() | TrendLine() | IntervalRows() | CausalMass() | Tornado():
            return [("Drawing", block.summary)]
        case Progress():
            return [(signal.large, f"{signal.label}. {signal.note}") for signal in block.signals]
        case FigureTable():
            return [("Figures", "Every figure is on the sheet “Figures”, as a number.")]
        case GradeKey():
            return [
                (f"Grade {entry.grade.value}", f"{entry.name}. {entry.may_be_called}.")
                for entry in block.entries
            ]
        case NumberedList():
            return [(str(k), said) for k, said in enumerate(block.items, start=1)]
        case Refusals():
            return [_refused(item) for item in block.items]
        case Missing():
            return [("Missing", f"{block.what}. {block.why}"), ("Needed", block.remedy)]
        case ArgumentBlock():
            warnings = [("Warning", said) for said in block.warnings]
            return [("Claim", block.claim), *warnings, *block.details, ("Source", block.source)]
        case StepCard():
            return [*((str(k), said) for k, said in enumerate(block.how_to, start=1)), *block.notes]
        case Assumptions():
            return [("Case", "Its inputs and live formulas are on a sheet of their own.")]
        case TextTable():
            return [
                (
                    row[0],
                    "; ".join(f"{name}: {said}" for name, said in zip(block.head[1:], row[1:], strict=True)),
                )
                for row in block.rows
            ]
        case TraceTable():
            return [("Traces", "Every trace is on the sheet “Sources & traces”.")]
        case Sources():
            return [("Source", said) for said in block.items]
        case _:
            assert_never(block)


def _said(figure: Figure) -> str:
    held = f" ({figure.confidence}: {figure.interval})" if figure.interval else ""
    return f"{figure.label}: {figure.said}{held}, grade {figure.grade.value}"


def _refused(item: Refused) -> Row:
    n = f" (n {item.n})" if item.n else ""
    return item.word, f"{item.label}{n}. {item.reason} Needed: {item.needs}"
