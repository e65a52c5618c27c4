"""Reads `data/mapping.toml` to a `Mapping`, strictly, with every mistake told at once."""

import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, cast

from fulcrum.core.errors import Problem, Severity
from fulcrum.evidence.intake.mapping import (
    CANONICAL,
    Canonical,
    ColumnRule,
    ComparisonSpec,
    Control,
    Keep,
    Landmark,
    Lookup,
    MappedFile,
    Mapping,
    Outcome,
    ScoreKind,
    Sort,
    Table,
    Weight,
)
from fulcrum.evidence.intake.mapping_check import contradictions
from fulcrum.evidence.intake.mapping_margins import read_margins
from fulcrum.evidence.intake.mapping_settled import read_amounts, read_day_first, read_days, read_orphans
from fulcrum.evidence.intake.mapping_tables import read_connections, refuse_texts
from fulcrum.evidence.intake.strict_toml import Reader

NAME = "mapping.toml"
PROPOSED = "mapping.proposed.toml"  # a first draft, which is never read
_DIRECTIVES = set("YmdHMSybBfpIjzT%")


def read_mapping(data_dir: Path) -> tuple[Mapping | None, tuple[Problem, ...]]:
    """What the files of this folder mean, or None with every mistake in `mapping.toml`.

    A folder without data gives None and nothing to complain of; data without a mapping is asked about.
    """
    path = data_dir / NAME
    if not path.is_file():
        return None, _no_mapping(data_dir)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        return None, (_problem("is not written in UTF-8.", "Save it as UTF-8."),)
    except tomllib.TOMLDecodeError as mistake:
        return None, (_problem(f"is not valid TOML: {mistake}.", "Mend the line that is named.", mistake),)
    problems: list[Problem] = []
    mapping = _mapping(Reader(NAME, "", content, problems))
    problems += contradictions(mapping, data_dir)
    return (None if problems else mapping), tuple(problems)


def exports_in(data_dir: Path) -> tuple[Path, ...]:
    """The files of this folder that may hold customers' data, by name: neither hidden ones nor TOML."""
    if not data_dir.is_dir():
        return ()
    return tuple(
        path
        for path in sorted(data_dir.iterdir())
        if path.is_file() and path.suffix != ".toml" and not path.name.startswith(".")
    )


def _mapping(top: Reader) -> Mapping:
    currency = top.text("currency", required=True) or ""
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        top.wrong("currency", f"is {currency!r}.", 'Use the three letters of ISO 4217, such as "EUR".')
    if not isinstance(top.raw("files"), list):
        top.wrong("files", "is missing.", "Add one [[files]] block for each export.")
    files = tuple(_file(reader, currency) for reader in top.tables("files"))
    landmark = _landmark(top.table("landmark"))
    connections = read_connections(top.table("connections"))
    comparisons = tuple(_comparison(reader) for reader in top.tables("comparisons"))
    margins = read_margins(top.tables("margins"))
    top.finish()
    return Mapping(
        currency=currency,
        files=files,
        landmark=landmark,
        comparisons=comparisons,
        margins=margins,
        connections=connections,
    )


def _file(file: Reader, currency: str) -> MappedFile:
    connection = file.text("connection")
    path = file.text("relation" if connection else "path", required=True) or ""
    if connection is not None:
        refuse_texts(file)
    elif PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        file.wrong("path", f"leads out of the data folder: {path!r}.", "Put the file into the data folder.")
    table = Table(file.choice("table", list(Table), required=True) or Table.FEEDBACK)
    columns, ratings = _columns(file, table)
    made = MappedFile(
        path=path,
        connection=connection,
        table=table,
        columns=columns,
        ratings=ratings,
        segments=_named(file.table("segments"), _segment),
        currency=file.text("currency") or currency,
        sheet=file.text("sheet"),
        title_rows=file.whole("title_rows", lowest=0) or 0,
        header_rows=file.whole("header_rows", lowest=1),
        encoding=file.text("encoding"),
        delimiter=_separator(file, "delimiter"),
        decimal=_separator(file, "decimal") or ".",
        thousands=_separator(file, "thousands"),
        missing=("", *(file.texts("missing") or ())),
        personal=file.texts("personal") or (),
        keep=_keep(file.table("keep")),
        weight=_weight(file.table("weight")),
        control=_control(file.table("control")),
        tolerate=_share(file, "tolerate"),
        orphans=read_orphans(file, table, _share(file, "orphans")),
    )
    if made.decimal == made.thousands:
        file.wrong("thousands", "is the same sign as `decimal`.", "Declare two different signs.")
    file.finish()
    return made


def _columns(file: Reader, table: Table) -> tuple[tuple[ColumnRule, ...], tuple[ColumnRule, ...]]:
    columns = file.table("columns")
    if columns is None:
        file.wrong("columns", "is missing.", "Add a [files.columns] block.")
        return (), ()
    found = [_column(columns, canonical) for canonical in CANONICAL[table]]
    ratings: tuple[ColumnRule, ...] = ()
    if table is Table.FEEDBACK:
        ratings = _named(columns.table("ratings"), _rating)
    columns.finish()
    return tuple(rule for rule in found if rule is not None), ratings


def _column(columns: Reader, canonical: Canonical) -> ColumnRule | None:
    name, sort = canonical.name, canonical.sort
    if columns.raw(name) is None:
        if canonical.is_required:
            columns.wrong(name, "is missing.", "Say which column of the file it is.")
        return None
    if isinstance(columns.raw(name), str) and sort not in (Sort.SCORE, Sort.FLAG):
        text = columns.text(name)
        return ColumnRule(name=name, sort=sort, column=text, is_required=canonical.is_required)
    if isinstance(columns.raw(name), str):
        needs = 'scale = [0, 10], kind = "nps"' if sort is Sort.SCORE else 'yes = ["Yes"]'
        columns.wrong(name, "names a column only.", f"Write {{ column = …, {needs} }}.")
        return None
    reader = columns.table(name)
    return None if reader is None else _rule(reader, name, sort, is_required=canonical.is_required)


def _rule(rule: Reader, name: str, sort: Sort, *, is_required: bool = False) -> ColumnRule:
    constant = rule.text("value") if sort is Sort.TEXT else None
    is_scaled = sort in (Sort.SCORE, Sort.RATING)
    scale = _scale(rule) if is_scaled else None
    form = _format(rule) if sort is Sort.DATE else None
    made = ColumnRule(
        name=name,
        sort=sort,
        column=rule.text("column", required=constant is None),
        constant=constant,
        format=form,
        day_first=read_day_first(rule, form) if sort is Sort.DATE else None,
        days=read_days(rule) if sort is Sort.DATE else None,
        amounts=read_amounts(rule) if sort is Sort.MONEY else None,
        scale=scale,
        kind=_kind(rule) if sort is Sort.SCORE else None,
        is_reversed=rule.flag("reversed") if is_scaled else False,
        is_direction_said=is_scaled and "reversed" in rule,
        yes=(rule.texts("yes", required=True) or ()) if sort is Sort.FLAG else (),
        currency=rule.text("currency") if sort is Sort.MONEY else None,
        not_applicable=(rule.texts("not_applicable") or ()) if sort is Sort.RATING else (),
        is_required=is_required,
    )
    if sort is Sort.SCORE and scale is None and "scale" not in rule:
        rule.wrong("scale", "is missing.", "Give the lowest and highest answer, such as [0, 10].")
    if made.is_reversed and made.sort is Sort.RATING and "scale" not in rule:
        rule.wrong("reversed", "needs the scale that it turns round.", "Add it, such as scale = [1, 5].")
    rule.finish()
    return made


def _named(table: Reader | None, read: Callable[[Reader, str], ColumnRule | None]) -> tuple[ColumnRule, ...]:
    """Rules under names that the user chose."""
    if table is None:
        return ()
    found = tuple(read(table, name) for name in table)
    table.finish()
    return tuple(rule for rule in found if rule is not None)


def _rating(table: Reader, name: str) -> ColumnRule | None:
    if isinstance(table.raw(name), str):
        return ColumnRule(name=name, sort=Sort.RATING, column=table.text(name))
    reader = table.table(name)
    return None if reader is None else _rule(reader, name, Sort.RATING)


def _segment(table: Reader, name: str) -> ColumnRule | None:
    if isinstance(table.raw(name), str):
        return ColumnRule(name=name, sort=Sort.TEXT, column=table.text(name))
    rule = table.table(name)
    if rule is None:
        return None
    constant = rule.text("value")
    later = rule.texts("later")
    if later is not None and len(later) != 2:
        rule.wrong("later", f"names {len(later)} columns.", "Name two: yes where the first date is later.")
        later = None
    form = _format(rule)
    made = ColumnRule(
        name=name,
        sort=Sort.TEXT,
        column=rule.text("column", required=constant is None and "later" not in rule),
        constant=constant,
        later=None if later is None else (later[0], later[1]),
        format=form,
        day_first=read_day_first(rule, form),
        cut=_limits(rule),
        lookup=_lookup(rule.table("lookup")),
    )
    rule.finish()
    return made


def _lookup(lookup: Reader | None) -> Lookup | None:
    if lookup is None:
        return None
    path, key, take = (lookup.text(name, required=True) or "" for name in ("path", "key", "take"))
    lookup.finish()
    return Lookup(path=path, key=key, take=take)


def _keep(keep: Reader | None) -> Keep | None:
    if keep is None:
        return None
    made = Keep(column=keep.text("column", required=True) or "", texts=keep.texts("in", required=True) or ())
    keep.finish()
    return made


def _weight(weight: Reader | None) -> Weight | None:
    if weight is None:
        return None
    named = weight.table("map")
    pairs: tuple[tuple[str, float], ...] = ()
    if named is not None:
        pairs = tuple((key, named.number(key, required=True) or 0.0) for key in named)
    made = Weight(
        column=weight.text("column", required=True) or "", map=pairs, otherwise=weight.number("otherwise")
    )
    if any(number <= 0 for _, number in pairs) or (made.otherwise is not None and made.otherwise <= 0):
        weight.wrong("map", "holds a weight of zero or less.", "Leave such rows out with `keep` instead.")
    weight.finish()
    return made


def _control(control: Reader | None) -> Control | None:
    if control is None:
        return None
    rows = control.whole("rows", lowest=0)
    names = [name for name in control if name != "rows"]
    totals = [(name, control.number(name, required=True)) for name in names]
    control.finish()
    return Control(
        rows=rows, totals=tuple((name, Decimal(str(total))) for name, total in totals if total is not None)
    )


def _landmark(landmark: Reader | None) -> Landmark | None:
    if landmark is None:
        return None
    day = landmark.day("date", required=True)
    months = landmark.whole("outcome_months", lowest=1, required=True)
    before = landmark.whole("pre_months", lowest=0)
    until = landmark.day("observed_until")
    landmark.finish()
    if day is None or months is None:
        return None
    return Landmark(day=day, outcome_months=months, pre_months=before or 0, observed_until=until)


def _comparison(comparison: Reader) -> ComparisonSpec:
    texts = {name: comparison.text(name, required=True) or "" for name in ("key", "title", "exposure")}
    has_sides = texts["exposure"] != "band"  # the score's own bands are named by its kind and scale
    texts |= {name: comparison.text(name, required=has_sides) or "" for name in ("exposed", "against")}
    outcome = comparison.choice("outcome", list(Outcome), required=True)
    adjust = comparison.texts("adjust") or ()
    comparison.finish()
    return ComparisonSpec(**texts, outcome=Outcome(outcome or Outcome.SCORE), adjust=adjust)


def _scale(rule: Reader) -> tuple[float, float] | None:
    scale = rule.numbers("scale")
    if scale is None:
        return None
    if len(scale) != 2 or scale[0] >= scale[1]:
        rule.wrong("scale", f"is {list(scale)}.", "Give the lowest and the highest answer, such as [0, 10].")
        return None
    return scale[0], scale[1]


def _kind(rule: Reader) -> ScoreKind | None:
    return cast(ScoreKind | None, rule.choice("kind", ("nps", "csat", "ces", "stars"), required=True))


def _limits(rule: Reader) -> tuple[float, ...]:
    cut = rule.numbers("cut") or ()
    if list(cut) != sorted(set(cut)):
        rule.wrong("cut", f"is {list(cut)}.", "Give rising limits, each once.")
        return ()
    return cut


def _format(rule: Reader) -> str | None:
    found = rule.text("format")
    if found is not None and set(re.findall("%(.?)", found)) - _DIRECTIVES:
        rule.wrong("format", f"is {found!r}.", "Use %Y %m %d %H %M %S (and %y %b %B %f %p %I %j %z).")
        return None
    return found


def _separator(file: Reader, key: str) -> str | None:
    found: Any = file.raw(key)
    if found is None or (isinstance(found, str) and len(found) == 1):
        return found
    file.wrong(key, f"is {found!r}.", "Give exactly one sign.")
    return None


def _share(file: Reader, key: str) -> float:
    found = file.number(key)
    if found is not None and not 0 <= found < 1:
        file.wrong(key, f"is {found}.", "Give a share from 0 to below 1, such as 0.01.")
    return found or 0.0


def _no_mapping(data_dir: Path) -> tuple[Problem, ...]:
    if not exports_in(data_dir):
        return ()
    remedy = "Write it as docs/mapping.md shows, or let `fulcrum map` propose a first one to confirm."
    if (data_dir / PROPOSED).is_file():
        remedy = f"Check each line of {PROPOSED}, then rename it to {NAME}."
    what = f"{data_dir.name}/ holds exports but no {NAME}."
    return (Problem(file=NAME, what=what, remedy=remedy, code="mapping"),)


def _problem(what: str, remedy: str, mistake: Exception | None = None) -> Problem:
    line = re.search(r"line (\d+)", str(mistake or ""))
    row = None if line is None else int(line[1])
    return Problem(
        file=NAME, what=f"The mapping {what}", remedy=remedy, row=row, severity=Severity.ERROR, code="mapping"
    )
