"""Each block of a brief as plain data for the typesetter; drawings as SVG in the light palette."""

from typing import Any, assert_never

from fulcrum.briefing.drawings import draw_for_print
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
    Signal,
    Sources,
    Statement,
    StepCard,
    TextTable,
    TraceRow,
    TraceTable,
)
from fulcrum.core.shown import (
    CausalMass,
    Drawing,
    Figure,
    GoalTrack,
    IntervalRows,
    Masses,
    Prevalence,
    Refused,
    Tornado,
    TrendLine,
)

Data = dict[str, Any]


def block_to_data(block: Block) -> Data:
    """The block as data with its `kind`; a kind that is not handled here does not pass the type check."""
    match block:
        case AskBlock():
            return {"kind": "ask", "said": block.sentence, "terms": block.terms}
        case Statement():
            return {"kind": "statement", "spans": _spans(block)}
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "note": block.is_note}
        case Quote():
            return {"kind": "quote", "text": block.text, "source": block.source}
        case Prevalence():
            return _prevalence(block)
        case Masses() | GoalTrack() | TrendLine() | IntervalRows() | CausalMass() | Tornado():
            return {"kind": "drawing"} | _drawing(block)
        case Progress():
            return {"kind": "progress", "signals": [_signal(one) for one in block.signals]}
        case FigureTable():
            rows = [_figure(row) if isinstance(row, Figure) else _refused(row) for row in block.rows]
            return {"kind": "figures", "rows": rows}
        case GradeKey():
            return {"kind": "grades", "entries": _grades(block)}
        case NumberedList():
            return {"kind": "numbered", "items": block.items}
        case Refusals():
            return {"kind": "refusals", "items": [_refused(item) for item in block.items]}
        case Missing():
            return {"kind": "missing", "what": block.what, "why": block.why, "remedy": block.remedy}
        case ArgumentBlock():
            return _argument(block)
        case StepCard():
            return {"kind": "step", "how": block.how_to, "notes": block.notes}
        case Assumptions():
            return {"kind": "assumptions", "rows": _inputs(block)}
        case TextTable():
            return {"kind": "words", "head": block.head, "rows": block.rows, "rights": block.is_number}
        case TraceTable():
            return {"kind": "traces", "rows": [_trace(row) for row in block.rows]}
        case Sources():
            return {"kind": "sources", "items": block.items}
        case _:
            assert_never(block)


def _spans(statement: Statement) -> list[Data]:
    return [
        {"text": span.text, "tone": span.tone, "grade": span.figure.grade.value if span.figure else ""}
        for span in statement.spans
    ]


def _drawing(drawing: Drawing) -> Data:
    widths = {GoalTrack: 270, Prevalence: 270, TrendLine: 200, CausalMass: 330}
    width = widths.get(type(drawing), 670)
    return {"svg": draw_for_print(drawing), "summary": drawing.summary, "width": width}


def _prevalence(shown: Prevalence) -> Data:
    words = {
        "said": shown.said,
        "described": shown.described_as,
        "interval": shown.interval,
        "note": shown.note,
    }
    return {"kind": "prevalence"} | words | _drawing(shown)


def _signal(signal: Signal) -> Data:
    drawn = {"svg": "", "summary": ""} if signal.trend is None else _drawing(signal.trend)
    return drawn | {"label": signal.label, "note": signal.note, "large": signal.large}


def _figure(figure: Figure) -> Data:
    return {
        "kind": "figure",
        "label": figure.label,
        "said": figure.said,
        "interval": figure.interval or "complete count",
        "confidence": figure.confidence if figure.interval else "",
        "n": figure.n,
        "grade": figure.grade.value,
        "trace": figure.trace,
    }


def _refused(row: Refused) -> Data:
    words = {"word": row.word, "reason": row.reason, "needs": row.needs, "n": row.n}
    return {"kind": "refused", "label": row.label} | words


def _grades(key: GradeKey) -> list[Data]:
    return [
        {"grade": entry.grade.value, "name": entry.name, "called": entry.may_be_called}
        for entry in key.entries
    ]


def _argument(argument: ArgumentBlock) -> Data:
    return {
        "kind": "argument",
        "claim": argument.claim,
        "warnings": argument.warnings,
        "details": argument.details,
        "source": argument.source,
    }


def _inputs(table: Assumptions) -> list[Data]:
    return [
        {
            "label": row.figure.label,
            "said": row.figure.said,
            "interval": row.figure.interval or "fixed",
            "grade": row.figure.grade.value,
            "source": row.said_source,
        }
        for row in table.rows
    ]


def _trace(row: TraceRow) -> Data:
    trace = row.trace
    lines = [("File", f"{file.name} sha256 {file.sha256}") for file in trace.files]
    lines.append(("Method", trace.method))
    if trace.parameters:
        lines.append(("Parameters", "; ".join(f"{name} = {said}" for name, said in trace.parameters)))
    lines.append(("Version", f"Fulcrum {trace.version}"))
    return {"id": trace.id, "figures": "; ".join(row.figures), "lines": lines, "query": trace.query}
