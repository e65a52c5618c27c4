"""The brief as slides that PowerPoint can edit: native text, tables and charts, notes, and text alternatives.

The only file that knows python-pptx. Fonts are those every PowerPoint has. Same brief, same bytes.
"""

import re
from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO
from typing import Any, assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from fulcrum.briefing import drawings
from fulcrum.briefing.letters import writable
from fulcrum.briefing.slide_shapes import Cells, Chart, Group, Ink, Mark, Rule, Run, Shape, Side, Slide, Text
from fulcrum.briefing.slides import slides_of
from fulcrum.core.brief import Brief

_SANS, _SERIF, _CODE = "Arial", "Georgia", "Courier New"
_INKS: dict[Ink, str] = {
    "ink": drawings.INK,
    "ink-2": drawings.INK_2,
    "ink-3": drawings.INK_3,
    "gain": drawings.GAIN,
    "loss": drawings.LOSS,
    "gain-mid": drawings.GAIN_MID,
    "loss-mid": drawings.LOSS_MID,
    "line": drawings.LINE,
    "line-strong": drawings.LINE_STRONG,
    "paper": drawings.PAPER,
}
_SIDES: dict[Side, PP_ALIGN] = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_MARKS = {
    "disc": MSO_SHAPE.OVAL,
    "ring": MSO_SHAPE.OVAL,
    "diamond": MSO_SHAPE.DIAMOND,
    "triangle": MSO_SHAPE.ISOSCELES_TRIANGLE,
    "frame": MSO_SHAPE.RECTANGLE,
    "bar": MSO_SHAPE.RECTANGLE,
}
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_TITLE_ONLY = 5


def to_pptx(brief: Brief) -> bytes:
    """The brief as one presentation, 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = _px(1280), _px(720)
    for slide in slides_of(brief):
        _slide(deck, slide)
    _about(deck, brief)
    made = BytesIO()
    deck.save(made)
    return _steady(made.getvalue(), brief)


def _slide(deck: Any, slide: Slide) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    for shape in slide.shapes:
        if isinstance(shape, Text) and shape.is_title:
            _title(page, shape)
        else:
            _shape(page.shapes, shape)
    page.notes_slide.notes_text_frame.text = writable(slide.notes)


def _shape(shapes: Any, shape: Shape) -> None:
    match shape:
        case Text():
            box = shapes.add_textbox(_px(shape.x), _px(shape.y), _px(shape.width), _px(shape.height))
            _words(box.text_frame, shape)
        case Rule():
            _rule(shapes, shape)
        case Mark():
            _mark(shapes, shape)
        case Group():
            group = shapes.add_group_shape()
            for one in shape.shapes:
                _shape(group.shapes, one)
            _describe(group, shape.summary)
        case Cells():
            _cells(shapes, shape)
        case Chart():
            _chart(shapes, shape)
        case _:
            assert_never(shape)


def _title(page: Any, text: Text) -> None:
    title = page.shapes.title
    title.left, title.top = _px(text.x), _px(text.y)
    title.width, title.height = _px(text.width), _px(text.height)
    _words(title.text_frame, text)


def _words(frame: Any, text: Text) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for k, runs in enumerate(text.paragraphs):
        paragraph = frame.paragraphs[0] if k == 0 else frame.add_paragraph()
        paragraph.alignment = _SIDES[text.side]
        face = _CODE if text.is_code else _SERIF if text.is_serif else _SANS
        _runs(paragraph, runs, text.size, face)


def _runs(paragraph: Any, runs: tuple[Run, ...], size: float, face: str) -> None:
    for run in runs:
        made = paragraph.add_run()
        made.text = writable(run.text)
        made.font.size = Pt(round(size * 0.75, 1))
        made.font.name = face
        made.font.bold, made.font.italic = run.is_bold, run.is_italic
        made.font.color.rgb = _colour(_INKS[run.ink])


def _rule(shapes: Any, rule: Rule) -> None:
    made = shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, _px(rule.x), _px(rule.y), _px(rule.to_x), _px(rule.to_y)
    )
    made.line.color.rgb = _colour(_INKS[rule.ink])
    made.line.width = Pt(rule.weight * 0.75)
    if rule.is_dashed:
        made.line.dash_style = MSO_LINE.DASH
    _decorative(made)


def _mark(shapes: Any, mark: Mark) -> None:
    is_frame, is_cornered = mark.kind == "frame", mark.kind in ("frame", "bar")
    left = mark.x if is_cornered else mark.x - mark.width / 2
    top = mark.y if is_cornered else mark.y - mark.height / 2
    made = shapes.add_shape(_MARKS[mark.kind], _px(left), _px(top), _px(mark.width), _px(mark.height))
    ink = _colour(_INKS[mark.ink])
    made.line.color.rgb = ink
    made.line.width = Pt(1)
    if mark.kind == "bar":
        made.line.fill.background()
    if mark.kind in ("disc", "triangle", "bar"):
        made.fill.solid()
        made.fill.fore_color.rgb = ink
    elif is_frame:
        made.fill.background()
        made.line.dash_style = MSO_LINE.DASH
    else:
        made.fill.solid()
        made.fill.fore_color.rgb = _colour(_INKS["paper"])
    _decorative(made)


def _cells(shapes: Any, cells: Cells) -> None:
    count = len(cells.rows) + 1
    frame = shapes.add_table(
        count, len(cells.widths), _px(cells.x), _px(cells.y), _px(sum(cells.widths)), _px(sum(cells.heights))
    )
    _describe(frame, cells.summary)
    table = frame.table
    table_style = table._tbl.tblPr.find(qn("a:tableStyleId"))
    table_style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, cells.widths, strict=True):
        column.width = _px(width)
    for row, height in zip(table.rows, cells.heights, strict=True):
        row.height = _px(height)
    head = tuple((Run(text=name, ink="ink-2"),) for name in cells.head)
    for y, row_of in enumerate((head, *cells.rows)):
        runs_on = y - 1 in cells.run_on
        for x, runs in enumerate(row_of):
            is_right = cells.rights[x] and not (runs_on and x > 0)
            _cell(table.cell(y, x), runs, is_right=is_right, is_head=y == 0)
        if runs_on:
            table.cell(y, 2).merge(table.cell(y, len(row_of) - 1))


def _cell(cell: Any, runs: tuple[Run, ...], *, is_right: bool, is_head: bool) -> None:
    cell.margin_left, cell.margin_right = 0, _px(12)
    cell.margin_top = cell.margin_bottom = _px(4)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_right else PP_ALIGN.LEFT
    _runs(paragraph, runs, 15 if is_head else 16, _SANS)
    edge = drawings.INK if is_head else drawings.LINE
    cell._tc.get_or_add_tcPr().append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{edge[1:]}"/></a:solidFill></a:lnB>'
        )
    )


def _chart(shapes: Any, chart: Chart) -> None:
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = [writable(place) for place in chart.places]
    for series in chart.series:
        data.add_series(series.name, series.values)
    kind = XL_CHART_TYPE.AREA if chart.kind == "area" else XL_CHART_TYPE.LINE
    # The value axis is put away, so that the plot and what is laid over it share one frame.
    frame = shapes.add_chart(kind, _px(chart.x), _px(chart.y), _px(chart.width), _px(chart.height), data)
    _describe(frame, chart.summary)
    made = frame.chart
    made.has_legend, made.has_title = False, False
    made.font.size, made.font.name = Pt(12.5), _SANS
    made.font.color.rgb = _colour(drawings.INK_2)
    values, places = made.value_axis, made.category_axis
    values.visible = places.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = chart.floor, chart.ceiling
    for k, (drawn, series) in enumerate(zip(made.plots[0].series, chart.series, strict=True)):
        if chart.kind == "area":
            drawn.format.fill.solid()
            drawn.format.fill.fore_color.rgb = _colour(series.colour)
        else:
            _line_of(drawn, series.colour, is_first=k == 0, marked=chart.marked)
    _filling(made)


def _line_of(drawn: Any, colour: str, *, is_first: bool, marked: tuple[int, ...]) -> None:
    drawn.smooth = False
    drawn.format.line.color.rgb = _colour(colour)
    drawn.format.line.width = Pt(2 if is_first else 0.75)
    drawn.marker.style = XL_MARKER_STYLE.NONE
    for k in marked if is_first else ():
        marker = drawn.points[k].marker
        marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 9
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = _colour(drawings.GAIN)
        marker.format.line.color.rgb = _colour(drawings.PAPER)


def _filling(made: Any) -> None:
    """The plot fills its frame, so that what is laid over it lies right."""
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    sizes = {"x": 0, "y": 0, "w": 1, "h": 1}
    places = "".join(f'<c:{name} val="{size}"/>' for name, size in sizes.items())
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
            f'<c:xMode val="edge"/><c:yMode val="edge"/>{places}</c:manualLayout></c:layout>'
        ),
    )


def _describe(shape: Any, summary: str) -> None:
    shape._element.xpath(".//p:cNvPr")[0].set("descr", writable(summary))


def _decorative(shape: Any) -> None:
    """Without the theme's shadow, and marked as carrying no meaning of its own for a screen reader."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
    shape._element.xpath(".//p:cNvPr")[0].append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
        )
    )


def _about(deck: Any, brief: Brief) -> None:
    about = deck.core_properties
    about.title, about.author = writable(brief.title)[:255], writable(brief.company)[:255]
    about.subject = f"A brief for the {writable(brief.audience)}"[:255]
    about.last_modified_by, about.comments, about.keywords = (
        "Fulcrum",
        writable(brief.confidential)[:255],
        "",
    )
    about.created = about.modified = datetime.combine(brief.as_of, time())
    about.language, about.revision = "en", 1


def _steady(made: bytes, brief: Brief) -> bytes:
    """The same parts without the moment of writing, in the charts' workbooks too."""
    moment = f"{brief.as_of.isoformat()}T00:00:00Z"

    def cleaned(name: str, content: bytes) -> bytes:
        if name.endswith(".xlsx"):
            return _repacked(content, cleaned)
        if name == "docProps/core.xml":
            return re.sub(rb">\d{4}-\d\d-\d\dT[^<]*<", f">{moment}<".encode(), content)
        return content

    return _repacked(made, cleaned)


def _repacked(made: bytes, cleaned: Callable[[str, bytes], bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(made)) as given, ZipFile(target, "w", ZIP_DEFLATED) as kept:
        for name in given.namelist():
            kept.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), cleaned(name, given.read(name)), ZIP_DEFLATED)
    return target.getvalue()


def _colour(code: str) -> Any:
    red, green, blue = (int(code[k : k + 2], 16) for k in (1, 3, 5))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def _px(pixels: float) -> Any:
    return Emu(round(pixels * 9525))
