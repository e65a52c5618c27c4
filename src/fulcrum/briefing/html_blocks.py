"""Each block of a brief as HTML: escaped text, real headings and tables, drawings in place."""

from html import escape
from typing import assert_never

from fulcrum.briefing import drawings
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
from fulcrum.core.quantities import Grade
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


def block_to_html(block: Block) -> str:
    """The block as HTML; a kind that is not handled here does not pass the type check."""
    match block:
        case AskBlock():
            return _terms(block)
        case Statement():
            return _statement(block)
        case Paragraph():
            return f'<p class="{"note" if block.is_note else "text"}">{escape(block.text)}</p>'
        case Quote():
            return f"<blockquote>“{escape(block.text)}”</blockquote><cite>{escape(block.source)}</cite>"
        case Prevalence():
            return _prevalence(block)
        case Masses() | GoalTrack() | TrendLine() | IntervalRows() | CausalMass() | Tornado():
            return _drawing(block)
        case Progress():
            return f'<div class="prog">{"".join(map(_signal, block.signals))}</div>'
        case FigureTable():
            return _figures(block)
        case GradeKey():
            return _grades(block)
        case NumberedList():
            return _numbered(block.items)
        case Refusals():
            return f'<ul class="refusals">{"".join(map(_refusal, block.items))}</ul>'
        case Missing():
            return (
                f'<p class="missing"><b>{escape(block.what)}.</b> {escape(block.why)} '
                f"{escape(block.remedy)}</p>"
            )
        case ArgumentBlock():
            return _argument(block)
        case StepCard():
            return _card(block)
        case Assumptions():
            return _assumptions(block)
        case TextTable():
            return _words(block)
        case TraceTable():
            return "".join(map(_trace, block.rows))
        case Sources():
            return f'<p class="sources">{" · ".join(map(escape, block.items))}</p>'
        case _:
            assert_never(block)


def _terms(ask: AskBlock) -> str:
    pairs = "".join(
        f'<div><dt>{escape(name)}</dt><dd class="num">{escape(said)}</dd></div>' for name, said in ask.terms
    )
    return f'<p class="lede">{escape(ask.sentence)}</p><dl class="terms">{pairs}</dl>'


def _card(card: StepCard) -> str:
    notes = "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in card.notes)
    return _numbered(card.how_to) + (f'<dl class="card-notes">{notes}</dl>' if notes else "")


def _statement(statement: Statement) -> str:
    tones = {"plain": "", "gain": "up", "loss": "down"}
    said = []
    for span in statement.spans:
        if span.figure is None:
            said.append(escape(span.text))
            continue
        tone = f' class="{tones[span.tone]}"' if tones[span.tone] else ""
        said.append(
            f'<span class="nw"><strong{tone}>{escape(span.text)}</strong> {_grade(span.figure.grade)}</span>'
        )
    return f'<p class="lede">{"".join(said)}</p>'


def _drawing(drawing: Drawing) -> str:
    if not drawings.has_narrow(drawing):
        return f'<div class="draw">{drawings.draw(drawing)}</div>'
    narrow = drawings.draw(drawing, is_narrow=True)
    wide = drawings.draw(drawing)
    return f'<div class="draw wide-only">{wide}</div><div class="draw narrow-only">{narrow}</div>'


def _prevalence(shown: Prevalence) -> str:
    return (
        '<h3 class="note">Like this customer</h3>'
        f'<p class="label"><b>{escape(shown.said)}</b> {escape(shown.described_as)} '
        f'<span class="nw">({escape(shown.interval)})</span></p>{_drawing(shown)}'
        f'<p class="note">{escape(shown.note)}</p>'
    )


def _signal(signal: Signal) -> str:
    if signal.trend is not None:
        top = drawings.draw(signal.trend)
    else:
        long = " long" if len(signal.large) > 8 else ""
        top = f'<p class="large{long}">{escape(signal.large)}</p>' if signal.large else ""
    return f"<div>{top}<b>{escape(signal.label)}</b><p>{escape(signal.note)}</p></div>"


def _figures(table: FigureTable) -> str:
    head = (
        '<thead><tr><th scope="col">Figure</th><th class="r" scope="col">Value</th>'
        '<th class="r" scope="col">Interval</th><th class="r hide-s" scope="col">n</th>'
        '<th scope="col">Grade</th><th class="r hide-s" scope="col">Trace</th></tr></thead>'
    )
    rows = "".join(_figure(row) if isinstance(row, Figure) else _refused_row(row) for row in table.rows)
    caption = f'<caption class="vh">{escape(table.caption)}</caption>'
    return f'<table class="figs cards">{caption}{head}<tbody>{rows}</tbody></table>'


def _figure(figure: Figure) -> str:
    held = f'<span class="held">{escape(figure.confidence)}</span>' if figure.interval else ""
    return (
        f'<tr><th scope="row">{escape(figure.label)}</th><td class="r v num">{escape(figure.said)}</td>'
        f'<td class="r num ivl">{escape(figure.interval or "complete count")}{held}</td>'
        f'<td class="r num hide-s">{escape(figure.n)}</td><td class="g">{_grade(figure.grade)}</td>'
        f'<td class="r hide-s"><code>{escape(figure.trace)}</code></td></tr>'
    )


def _refused_row(row: Refused) -> str:
    return (
        f'<tr><th scope="row">{escape(row.label)}</th><td class="r word">{escape(row.word)}</td>'
        f'<td class="quiet whole" colspan="4">{escape(row.reason)} Needed: {escape(row.needs)}</td></tr>'
    )


def _grade(grade: Grade) -> str:
    return (
        f'<span class="grade g{grade.value}" title="{escape(grade.meaning)}">'
        f'<span class="vh">grade </span>{grade.value}</span>'
    )


def _grades(key: GradeKey) -> str:
    entries = "".join(
        f"<div>{_grade(entry.grade)}<div><b>{escape(entry.name)}</b> "
        f"{escape(entry.may_be_called)}</div></div>"
        for entry in key.entries
    )
    return f'<div class="grades">{entries}</div>'


def _numbered(items: tuple[str, ...]) -> str:
    rows = "".join(
        f'<li><i aria-hidden="true">{k}</i><span>{escape(text)}</span></li>'
        for k, text in enumerate(items, start=1)
    )
    return f'<ol class="items">{rows}</ol>'


def _refusal(item: Refused) -> str:
    n = f" (n {escape(item.n)})" if item.n else ""
    return (
        f'<li><span><span class="word">{escape(item.word)}</span><span class="hatch"></span></span>'
        f'<span><b>{escape(item.label)}</b>{n}. <span class="quiet">{escape(item.reason)}</span> '
        f"<b>Needed:</b> {escape(item.needs)}</span></li>"
    )


def _argument(argument: ArgumentBlock) -> str:
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in argument.warnings)
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in argument.details)
    return (
        f'<div class="argument"><p class="claim">{escape(argument.claim)}</p>{warnings}'
        f'<dl>{pairs}</dl><p class="note">{escape(argument.source)}</p></div>'
    )


def _assumptions(table: Assumptions) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(row.figure.label)}</th>'
        f'<td class="r v num">{escape(row.figure.said)}</td>'
        f'<td class="r num ivl nw">{escape(row.figure.interval or "fixed")}</td>'
        f'<td class="g">{_grade(row.figure.grade)}</td>'
        f'<td class="src quiet">{escape(row.said_source)}</td></tr>'
        for row in table.rows
    )
    return (
        '<table class="figs cards"><caption class="vh">What goes into the case</caption>'
        '<thead><tr><th scope="col">Input</th><th class="r" scope="col">Middle</th>'
        '<th class="r" scope="col">Range</th><th scope="col">Grade</th><th scope="col">Comes from</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )


def _words(table: TextTable) -> str:
    sides = ["r num" if is_number else "" for is_number in table.is_number]
    head = "".join(
        f'<th scope="col" class="{side}">{escape(name)}</th>'
        for name, side in zip(table.head, sides, strict=True)
    )
    rows = "".join(
        "<tr>"
        + f'<th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td class="{side}" data-head="{escape(name)}">{escape(cell)}</td>'
            for cell, side, name in zip(row[1:], sides[1:], table.head[1:], strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    caption = f'<caption class="vh">{escape(table.caption)}</caption>'
    return f'<table class="words">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _trace(row: TraceRow) -> str:
    trace = row.trace
    files = "".join(
        f"<dd>{escape(file.name)} <code>sha256 {escape(file.sha256)}</code></dd>" for file in trace.files
    )
    given = "; ".join(f"{name} = {said}" for name, said in trace.parameters)
    parameters = f"<dt>Parameters</dt><dd>{escape(given)}</dd>" if given else ""
    query = f"<pre>{escape(trace.query)}</pre>" if trace.query else ""
    return (
        f'<div class="trace"><h3><code>{escape(trace.id)}</code> {escape("; ".join(row.figures))}</h3>'
        f"<dl><dt>Files</dt><div>{files}</div><dt>Method</dt><dd>{escape(trace.method)}</dd>{parameters}"
        f"<dt>Version</dt><dd>Fulcrum {escape(trace.version)}</dd></dl>{query}</div>"
    )
