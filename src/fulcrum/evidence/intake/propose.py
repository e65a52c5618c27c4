"""A first mapping for a folder of exports, to be read and confirmed by a person.

`propose_mapping` recognises vendors by their headers and other columns by name and content, each with its
confidence. `write_proposal` writes it beside the data as `mapping.proposed.toml`: Fulcrum never reads that
file. A person renames it, when it is right.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from fulcrum.core.errors import Problem
from fulcrum.core.value import value
from fulcrum.evidence.intake.fingerprints import PERSONAL, WORDS, Fingerprint, vendor_of
from fulcrum.evidence.intake.mapping import CANONICAL, Sort, Table
from fulcrum.evidence.intake.mapping_file import PROPOSED, exports_in
from fulcrum.evidence.intake.parquet_check import unsound_parquet
from fulcrum.evidence.intake.sources import DuckDB, is_parquet
from fulcrum.reading.text_table import read_table

_SAMPLE = 2000
_TEXTS, _LONG = (".csv", ".tsv", ".txt", ".tab"), 1_000_000  # bytes of a text file that are a beginning
_TWO_READINGS = '?" }'  # how the rule of a date ends that two forms read
_FORMS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y", "%d.%m.%Y %H:%M")
_SLASHED = ("%d/%m/%Y", "%m/%d/%Y", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S")
_SCALES = ((0, 10, "nps"), (1, 5, "csat"), (1, 7, "ces"), (0, 100, "csat"))

Confidence = Literal["high", "medium", "low"]


@value
class Guess:
    """What one column of a file probably is, how sure that is, and why. `rule` is its TOML."""

    becomes: str
    rule: str
    confidence: Confidence
    why: str


@value
class ProposedFile:
    """A file, what kind of export it seems to be, and its columns."""

    path: str
    vendor: str
    table: Table
    guesses: tuple[Guess, ...]
    keep: str = ""
    personal: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # required columns that nothing was found for


@value
class _Sampled:
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    def texts(self, header: str) -> list[str]:
        return [text.strip() for text in self.columns[self.header.index(header)] if text.strip()]


def propose_mapping(data_dir: Path) -> tuple[tuple[ProposedFile, ...], tuple[Problem, ...]]:
    """A proposal for each export of the folder, with the Problems of those that cannot be read."""
    found: list[ProposedFile] = []
    problems: list[Problem] = []
    for path in exports_in(data_dir):
        sampled, told = _sampled(path)
        problems += told
        if sampled is not None:
            found.append(_proposed(path.name, sampled))
    return tuple(found), tuple(problems)


def first_rows(
    path: Path, number: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[Problem, ...]]:
    """The header and the first rows of an export as texts, with the Problems of one that cannot be read.

    Of a long text file only as much is read as holds them.
    """
    sampled, problems = _beginning(path)
    if sampled is None:
        return (), (), problems
    return sampled.header, tuple(islice(zip(*sampled.columns, strict=True), number)), problems


def write_proposal(data_dir: Path, files: Sequence[ProposedFile], *, currency: str) -> Path:
    """The proposal as a commented TOML file that Fulcrum itself never reads."""
    path = data_dir / PROPOSED
    path.write_text(as_toml(files, currency=currency), encoding="utf-8")
    return path


def as_toml(files: Sequence[ProposedFile], *, currency: str) -> str:
    """The proposal as text; what is not sure, or not found, stands in a comment."""
    lines = [
        "# A proposal: check each line, then rename this file to mapping.toml.",
        f"currency = {json.dumps(currency)}",
    ]
    for file in files:
        is_blank = all(guess.confidence == "low" for guess in file.guesses)
        block = list(_block(file))
        lines += ["", *(f"# {line}" for line in block)] if is_blank else ["", *block]
    return "\n".join(lines) + "\n"


def _block(file: ProposedFile) -> Iterator[str]:
    yield f"# {file.vendor}"
    yield "[[files]]"
    yield f"path = {json.dumps(file.path)}"
    yield f"table = {json.dumps(file.table.value)}"
    if file.keep:
        yield file.keep
    if file.personal:
        yield f"personal = {json.dumps(list(file.personal), ensure_ascii=False)}"
    yield "[files.columns]"
    for guess in file.guesses:
        mark = "# " if guess.confidence == "low" else ""
        yield f"{mark}{guess.becomes} = {guess.rule}  # {guess.confidence}: {guess.why}"
    for name in file.missing:
        yield f"# {name} = …  # required: say which column it is"


def _proposed(name: str, sampled: _Sampled) -> ProposedFile:
    known = vendor_of(sampled.header)
    guesses = _of_vendor(known, sampled) if known is not None else {}
    _by_words(guesses, sampled)
    table = known.table if known is not None else _table_of(guesses, sampled)
    wanted = {column.name: column for column in CANONICAL[table]}
    kept = tuple(guess for guess in guesses.values() if guess.becomes in wanted)
    sure = {guess.becomes for guess in kept if guess.confidence != "low"}
    personal = dict.fromkeys(
        header
        for header in sampled.header
        if PERSONAL.fullmatch(header) or (known is not None and header in known.personal)
    )
    return ProposedFile(
        path=name,
        vendor="plain table" if known is None else f"{known.vendor} export",
        table=table,
        guesses=kept,
        keep="" if known is None else _keep(known, sampled),
        personal=tuple(personal),
        missing=tuple(
            column.name for column in wanted.values() if column.is_required and column.name not in sure
        ),
    )


def _of_vendor(known: Fingerprint, sampled: _Sampled) -> dict[str, Guess]:
    found = {}
    for name, header in known.columns:
        if header in sampled.header and sampled.texts(header):
            rule = _rule(name, header, sampled)
            why = f"{known.vendor}'s own column"
            found[header] = Guess(becomes=name, rule=rule or json.dumps(header), confidence="high", why=why)
    return found


def _by_words(guesses: dict[str, Guess], sampled: _Sampled) -> None:
    """Columns by the first word of the list that fits both their name and their content."""
    for name, pattern in WORDS:
        if any(guess.becomes == name for guess in guesses.values()):
            continue
        fitting = [h for h in sampled.header if h not in guesses and pattern.fullmatch(h.replace("_", " "))]
        for header in (
            fitting[:1] or [h for h in sampled.header if h not in guesses and pattern.fullmatch(h)][:1]
        ):
            rule = _rule(name, header, sampled)
            if rule is not None:
                sure: Confidence = "low" if rule.endswith(_TWO_READINGS) else "medium"
                why = "by name and content" if sure == "medium" else "two readings are possible"
                guesses[header] = Guess(becomes=name, rule=rule, confidence=sure, why=why)


def _rule(name: str, header: str, sampled: _Sampled) -> str | None:
    """The TOML of a rule that the content of the column allows, or None."""
    column, texts = json.dumps(header, ensure_ascii=False), sampled.texts(header)
    sort = next((c.sort for columns in CANONICAL.values() for c in columns if c.name == name), Sort.TEXT)
    if not texts:
        return None
    if sort is Sort.DATE:
        form = _form(texts)
        return None if form is None else f"{{ column = {column}, format = {json.dumps(form)} }}"
    if sort is Sort.SCORE:
        scale = _scale(texts)
        if scale is None:
            return None
        return f'{{ column = {column}, scale = [{scale[0]}, {scale[1]}], kind = "{scale[2]}" }}'
    if sort is Sort.FLAG:
        yes = [text for text in dict.fromkeys(texts) if text.casefold() in ("yes", "y", "true", "1")]
        return f"{{ column = {column}, yes = {json.dumps(yes)} }}" if yes and len(set(texts)) <= 2 else None
    if sort is Sort.MONEY:
        return column if _numbers(texts) is not None else None
    return column


def _form(texts: Sequence[str]) -> str | None:
    """The only form that reads every date; with a question mark where two do."""
    forms = [form for form in (*_FORMS, *_SLASHED) if all(_reads(text, form) for text in texts)]
    if not forms:
        return None
    return forms[0] if len(forms) == 1 else f"{forms[0]} or {forms[1]}?"


def _reads(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)  # noqa: DTZ007 — only whether it reads
    except ValueError:
        return False
    return True


def _scale(texts: Sequence[str]) -> tuple[int, int, str] | None:
    """The narrowest usual scale that holds every answer and whose ends were used."""
    numbers = _numbers(texts)
    if numbers is None:
        return None
    low, high = min(numbers), max(numbers)
    if low >= 1 and high <= 5:
        return 1, 5, "csat"
    return next((scale for scale in _SCALES if scale[0] <= low and high <= scale[1]), None)


def _numbers(texts: Sequence[str]) -> list[float] | None:
    try:
        return [float(text) for text in texts]
    except ValueError:
        return None


def _table_of(guesses: dict[str, Guess], sampled: _Sampled) -> Table:
    names = {guess.becomes for guess in guesses.values()}
    customer = next((header for header, guess in guesses.items() if guess.becomes == "customer"), None)
    ids = sampled.texts(customer) if customer is not None else []
    is_once = len(set(ids)) == len(ids) > 0
    if "score" in names and not ("left" in names or "ended" in names):
        return Table.FEEDBACK
    if is_once and names & {"left", "started", "ended", "value", "score"}:
        return Table.CUSTOMERS
    if "amount" in names:
        return Table.TRANSACTIONS
    if "event" in names:
        return Table.EVENTS
    return Table.CUSTOMERS if is_once else Table.CONTACTS


def _keep(known: Fingerprint, sampled: _Sampled) -> str:
    if known.keep is None or known.keep[0] not in sampled.header:
        return ""
    texts = [text for text in known.keep[1] if text in sampled.texts(known.keep[0])]
    return f"keep = {{ column = {json.dumps(known.keep[0])}, in = {json.dumps(texts)} }}" if texts else ""


def _beginning(path: Path) -> tuple[_Sampled | None, tuple[Problem, ...]]:
    """The first lines of a long text file in a file of their own; any other file as it is."""
    if path.suffix.casefold() not in _TEXTS or path.stat().st_size <= _LONG:
        return _sampled(path)
    with TemporaryDirectory(prefix="fulcrum-") as folder, path.open("rb") as file:
        head = file.read(_LONG)
        short = Path(folder) / path.name
        short.write_bytes(head[: head.rfind(b"\n") + 1] or head)
        return _sampled(short)


def _sampled(path: Path) -> tuple[_Sampled | None, tuple[Problem, ...]]:
    if is_parquet(path):
        with DuckDB(parquet=[path]) as engine:
            if (unsound := unsound_parquet(engine, path, file=path.name)) is not None:
                return None, (unsound,)
            columns = engine.register_parquet("sampled", path)
            texts = ", ".join(f"coalesce(CAST({column.name} AS VARCHAR), '')" for column in columns)
            rows = engine.query(f"SELECT {texts} FROM sampled LIMIT {_SAMPLE}")  # noqa: S608 — names are ours
        return _Sampled(header=tuple(c.header for c in columns), columns=tuple(zip(*rows, strict=True))), ()
    table, problems = read_table(path)
    if table is None:
        return None, problems
    rows_read = list(islice(table.rows, _SAMPLE))
    columns_read = tuple(zip(*rows_read, strict=True)) or ((),) * len(table.header)
    return _Sampled(header=table.header, columns=columns_read), ()
