"""Contradictions within a mapping: what no single line shows."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from fulcrum.core.errors import Problem
from fulcrum.evidence.intake.mapping import ComparisonSpec, Mapping, Outcome, Table
from fulcrum.evidence.intake.mapping_margins import problems_of_margins
from fulcrum.evidence.intake.mapping_tables import problems_of_tables

_NAME = "mapping.toml"
_NAME_SHOWN = 60  # letters of a file's name in a sentence
KEYS = ("score", "band", "bucket", "touchpoint", "month", "early", "left", "prior_spend", "from_file")
"""Names of keys that are made for every data set."""
MADE_FIELDS = ("prior_spend",)
"""Fields to adjust by that Fulcrum makes itself."""


def contradictions(mapping: Mapping, data_dir: Path) -> list[Problem]:
    """Everything that two parts of the mapping, or the mapping and the folder, disagree about."""
    return [
        *_files(mapping, data_dir),
        *problems_of_tables(mapping),
        *_scores(mapping),
        *_repeats(mapping),
        *_names(mapping),
        *problems_of_margins(mapping),
        *(problem for spec in mapping.comparisons for problem in _comparison(mapping, spec)),
    ]


def _files(mapping: Mapping, data_dir: Path) -> Iterator[Problem]:
    named = [file.path for file in mapping.files if file.connection is None]
    rules = [rule for file in mapping.files for rule in file.segments]
    lookups = [rule.lookup.path for rule in rules if rule.lookup is not None]
    named += lookups
    for path in dict.fromkeys(named):
        if _leads_out(path):  # of files this is told where they are read
            if path in lookups:
                yield _problem(f"{path!r} leads out of the data folder.", "Put the file into it.", "lookup")
        elif path and (lacking := _lacking(data_dir / path, path)) is not None:
            yield lacking
    for (path, table), times in Counter((file.path, file.table) for file in mapping.files).items():
        if times > 1:
            yield _problem(f"{path} feeds {table} {times} times.", "List it once.", "files")


def _leads_out(path: str) -> bool:
    return PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path.replace("\\", "/")).parts


def _lacking(path: Path, named: str) -> Problem | None:
    """The Problem with a file that is not there, or that the system does not even look for."""
    try:
        is_there = path.is_file()
    except OSError as error:
        shown = named if len(named) <= _NAME_SHOWN else f"{named[:_NAME_SHOWN]}…"
        what = f"The file {shown} cannot be opened: {error.strerror or 'its name is refused'}."
        return _problem(what, "Give the file a shorter name of plain letters, here and in `path`.", "files")
    if is_there:
        return None
    return _problem(f"The file {named} is not in the data folder.", "Put it there, or mend `path`.", "files")


def _scores(mapping: Mapping) -> Iterator[Problem]:
    rules = [(file.table, rule) for file in mapping.files if (rule := file.rule("score")) is not None]
    if len({(rule.scale, rule.kind) for _, rule in rules}) > 1:
        yield _problem(
            "The files declare different scales or kinds of score.",
            "Keep one kind of score in one mapping; scores of two scales never add.",
            "score",
        )
    if len({table for table, _ in rules}) > 1:
        yield _problem(
            "Both a feedback file and a customers file hold the score.",
            "Say it in one place: answers in feedback, or one row per customer in customers.",
            "score",
        )


def _repeats(mapping: Mapping) -> Iterator[Problem]:
    customers = [rule.name for file in mapping.of(Table.CUSTOMERS) for rule in file.rules]
    for name, times in Counter(name for name in customers if name != "customer").items():
        if times > 1:
            yield _problem(f"{times} customers files give `{name}`.", "Let one of them give it.", name)
    in_feedback = {rule.name for file in mapping.of(Table.FEEDBACK) for rule in file.segments}
    for name in sorted(in_feedback & set(customers)):
        yield _problem(f"Both feedback and customers give the field `{name}`.", "Rename one of them.", name)
    for table in (Table.TRANSACTIONS, Table.CONTACTS, Table.EVENTS):
        if any(file.segments for file in mapping.of(table)):
            yield _problem(
                f"A file of {table} declares segment fields.",
                "Declare them on feedback or customers.",
                "segments",
            )


def _names(mapping: Mapping) -> Iterator[Problem]:
    """Names of fields must not be those of keys that Fulcrum makes, and personal columns are no fields."""
    for name in mapping.fields:
        if name in KEYS or not re.fullmatch(r"\w[\w .&/-]*", name):
            yield _problem(
                f"A field may not be called {name!r}.",
                f"Use letters, digits, blanks and _ . & / -, and none of: {', '.join(KEYS)}.",
                "segments",
            )
    for file in mapping.files:
        for rule in file.segments:
            for column in set(rule.columns) & set(file.personal):
                yield _problem(
                    f"The field `{rule.name}` is made of {column!r}, which is personal.",
                    "Groups would name people: choose another column, or band it with `cut`.",
                    f"segments.{rule.name}",
                )


def _comparison(mapping: Mapping, spec: ComparisonSpec) -> Iterator[Problem]:
    fields = (*mapping.fields, "touchpoint")
    place = f"comparisons.{spec.key}"
    if spec.exposure != "band" and spec.exposure not in fields:
        yield _problem(
            f"The exposure `{spec.exposure}` is no segment field.",
            f"Use band or one of: {', '.join(fields)}.",
            place,
        )
    for name in spec.adjust:
        if name not in (*fields, *MADE_FIELDS):
            yield _problem(
                f"`{name}` to adjust by is no segment field.", "Declare it under [files.segments].", place
            )
    if spec.exposure == "band" and spec.outcome is Outcome.SCORE:
        yield _problem("The score is compared by its own band.", "Choose another outcome.", place)
    if spec.outcome is not Outcome.SCORE and not mapping.of(Table.CUSTOMERS):
        yield _problem(
            f"The outcome `{spec.outcome}` needs the customer base.", "Add a file of customers.", place
        )
    landmark = mapping.landmark
    if "prior_spend" in spec.adjust and (landmark is None or not landmark.pre_months):
        yield _problem(
            "Spend before the landmark is to be adjusted for, but no time before it is declared.",
            "Set pre_months in [landmark].",
            place,
        )
    if spec.exposure != "band" and spec.exposed == spec.against:
        yield _problem("Both groups are the same.", "Name two different values.", place)


def _problem(what: str, remedy: str, column: str) -> Problem:
    return Problem(file=_NAME, what=what, remedy=remedy, column=column, code="mapping")
