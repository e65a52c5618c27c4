"""Bad text files, and what must come of each."""

import codecs
import gzip
import json

from bad_files import Case, a_folder, raw

from fulcrum.reading.layout import Layout, Limits

ID40 = "1234567890" * 4
IDS = [f"Q{n}" for n in range(3)]
QUALTRICS = (
    "StartDate,ResponseId,Q1,Q1_TEXT\n"
    '"Start Date","Response ID","How likely,\nreally?","Why?"\n'
    + ",".join(
        '"' + json.dumps({"ImportId": i}).replace('"', '""') + '"'
        for i in ("startDate", "_recordId", *IDS[1:])
    )
    + "\n2026-01-02,R_1,9,Fine\n"
)
MONKEY = "Respondent ID,How are you?,,Why?\n,Good,Bad,Open-Ended Response\n1,Good,,Because\n2,,Bad,\n"
UTF16 = "id,name\nA,Zoë\n"

TEXT_CASES: tuple[Case, ...] = (
    # the shape of a text file
    Case("empty file", "E", raw(b""), "empty"),
    Case("header only", "E", raw("id,n\n"), "no-rows", has_table=True),
    Case("byte order mark only", "E", raw(codecs.BOM_UTF8), "empty"),
    Case(
        "utf-8 with byte order mark",
        "K",
        raw(b"\xef\xbb\xbfid,n\nA,\xc3\xa9\n"),
        rows=[("A", "é")],
        header=("id", "n"),
    ),
    Case(
        "utf-16 little endian with mark",
        "K",
        raw(codecs.BOM_UTF16_LE + UTF16.encode("utf-16-le")),
        rows=[("A", "Zoë")],
    ),
    Case(
        "utf-16 big endian with mark",
        "K",
        raw(codecs.BOM_UTF16_BE + UTF16.encode("utf-16-be")),
        rows=[("A", "Zoë")],
    ),
    Case("utf-16 without mark", "A", raw(UTF16.encode("utf-16-le")), "encoding-ask", says="utf-16-le"),
    Case(
        "utf-16 declared",
        "K",
        raw(UTF16.encode("utf-16-le")),
        rows=[("A", "Zoë")],
        layout=Layout(encoding="utf-16-le"),
    ),
    Case("latin-1 café", "A", raw("id,n\nA,café\n".encode("latin-1")), "encoding-ask", row=2, says="café"),
    Case("cp1252 curly quotes", "A", raw("id,n\nA,“so”\n".encode("cp1252")), "encoding-ask", says="“so”"),
    Case(
        "cp1252 declared",
        "K",
        raw("id,n\nA,“so”\n".encode("cp1252")),
        rows=[("A", "“so”")],
        layout=Layout(encoding="cp1252"),
    ),
    Case(
        "cp1252 declared but utf-8",
        "A",
        raw("id,n\nA,café\n"),
        "encoding-doubtful",
        has_table=True,
        layout=Layout(encoding="cp1252"),
    ),
    Case(
        "unknown encoding declared",
        "E",
        raw("id,n\nA,1\n"),
        "encoding-unknown",
        layout=Layout(encoding="rot13"),
    ),
    Case(
        "ascii declared but not", "E", raw("id,n\nA,é\n"), "encoding", row=2, layout=Layout(encoding="ascii")
    ),
    Case(
        "two encodings in one file",
        "E",
        raw("id,n\nA,é\n".encode() + "B,é\n".encode("latin-1")),
        "encoding-mixed",
        row=3,
    ),
    Case(
        "nul inside a cell",
        "E",
        raw("id,n\nA,1\nB,x\0y\nC,3\n"),
        "row-rejected",
        row=3,
        has_table=True,
        rows=[("A", "1"), ("C", "3")],
    ),
    Case("semicolon", "K", raw("c;rev\nA;1.234,56\n"), rows=[("A", "1.234,56")], header=("c", "rev")),
    Case("tab", "K", raw("c\trev\nA\t1,2\n", "export.tsv"), rows=[("A", "1,2")]),
    Case("bar", "K", raw("c|rev\nA|1,2\n"), rows=[("A", "1,2")]),
    Case("sep line first", "K", raw("sep=;\nid;n\nA;1\n"), rows=[("A", "1")], header=("id", "n")),
    Case("comma or semicolon", "A", raw("a;b,c\n1;2,3\n"), "delimiter-ask"),
    Case("comma declared", "K", raw("a;b,c\n1;2,3\n"), rows=[("1;2", "3")], layout=Layout(delimiter=",")),
    Case(
        "two characters declared as delimiter",
        "E",
        raw("a::b\n1::2\n"),
        "delimiter-unknown",
        layout=Layout(delimiter="::"),
    ),
    Case("carriage returns only", "K", raw("id,n\rA,1\rB,2\r"), rows=[("A", "1"), ("B", "2")]),
    Case("mixed line ends", "K", raw("id,n\r\nA,1\nB,2\r\n"), rows=[("A", "1"), ("B", "2")]),
    Case(
        "row too long",
        "E",
        raw("id,n\nA,1\nB,2,3\nC,4\n"),
        "row-rejected",
        row=3,
        has_table=True,
        rows=[("A", "1"), ("C", "4")],
    ),
    Case(
        "row too short",
        "E",
        raw("id,n\nA,1\nB\nC,4\n"),
        "row-rejected",
        row=3,
        has_table=True,
        rows=[("A", "1"), ("C", "4")],
    ),
    Case("unclosed quote", "E", raw('id,n\nA,1\nB,"2\nC,3\n'), "quote-unclosed", row=3),
    Case("text after a closing quote", "E", raw('id,n\nA,"1"2\n'), "quote-then-text", row=2),
    Case(
        "quote inside an unquoted cell",
        "A",
        raw('id,n\nA,5" pipe\n'),
        "quote-stray",
        row=2,
        has_table=True,
        rows=[("A", '5" pipe')],
    ),
    Case("newline in a quoted cell", "K", raw('id,n\nA,"one\r\ntwo"\n'), rows=[("A", "one\r\ntwo")]),
    Case("doubled quotes", "K", raw('id,n\nA,"he said ""no"""\n'), rows=[("A", 'he said "no"')]),
    Case("cell of three megabytes", "K", raw(f"id,n\nA,{'x' * 3_000_000}\n"), rows=[("A", "x" * 3_000_000)]),
    Case("cell beyond the cap", "E", raw(f"id,n\nA,1\nB,{'x' * ((8 << 20) + 9)}\n"), "cell-too-long", row=3),
    Case(
        "ten thousand columns",
        "E",
        raw(",".join(map(str, range(10_000))) + "\n" + "," * 9_999 + "\n"),
        "too-wide",
    ),
    Case("file beyond the cap", "E", raw("id,n\nA,1\n"), "too-big", limits=Limits(bytes=5)),
    Case(
        "same header twice",
        "A",
        raw("id,n,n\nA,1,2\n"),
        "header-twice",
        column="n",
        has_table=True,
        header=("id", "n (column 2)", "n (column 3)"),
        rows=[("A", "1", "2")],
    ),
    Case(
        "headers alike but for case and space",
        "A",
        raw("id,Net Rev,netrev\nA,1,2\n"),
        "header-alike",
        has_table=True,
    ),
    Case(
        "headers alike but for unicode form",
        "A",
        raw("id,cafe\u0301,CAFÉ\nA,1,2\n"),
        "header-alike",
        has_table=True,
    ),
    Case(
        "blank header over values",
        "A",
        raw("id,,n\nA,x,1\n"),
        "header-blank",
        column="2",
        has_table=True,
        header=("id", "column 2", "n"),
    ),
    Case(
        "blank header over nothing",
        "K",
        raw("id,n,\nA,1,\nB,2,\n"),
        header=("id", "n"),
        rows=[("A", "1"), ("B", "2")],
    ),
    Case(
        "trailing delimiter in every row",
        "K",
        raw("id,n\nA,1,\nB,2,\n"),
        header=("id", "n"),
        rows=[("A", "1"), ("B", "2")],
    ),
    Case(
        "header that is sql or html",
        "K",
        raw('id,"a""; DROP TABLE x;--",<script>\nA,1,2\n'),
        header=("id", 'a"; DROP TABLE x;--', "<script>"),
    ),
    Case(
        "header on row 4",
        "A",
        raw("Report\nof 2026\n\nid,n\nA,1\nB,2\n"),
        "title-rows-ask",
        row=1,
        says="title_rows = 3",
    ),
    Case(
        "title rows declared",
        "K",
        raw("Report\nof 2026\n\nid,n\nA,1\n"),
        rows=[("A", "1")],
        layout=Layout(title_rows=3),
    ),
    Case("total row at the end", "A", raw("id,n\nA,1\nB,2\nTotal,3\n"), "total-row", row=4, has_table=True),
    Case("blank rows in the middle", "K", raw("id,n\nA,1\n\n,\nB,2\n"), rows=[("A", "1"), ("B", "2")]),
    Case("zip named csv", "E", raw(b"PK\x03\x04" + bytes(50)), "foreign-content"),
    Case("web page named csv", "E", raw("<!DOCTYPE html><table>"), "foreign-content"),
    Case("gzip named csv", "E", raw(gzip.compress(b"id,n\nA,1\n")), "foreign-content"),
    Case("unknown ending", "E", raw("id,n\n", "export.pages"), "unknown-ending"),
    Case(
        "missing file",
        "E",
        lambda folder: raw("x", "feedback.csv")(folder).with_name("feedbak.csv"),
        "missing-file",
        says="feedback.csv",
    ),
    Case("folder named csv", "E", a_folder, "cannot-open"),
    Case(
        "name of three hundred characters", "E", lambda folder: folder / ("x" * 300 + ".csv"), "cannot-open"
    ),
    Case("nul in the name", "E", lambda folder: folder / "a\0b.csv", "cannot-open"),
    # survey exports
    Case(
        "qualtrics with three header rows",
        "K",
        raw(QUALTRICS),
        header=("StartDate", "ResponseId", "Q1", "Q1_TEXT"),
        rows=[("2026-01-02", "R_1", "9", "Fine")],
    ),
    Case(
        "qualtrics without its ImportId row",
        "A",
        raw("StartDate,ResponseId,Q1\nStart Date,Response ID,How likely?\n2026-01-02,R_1,9\n"),
        "header-ask",
        row=2,
    ),
    Case(
        "qualtrics with two header rows declared",
        "K",
        raw("V1,Q1\nResponseID,How likely?\nR_1,9\n"),
        header=("V1", "Q1"),
        rows=[("R_1", "9")],
        layout=Layout(header_rows=2),
    ),
    Case(
        "surveymonkey with two header rows",
        "K",
        raw(MONKEY),
        header=("Respondent ID", "How are you?: Good", "How are you?: Bad", "Why?"),
        rows=[("1", "Good", "", "Because"), ("2", "", "Bad", "")],
    ),
    Case("multi-select in one cell", "K", raw('id,q\nA,"1,3,5"\n'), rows=[("A", "1,3,5")]),
    # texts that other readers change
    Case("leading zeros", "K", raw("id,n\n00123,1\n"), rows=[("00123", "1")]),
    Case("id like an exponent", "K", raw("id,n\n1E5,1\n"), rows=[("1E5", "1")]),
    Case("id of forty digits", "K", raw(f"id,n\n{ID40},1\n"), rows=[(ID40, "1")]),
    Case(
        "integer beyond 2^53",
        "K",
        raw("id,n\n9007199254740993,\nA,1\n"),
        rows=[("9007199254740993", ""), ("A", "1")],
    ),
    Case("codes T and F", "K", raw("id,n\nA,T\nB,F\n"), rows=[("A", "T"), ("B", "F")]),
    Case(
        "customers called NA and None",
        "K",
        raw("id,n\nNA,1\nNone,2\nnull,3\n"),
        rows=[("NA", "1"), ("None", "2"), ("null", "3")],
    ),
    Case(
        "emoji, right-to-left and control characters",
        "K",
        raw("id,n\nA,👩‍👩‍👧\u202e\x07\n"),
        rows=[("A", "👩‍👩‍👧\u202e\x07")],
    ),
    Case(
        "composed and decomposed twins",
        "K",
        raw("id,n\ncafé,1\ncafe\u0301,2\n"),
        rows=[("café", "1"), ("cafe\u0301", "2")],
    ),
    Case(
        "line separators of unicode",
        "K",
        raw("id,n\nA,a\u2028b\x85c\x0bd\n"),
        rows=[("A", "a\u2028b\x85c\x0bd")],
    ),
    Case(
        "formula and script in cells",
        "K",
        raw("id,n\n=1+1,<script>alert(1)</script>\n"),
        rows=[("=1+1", "<script>alert(1)</script>")],
    ),
)
