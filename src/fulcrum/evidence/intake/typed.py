"""Texts to typed values, as SQL: for each rule an expression for the value and conditions for what is wrong.

A text that is there and cannot be read by the declared rule is a fault, never a missing value. Columns of
Parquet files that are typed already are taken as they are, and cast where their kind allows it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from fulcrum.core.value import value
from fulcrum.evidence.engines.engine import SourceColumn, quoted
from fulcrum.evidence.intake.mapping import ColumnRule, Lookup, MappedFile, Sort, Weight

MONEY = "DECIMAL(18,4)"
_WEIGHT = "DECIMAL(18,6)"
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_CODE = r"-?\d{1,9}"
_ISO_DATE = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}(:?\d{2})?)?"


@value
class Fault:
    """One way in which a row can be wrong: the SQL that finds it, and what to say of it.

    `shown` is the SQL of the cell that is to blame; None where there is no cell or it is personal.
    """

    condition: str
    column: str
    code: str
    reason: str
    remedy: str
    shown: str | None


@value
class Typed:
    """A canonical column as SQL: its value, its type, and its faults."""

    name: str
    sql: str
    type: str
    faults: tuple[Fault, ...] = ()


class Source:
    """The columns of one mapped file, found by the header that its owner sees."""

    def __init__(
        self, file: MappedFile, columns: Sequence[SourceColumn], lookups: Mapping[Lookup, str] | None = None
    ) -> None:
        self.file = file
        self.lookups = lookups or {}
        self._by_header = {column.header: column for column in columns}

    def __contains__(self, header: str) -> bool:
        return header in self._by_header

    def column(self, header: str) -> SourceColumn:
        """The column of this header."""
        return self._by_header[header]

    def with_missing(self, texts: tuple[str, ...]) -> "Source":
        """The same file, with more texts that mean no value."""
        file = replace(self.file, missing=self.file.missing + texts)
        return Source(file, tuple(self._by_header.values()), self.lookups)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header of the file."""
        return tuple(self._by_header)

    def is_integer(self, header: str) -> bool:
        """Whether the column is stored as whole numbers."""
        return self.column(header).type in _INTEGERS

    def is_text(self, header: str) -> bool:
        """Whether the column is stored as text."""
        return self.column(header).type == "VARCHAR"

    def present(self, header: str) -> str:
        """The cell, or NULL where it holds one of the texts that mean no value."""
        column = self.column(header)
        if column.type == "VARCHAR":
            missing = ", ".join(quoted(text) for text in self.file.missing)
            return f"CASE WHEN trim({column.name}) NOT IN ({missing}) THEN {column.name} END"
        codes = self.codes(header, self.file.missing)
        return f"CASE WHEN {column.name} NOT IN ({codes}) THEN {column.name} END" if codes else column.name

    def codes(self, header: str, texts: Sequence[str]) -> str:
        """Those of the texts that a column stored as numbers can hold, such as 99, as a list."""
        stored = self.column(header).type
        if stored not in (*_INTEGERS, "DOUBLE", "FLOAT") and not stored.startswith("DECIMAL"):
            return ""
        return ", ".join(text for text in texts if re.fullmatch(_CODE, text))

    def text(self, header: str) -> str:
        """The cell as text, without blanks around it."""
        if self.is_text(header):
            return f"trim({self.present(header)})"
        return f"CAST({self.present(header)} AS VARCHAR)"

    def shown(self, header: str) -> str | None:
        """The cell as it may be shown to the person who mends the file."""
        if header in self.file.personal:
            return None
        return f"CAST({self.column(header).name} AS VARCHAR)"


def typed(rule: ColumnRule, source: Source) -> Typed:
    """The SQL of one rule over one file."""
    if rule.constant is not None:
        return Typed(name=rule.name, sql=quoted(rule.constant), type="VARCHAR")
    if rule.lookup is not None:
        return _taken(rule, source, f"{source.lookups[rule.lookup]}.taken")
    if rule.later is not None:
        return _later(rule, source, rule.later)
    made = {
        Sort.IDENTITY: _identity,
        Sort.TEXT: _segment if rule.cut else _text,
        Sort.DATE: _date,
        Sort.MONEY: _money,
        Sort.SCORE: _score,
        Sort.RATING: _rating,
        Sort.FLAG: _flag,
    }[rule.sort](rule, source, rule.column or "")
    if not rule.is_required or rule.sort is Sort.SCORE:
        return made
    missing = Fault(
        condition=f"({source.present(rule.column or '')}) IS NULL",
        column=rule.column or "",
        code="missing",
        reason=f"There is no {rule.name}.",
        remedy="Fill it in, or leave the row out of the export.",
        shown=None,
    )
    return Typed(name=made.name, sql=made.sql, type=made.type, faults=(missing, *made.faults))


def moment(day: date) -> str:
    """A day's first moment as an SQL literal."""
    return f"TIMESTAMP '{day.isoformat()} 00:00:00'"


def moment_of(rule: ColumnRule, source: Source, column: str) -> str:
    """The SQL of a date as a moment, NULL where the text is none by the rule's format."""
    return _moment(rule, source, column)[0]


def weight_of(weight: Weight, source: Source) -> Typed:
    """The sampling weight of a row: the number in its column, or the number that its text maps to."""
    text = source.text(weight.column)
    otherwise = "NULL" if weight.otherwise is None else repr(weight.otherwise)
    if weight.map:
        cases = " ".join(f"WHEN {quoted(key)} THEN {number!r}" for key, number in weight.map)
        sql = f"CAST(CASE {text} {cases} ELSE {otherwise} END AS {_WEIGHT})"
    else:
        sql = f"coalesce({_number(source, weight.column, to=_WEIGHT)}, {otherwise})"
    fault = Fault(
        condition=f"coalesce({sql}, 0) <= 0",
        column=weight.column,
        code="weight",
        reason="The row has no weight above zero.",
        remedy="Give each text a weight in [files.weight], or set `otherwise`.",
        shown=source.shown(weight.column),
    )
    return Typed(name="weight", sql=sql, type=_WEIGHT, faults=(fault,))


def _identity(rule: ColumnRule, source: Source, column: str) -> Typed:
    if source.is_integer(column):
        return Typed(name=rule.name, sql=source.column(column).name, type="BIGINT")
    present = source.present(column) if source.is_text(column) else source.text(column)
    return Typed(name=rule.name, sql=present, type="VARCHAR")


def _text(rule: ColumnRule, source: Source, column: str) -> Typed:
    if source.is_integer(column):
        return Typed(name=rule.name, sql=source.column(column).name, type=source.column(column).type)
    return Typed(name=rule.name, sql=source.text(column), type="VARCHAR")


def _segment(rule: ColumnRule, source: Source, column: str) -> Typed:
    number = _number(source, column)
    faults = (_unreadable(source, column, number),)
    return Typed(name=rule.name, sql=_banded(number, rule), type="VARCHAR", faults=faults)


def _taken(rule: ColumnRule, source: Source, taken: str) -> Typed:
    """What a lookup gave for the cell; unknown where the lookup does not have it."""
    sql = _banded(_number_in(taken, source.file, "DOUBLE"), rule) if rule.cut else taken
    return Typed(name=rule.name, sql=sql, type="VARCHAR")


def _banded(number: str, rule: ColumnRule) -> str:
    """A number in bands, each from its limit up: cut = [6, 12] gives below 6, 6 to under 12, 12 and above."""
    *names, highest = rule.bands
    cases = " ".join(
        f"WHEN {number} < {limit!r} THEN {quoted(name)}" for limit, name in zip(rule.cut, names, strict=True)
    )
    return f"CASE WHEN ({number}) IS NULL THEN NULL {cases} ELSE {quoted(highest)} END"


def _date(rule: ColumnRule, source: Source, column: str) -> Typed:
    sql, faults = _moment(rule, source, column)
    if rule.days is not None:
        first, last = rule.days
        outside = f"({sql}) < {moment(first)} OR ({sql}) >= {moment(last + timedelta(days=1))}"
        faults = (*faults, _out_of_range(source, column, outside, f"{first} to {last}"))
    return Typed(name=rule.name, sql=sql, type="TIMESTAMP", faults=faults)


def _moment(rule: ColumnRule, source: Source, column: str) -> tuple[str, tuple[Fault, ...]]:
    """A date by its declared format, or by ISO 8601 where none is declared; offsets are turned to UTC."""
    if not source.is_text(column):
        return f"CAST({source.column(column).name} AS TIMESTAMP)", ()
    text = source.text(column)
    if rule.format is not None:
        sql = f"try_strptime({text}, {quoted(rule.format)})"
        expected = rule.format
    else:
        sql = f"CASE WHEN regexp_full_match({text}, '{_ISO_DATE}') THEN TRY_CAST({text} AS TIMESTAMP) END"
        expected = "ISO, such as 2025-10-01"
    fault = Fault(
        condition=f"({text}) IS NOT NULL AND ({sql}) IS NULL",
        column=column,
        code="date",
        reason=f"This is no date of the form {expected}.",
        remedy='Declare its form: { column = …, format = "%d.%m.%Y" }, or mend the cell.',
        shown=source.shown(column),
    )
    return sql, (fault,)


def _later(rule: ColumnRule, source: Source, columns: tuple[str, str]) -> Typed:
    """Yes where the first date is later than the second; unknown where one of them is missing."""
    (first, one), (second, two) = (_moment(rule, source, column) for column in columns)
    sql = f"CASE WHEN {first} > {second} THEN 'yes' WHEN {first} <= {second} THEN 'no' END"
    return Typed(name=rule.name, sql=sql, type="VARCHAR", faults=one + two)


def _money(rule: ColumnRule, source: Source, column: str) -> Typed:
    sql = _number(source, column, to=MONEY)
    faults: tuple[Fault, ...] = (_unreadable(source, column, sql),)
    if rule.amounts is not None:
        low, high = (f"{limit:f}" for limit in rule.amounts)
        outside = f"({sql}) NOT BETWEEN {low} AND {high}"
        faults = (*faults, _out_of_range(source, column, outside, f"{low} to {high}".replace("-", "−")))
    if rule.currency is not None:
        code = source.text(rule.currency)
        other = Fault(
            condition=f"{code} <> {quoted(source.file.currency)}",
            column=rule.currency,
            code="currency",
            reason=f"The amount is not in {source.file.currency}.",
            remedy="Convert it at a dated rate first; amounts of two currencies never add.",
            shown=source.shown(rule.currency),
        )
        faults = (*faults, other)
    return Typed(name=rule.name, sql=sql, type=MONEY, faults=faults)


def _score(rule: ColumnRule, source: Source, column: str) -> Typed:
    return _scaled(rule, source, column, whole=rule.kind == "nps")


def _rating(rule: ColumnRule, source: Source, column: str) -> Typed:
    return _scaled(rule, source.with_missing(rule.not_applicable), column, whole=False)


def inapplicable(rule: ColumnRule, source: Source) -> Typed:
    """Whether a rating says that it does not concern the customer, 1 or 0."""
    column = rule.column or ""
    cell, words = source.text(column), ", ".join(quoted(word) for word in rule.not_applicable)
    if codes := source.codes(column, rule.not_applicable):
        cell, words = source.column(column).name, codes
    sql = f"CAST(CASE WHEN {cell} IN ({words}) THEN 1 ELSE 0 END AS TINYINT)"
    return Typed(name=rule.name, sql=sql, type="TINYINT")


def _scaled(rule: ColumnRule, source: Source, column: str, *, whole: bool) -> Typed:
    """A score on its declared scale; a reversed one is flipped so that more is better."""
    is_small = source.is_integer(column) and rule.scale is not None and max(map(abs, rule.scale)) < 64
    number = _number(source, column)
    faults = [_unreadable(source, column, number)]
    if rule.scale is not None:
        low, high = rule.scale
        off = Fault(
            condition=f"{number} NOT BETWEEN {low:g} AND {high:g}",
            column=column,
            code="off-scale",
            reason=f"The score is outside the declared scale {low:g} to {high:g}.",
            remedy="Mend `scale`, or list codes such as 99 for “don't know” under `missing`.",
            shown=source.shown(column),
        )
        faults.append(off)
    if whole:
        broken = Fault(
            condition=f"{number} <> floor({number})",
            column=column,
            code="not-whole",
            reason="An NPS answer is a whole number.",
            remedy="Map the single answers, not means; or declare another kind of score.",
            shown=source.shown(column),
        )
        faults.append(broken)
    sql = f"CAST({source.present(column)} AS TINYINT)" if is_small else number
    if rule.is_reversed and rule.scale is not None:
        sql = f"{rule.scale[0] + rule.scale[1]:g} - {sql}"
        sql = f"CAST({sql} AS TINYINT)" if is_small else sql
    return Typed(name=rule.name, sql=sql, type="TINYINT" if is_small else "DOUBLE", faults=tuple(faults))


def _flag(rule: ColumnRule, source: Source, column: str) -> Typed:
    """1 where the text is one of `yes`, 0 for any other text."""
    words = ", ".join(quoted(word) for word in rule.yes)
    text = source.text(column)
    sql = f"CAST(CASE WHEN {text} IN ({words}) THEN 1 WHEN {text} IS NOT NULL THEN 0 END AS TINYINT)"
    if source.column(column).type == "BOOLEAN":
        sql = f"CAST({source.column(column).name} AS TINYINT)"
        sql = sql if "true" in rule.yes else f"1 - {sql}"
    return Typed(name=rule.name, sql=sql, type="TINYINT")


def _number(source: Source, column: str, *, to: str = "DOUBLE") -> str:
    """A number by the declared decimal and thousands signs; (500) is −500, as in accounts."""
    if not source.is_text(column):
        return f"TRY_CAST({source.present(column)} AS {to})"
    return _number_in(source.text(column), source.file, to)


def _number_in(text: str, file: MappedFile, to: str) -> str:
    decimal, thousands = file.decimal, file.thousands
    plain = f"translate({text}, '−()', '--')"
    if thousands is not None:
        plain = f"replace({plain}, {quoted(thousands)}, '')"
    if thousands == " ":
        plain = f"translate({plain}, '\u00a0\u202f', '')"
    if decimal != ".":
        plain = f"replace({plain}, {quoted(decimal)}, '.')"
    shape = quoted(_shape(decimal, thousands))
    return f"CASE WHEN regexp_full_match({text}, {shape}) THEN TRY_CAST({plain} AS {to}) END"


def _shape(decimal: str, thousands: str | None) -> str:
    """What a number looks like: 1234.5, 1,234.5 where thousands are declared, (1234.5), 1.2E-5."""
    point = _escaped(decimal)
    whole = r"\d+"
    if thousands is not None:
        sign = "[ \u00a0\u202f]" if thousands == " " else _escaped(thousands)
        whole = rf"(\d{{1,3}}({sign}\d{{3}})+|\d+)"
    number = rf"{whole}({point}\d+)?([eE][+-]?\d+)?"
    return rf"([-−+]?{number}|\({number}\))"


def _escaped(sign: str) -> str:
    return sign if sign.isalnum() or sign.isspace() else "\\" + sign


def _out_of_range(source: Source, column: str, outside: str, said: str) -> Fault:
    return Fault(
        condition=outside,
        column=column,
        code="out-of-range",
        reason=f"This lies outside the declared range, {said}.",
        remedy="Mend the cell, widen `range` if it is right, or list its text under `missing`.",
        shown=source.shown(column),
    )


def _unreadable(source: Source, column: str, number: str) -> Fault:
    return Fault(
        condition=f"({source.text(column)}) IS NOT NULL AND ({number}) IS NULL",
        column=column,
        code="number",
        reason=f"This is no number with “{source.file.decimal}” before the decimals.",
        remedy="Declare `decimal` and `thousands`, list the text under `missing`, or mend the cell.",
        shown=source.shown(column),
    )
