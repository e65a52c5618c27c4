"""Bad data as it comes, each beside its valid twin: a small sound company folder, and one thing changed."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Files = dict[str, str | bytes]
Change = Callable[[Files], Files]

COMPANY = {
    "company.toml": 'name = "Acme"\nindustry = "software"\ncurrency = "EUR"\nas_of = 2026-11-22\n',
    "executives.csv": "id,name,role\ncoo,Mara Stone,COO\n",
}
CUSTOMERS = 60
LAST = CUSTOMERS + 2  # the row that an added line is in: the header is row 1

MAPPING = """
currency = "EUR"

[[files]]
path = "feedback.csv"
table = "feedback"
[files.columns]
customer = "customer"
score = { column = "score", scale = [0, 10], kind = "nps" }
answered_at = "answered"
touchpoint = "channel"
response = "id"

[[files]]
path = "customers.csv"
table = "customers"
[files.columns]
customer = "customer"
started = "since"
value = "worth"
[files.segments]
plan = "plan"

[[files]]
path = "invoices.csv"
table = "transactions"
[files.columns]
customer = "customer"
at = "on"
amount = { column = "amount", currency = "iso" }

[[comparisons]]
key = "plan"
title = "Gold against basic"
exposure = "plan"
exposed = "gold"
against = "basic"
outcome = "score"
"""


def _day(i: int) -> str:
    return f"2026-{i % 9 + 1:02}-{i % 28 + 1:02}"


def _table(header: str, line: Callable[[int], str]) -> str:
    return header + "\n" + "".join(line(i) + "\n" for i in range(CUSTOMERS))


FEEDBACK = _table(
    "id,customer,score,answered,channel",
    lambda i: f"r{i},c{i},{i * 7 % 11},{_day(i)},{'web' if i % 3 else 'phone'}",
)
BASE = _table(
    "customer,plan,since,worth",
    lambda i: f"c{i},{'gold' if i % 2 else 'basic'},2025-0{i % 9 + 1}-10,{90 + i}.50",
)
INVOICES = _table("customer,on,amount,iso", lambda i: f"c{i},{_day(i)},{20 + i}.25,EUR")
SOUND: Files = {
    "mapping.toml": MAPPING,
    "feedback.csv": FEEDBACK,
    "customers.csv": BASE,
    "invoices.csv": INVOICES,
}


@dataclass(frozen=True)
class Bad:
    """One thing that is wrong, what `check` must say of it, and the change that mends it."""

    name: str
    bad: Change
    code: str
    file: str = "feedback.csv"
    column: str | None = None
    row: int | None = None
    severity: str = "error"
    good: Change | None = None  # the sound folder itself, where nothing else is worth trying
    stops: bool | None = None  # whether an error comes with it; as its severity says, if not said here

    @property
    def is_error(self) -> bool:
        """Whether the folder must be mended before a number is given."""
        return self.severity == "error" if self.stops is None else self.stops


def folder_of(path: Path, change: Change) -> Path:
    """A company folder with the sound data, changed."""
    (path / "data").mkdir(parents=True)
    for name, text in COMPANY.items():
        (path / name).write_text(text, encoding="utf-8")
    for name, content in change(dict(SOUND)).items():
        (path / "data" / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def added(file: str, *lines: str) -> Change:
    """More lines at the end of a file."""
    return lambda files: {**files, file: str(files[file]) + "".join(line + "\n" for line in lines)}


def answer(score: str = "9", on: str = "2026-03-04", id: str = "r60", customer: str = "c1") -> Change:
    """One more answer."""
    return added("feedback.csv", f"{id},{customer},{score},{on},web")


def invoice(amount: str, iso: str = "EUR", on: str = "2026-03-04") -> Change:
    """One more invoice."""
    return added("invoices.csv", f'c1,{on},"{amount}",{iso}')


def declared(old: str, new: str) -> Change:
    """The mapping with one thing said differently."""

    def change(files: Files) -> Files:
        if old not in str(files["mapping.toml"]):
            raise ValueError(f"the mapping does not say {old!r}")
        return {**files, "mapping.toml": str(files["mapping.toml"]).replace(old, new)}

    return change


def whole(file: str, content: str | bytes) -> Change:
    """A file with other content."""
    return lambda files: {**files, file: content}


def without(file: str) -> Change:
    """A file that did not come."""
    return lambda files: {name: content for name, content in files.items() if name != file}


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(files: Files) -> Files:
        for one in changes:
            files = one(files)
        return files

    return change


def answers(*scores: object) -> Change:
    """A feedback file with these scores alone."""
    lines = (f"r{i},c{i % CUSTOMERS},{score},2026-03-04,web\n" for i, score in enumerate(scores))
    return whole("feedback.csv", "id,customer,score,answered,channel\n" + "".join(lines))


INVOICE = {"file": "invoices.csv", "column": "amount", "row": LAST}
SCORE = {"column": "score", "row": LAST}
DAY = {"column": "answered", "row": LAST}
TOML = {"file": "mapping.toml"}
CSAT = declared('scale = [0, 10], kind = "nps"', 'scale = [1, 5], kind = "csat"')
DOTTED = declared('answered_at = "answered"', 'answered_at = { column = "answered", format = "%d/%m/%Y" }')
AMOUNTS = declared('currency = "iso" }', 'currency = "iso", range = [-30, 90000] }')
AHEAD = declared(
    'answered_at = "answered"', 'answered_at = { column = "answered", range = ["2025-01-01", "2031-01-01"] }'
)
STRANGERS = declared('table = "feedback"', 'table = "feedback"\norphans = 0.02')
LEAVING = both(
    whole("customers.csv", BASE.replace(",worth\n", ",worth,to\n").replace(".50\n", ".50,\n")),
    declared('started = "since"', 'started = "since"\nended = "to"'),
)
TWELVE_DAYS = "".join(
    f"r{i},c{i},{i * 7 % 11},{i % 12 + 1:02}/{i % 9 + 1:02}/2025,web\n" for i in range(CUSTOMERS)
)

SCALES = (
    Bad("nps of eleven", answer("11"), "off-scale", **SCORE, good=answer("10")),
    Bad("nps below zero", answer("-1"), "off-scale", **SCORE, good=answer("0")),
    Bad("a score in words", answer("ten"), "number", **SCORE, good=answer("10")),
    Bad("half a point of nps", answer("7.5"), "not-whole", **SCORE, good=answer("8")),
    Bad("a score with per cent", answer("90%"), "number", **SCORE, good=answer("9")),
    Bad(
        "don't know as 99",
        both(answer("99"), answer("99", id="r61")),
        "dont-know",
        column="score",
        severity="question",
        stops=True,
        good=both(
            declared('table = "feedback"', 'table = "feedback"\nmissing = ["99"]'),
            answer("99"),
            answer("99", id="r61"),
        ),
    ),
    Bad("everybody says eight", answers(*[8] * 40), "all-alike", column="score", severity="question"),
    Bad(
        "stars called nps",
        answers(*[1, 2, 3, 4, 5] * 12),
        "five-point-nps",
        column="score",
        good=both(answers(*[1, 2, 3, 4, 5] * 12), CSAT),
    ),
    Bad(
        "asked from one to ten",
        answers(*[*range(1, 11)] * 24),
        "one-to-ten",
        column="score",
        severity="question",
    ),
    Bad(
        "one is best",
        both(answers(*[1, 1, 1, 2, 5] * 12), CSAT),
        "reversed",
        column="score",
        good=both(
            answers(*[1, 1, 1, 2, 5] * 12), CSAT, declared('kind = "csat"', 'kind = "csat", reversed = true')
        ),
    ),
    Bad(
        "mostly the worst score",
        both(answers(*[1, 1, 1, 2, 5] * 12), CSAT),
        "reversed",
        column="score",
        good=both(
            answers(*[1, 1, 1, 2, 5] * 12), CSAT, declared('kind = "csat"', 'kind = "csat", reversed = false')
        ),
    ),
    Bad("nps computed before", answers(*[-100, 0, 100] * 15), "computed-nps", column="score"),
    Bad("monthly nps as answers", answers(33, -12, 22.5, 41, 9, 8), "computed-nps", column="score"),
    Bad(
        "nps from one to five",
        both(declared("scale = [0, 10]", "scale = [1, 5]"), answers(*[1, 2, 3, 4, 5] * 12)),
        "nps-scale",
        column="score",
        severity="question",
        stops=True,
    ),
    Bad("a scale that is upside down", declared("scale = [0, 10]", "scale = [10, 0]"), "mapping", **TOML),
    Bad("a kind that does not exist", declared('kind = "nps"', 'kind = "smileys"'), "mapping", **TOML),
)

NUMBERS = (
    Bad("european signs undeclared", invoice("1.234,56"), "number", **INVOICE, good=invoice("1234.56")),
    Bad("thousands undeclared", invoice("1,234"), "number", **INVOICE, good=invoice("1234")),
    Bad(
        "thin spaces undeclared",
        invoice("1\u202f234"),
        "number",
        **INVOICE,
        good=both(
            declared('table = "transactions"', 'table = "transactions"\nthousands = " "'),
            invoice("1\u202f234"),
        ),
    ),
    Bad("a currency sign", invoice("€1200"), "number", **INVOICE, good=invoice("1200")),
    Bad("a share as an amount", invoice("45%"), "number", **INVOICE, good=invoice("0.45")),
    Bad("1.2k", invoice("1.2k"), "number", **INVOICE, good=invoice("1200")),
    Bad("1e400", invoice("1e400"), "number", **INVOICE, good=invoice("1e3")),
    Bad("infinity", invoice("inf"), "number", **INVOICE, good=invoice("1")),
    Bad("nan", invoice("NaN"), "number", **INVOICE, good=invoice("0")),
    Bad("thirty digits", invoice("9" * 30), "number", **INVOICE, good=invoice("9")),
    Bad("arabic digits", invoice("١٢"), "number", **INVOICE, good=invoice("12")),
    Bad("a word for nothing", invoice("n/a"), "number", **INVOICE, good=invoice("-0")),
    Bad("an amount that is not there", invoice(""), "missing", **INVOICE, good=invoice("0")),
    Bad(
        "a refund or a mistake",
        invoice("-30"),
        "negative",
        **INVOICE,
        good=both(invoice("-30"), AMOUNTS),
    ),
    Bad(
        "an amount in another unit",
        invoice("90000"),
        "thousand-fold",
        **INVOICE,
        good=both(invoice("90000"), AMOUNTS),
    ),
    Bad(
        "an amount beyond what was declared right",
        both(invoice("900000"), AMOUNTS),
        "out-of-range",
        **INVOICE,
        good=both(invoice("90"), AMOUNTS),
    ),
    Bad("a second currency in a row", invoice("30", iso="GBP"), "currency", "invoices.csv", "iso", LAST),
    Bad(
        "a file in another currency",
        declared('table = "transactions"', 'table = "transactions"\ncurrency = "USD"'),
        "currency",
        "invoices.csv",
    ),
    Bad("no currency at all", declared('currency = "EUR"', ""), "mapping", **TOML),
    Bad("a currency in words", declared('currency = "EUR"', 'currency = "euros"'), "mapping", **TOML),
    Bad(
        "one customer is the company",
        both(invoice("2600"), invoice("2600")),
        "dominant-account",
        "invoices.csv",
        "amount",
        severity="note",
    ),
    Bad(
        "fewer rows than were sent",
        declared('plan = "plan"', 'plan = "plan"\n[files.control]\nrows = 61'),
        "control-total",
        "customers.csv",
        good=declared('plan = "plan"', 'plan = "plan"\n[files.control]\nrows = 60'),
    ),
    Bad(
        "a total that does not agree",
        declared(
            'amount = { column = "amount", currency = "iso" }',
            'amount = { column = "amount", currency = "iso" }\n[files.control]\namount = 3000',
        ),
        "control-total",
        "invoices.csv",
        "amount",
        good=declared(
            'amount = { column = "amount", currency = "iso" }',
            'amount = { column = "amount", currency = "iso" }\n[files.control]\namount = 2985',
        ),
    ),
)

DATES = (
    Bad("the thirtieth of February", answer(on="2025-02-30"), "date", **DAY, good=answer(on="2025-02-28")),
    Bad("a date of zeros", answer(on="0000-00-00"), "date", **DAY),
    Bad("a spreadsheet's serial day", answer(on="45123"), "date", **DAY, good=answer(on="2023-07-16")),
    Bad("year 99999", answer(on="99999-01-01"), "date", **DAY),
    Bad("day first, undeclared", answer(on="31/12/2025"), "date", **DAY, good=answer(on="2025-12-31")),
    Bad("a year of two digits", answer(on="25-12-31"), "date", **DAY, good=answer(on="2025-12-31")),
    Bad("seconds since 1970", answer(on="1735689600"), "date", **DAY, good=answer(on="2025-01-01")),
    Bad("a quarter", answer(on="Q3-25"), "date", **DAY, good=answer(on="2025-07-01")),
    Bad("a week", answer(on="2025-W07"), "date", **DAY, good=answer(on="2025-02-10")),
    Bad("no zeros in front", answer(on="2026-1-5"), "date", **DAY, good=answer(on="2026-01-05")),
    Bad("today", answer(on="today"), "date", **DAY),
    Bad(
        "a day to come",
        answer(on="2031-01-01"),
        "future",
        **DAY,
        good=both(answer(on="2031-01-01"), AHEAD),
    ),
    Bad(
        "the year 1900",
        answer(on="1900-01-01"),
        "very-old",
        **DAY,
        severity="question",
        good=answer(on="2000-01-01"),
    ),
    Bad(
        "month first among day first",
        both(
            whole("feedback.csv", "id,customer,score,answered,channel\n" + TWELVE_DAYS),
            DOTTED,
            answer(on="12/31/2025"),
        ),
        "date",
        **DAY,
        good=both(
            whole("feedback.csv", "id,customer,score,answered,channel\n" + TWELVE_DAYS),
            DOTTED,
            answer(on="31/12/2025"),
        ),
    ),
    Bad(
        "day and month may be swapped",
        both(whole("feedback.csv", "id,customer,score,answered,channel\n" + TWELVE_DAYS), DOTTED),
        "day-or-month",
        column="answered",
        good=both(
            whole("feedback.csv", "id,customer,score,answered,channel\n" + TWELVE_DAYS),
            DOTTED,
            declared('"%d/%m/%Y"', '"%d/%m/%Y", day_first = true'),
        ),
    ),
    Bad(
        "a window that is not over",
        declared("[[comparisons]]", '[landmark]\ndate = "2026-10-01"\noutcome_months = 6\n\n[[comparisons]]'),
        "window-open",
        "mapping.toml",
        "landmark",
        good=declared(
            "[[comparisons]]", '[landmark]\ndate = "2026-04-01"\noutcome_months = 6\n\n[[comparisons]]'
        ),
    ),
)

KEYS = (
    Bad(
        "one customer in two rows",
        added("customers.csv", "c7,gold,2025-03-10,120"),
        "customer-twice",
        "customers.csv",
        "customer",
        LAST,
        good=added("customers.csv", "c60,gold,2025-03-10,120"),
    ),
    Bad(
        "nobody's invoice",
        added("invoices.csv", ",2026-03-04,30,EUR"),
        "missing",
        "invoices.csv",
        "customer",
        LAST,
    ),
    Bad("nobody's answer", answer(customer=""), "missing", column="customer", row=LAST),
    Bad("an answer of a stranger", answer(customer="x1"), "orphans", column="customer", row=LAST),
    Bad(
        "a stranger who may answer",
        both(answer(customer="x1"), STRANGERS),
        "orphans",
        column="customer",
        severity="note",
    ),
    Bad("ids in another case", whole("customers.csv", BASE.replace("\nc", "\nC")), "orphans"),
    Bad(
        "a customer who left before they came",
        both(LEAVING, added("customers.csv", "c60,gold,2025-03-10,120,2024-03-10")),
        "ended-first",
        "customers.csv",
        "to",
        LAST,
        good=both(LEAVING, added("customers.csv", "c60,gold,2025-03-10,120,2026-03-10")),
    ),
    Bad(
        "ids alike but for a zero",
        added("customers.csv", "007,gold,2025-03-10,120", "7,gold,2025-03-10,120"),
        "ids-alike",
        "customers.csv",
        "customer",
        severity="question",
    ),
    Bad(
        "one answer's id for two answers",
        answer(id="r7", customer="c7", score="0"),
        "response-twice",
        column="id",
    ),
    Bad(
        "the same export twice",
        both(
            whole("feedback_2.csv", FEEDBACK),
            declared(
                '[[files]]\npath = "customers.csv"',
                '[[files]]\npath = "feedback_2.csv"\ntable = "feedback"\n[files.columns]\n'
                'customer = "customer"\nscore = { column = "score", scale = [0, 10], kind = "nps" }\n\n'
                '[[files]]\npath = "customers.csv"',
            ),
        ),
        "same-file",
        "feedback_2.csv",
    ),
    Bad(
        "a lookup with two answers",
        both(
            whole("regions.csv", "plan,region\ngold,north\nbasic,south\ngold,west\n"),
            declared(
                'plan = "plan"',
                'plan = "plan"\nregion = { column = "plan", lookup = { path = "regions.csv", key = "plan", '
                'take = "region" } }',
            ),
        ),
        "lookup-twice",
        "regions.csv",
        "plan",
        4,
        good=both(
            whole("regions.csv", "plan,region\ngold,north\nbasic,south\n"),
            declared(
                'plan = "plan"',
                'plan = "plan"\nregion = { column = "plan", lookup = { path = "regions.csv", key = "plan", '
                'take = "region" } }',
            ),
        ),
    ),
    Bad(
        "a column under another name", declared('"channel"', '"Channel"'), "no-such-column", column="Channel"
    ),
    Bad("a file that did not come", without("invoices.csv"), "mapping", **TOML),
    Bad(
        "a file outside the folder",
        declared('"invoices.csv"', '"../../../etc/passwd"'),
        "mapping",
        **TOML,
    ),
    Bad("a path from the root", declared('"invoices.csv"', '"/etc/passwd"'), "mapping", **TOML),
    Bad("a group that nobody is in", declared('"gold"', '"platinum"'), "no-such-group", **TOML),
    Bad(
        "a comparison by an unknown field",
        declared('exposure = "plan"', 'exposure = "tier"'),
        "mapping",
        **TOML,
    ),
    Bad(
        "an outcome that does not exist", declared('outcome = "score"', 'outcome = "love"'), "mapping", **TOML
    ),
    Bad("a table that does not exist", declared('"transactions"', '"invoices"'), "mapping", **TOML),
    Bad("a misspelt setting", declared('table = "feedback"', 'tabel = "feedback"'), "mapping", **TOML),
    Bad("no table of the mapping at all", whole("mapping.toml", ""), "mapping", **TOML),
    Bad("a mapping that is no toml", declared("[[files]]", "[[files]"), "mapping", **TOML),
    Bad(
        "a mapping in another encoding",
        lambda f: {**f, "mapping.toml": ("# é\n" + MAPPING).encode("latin-1")},
        "mapping",
        **TOML,
    ),
    Bad(
        "a weight in words",
        declared('plan = "plan"', 'plan = "plan"\n[files.weight]\ncolumn = "plan"\nmap = { gold = 2 }'),
        "weight",
        "customers.csv",
        "plan",
        2,
        good=declared(
            'plan = "plan"', 'plan = "plan"\n[files.weight]\ncolumn = "plan"\nmap = { gold = 2, basic = 1 }'
        ),
    ),
    Bad(
        "a parquet file that is none",
        both(
            whole("invoices.parquet", b"PAR1" + bytes(40) + b"PAR1"),
            declared("invoices.csv", "invoices.parquet"),
        ),
        "unreadable",
        "invoices.parquet",
    ),
)

CASES = SCALES + NUMBERS + DATES + KEYS
