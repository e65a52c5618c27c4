"""What only shows when the files are read together: unknown people, repetitions, days that have not come."""

from collections.abc import Collection, Iterator
from datetime import date

from fulcrum.core.company import Ask, PulseAnswer
from fulcrum.core.errors import Problem, Severity
from fulcrum.core.people import Influence
from fulcrum.core.pulses import IN_OWN_WORDS, NOBODY, PRIORITY, SCALES, WHO_LEADS
from fulcrum.folder.cells import unknown_word
from fulcrum.folder.pulse_rules import pulse_problems
from fulcrum.folder.rows import Entries, Entry

_QUESTIONS = (WHO_LEADS, f"{PRIORITY}<item>", *SCALES, *IN_OWN_WORDS)


def inconsistencies(
    read: Collection[Entries], *, executives: Collection[str], as_of: date
) -> Iterator[Problem]:
    """Every Problem between the rows of a folder."""
    for entries in read:
        yield from _unknown_people(entries, executives)
        yield from _repeated(entries)
        yield from _in_the_future(entries, as_of)
        for entry in entries.entries:
            yield from _own_rules(entries.table.file, entry, executives)
        yield from _second_open_ask(entries)
    yield from pulse_problems(read)


def _unknown_people(entries: Entries, executives: Collection[str]) -> Iterator[Problem]:
    for column in entries.table.columns:
        if not column.names_executive:
            continue
        for entry in entries.entries:
            name = getattr(entry.value, column.field)
            if name not in executives:
                yield Problem(
                    file=entries.table.file,
                    row=entry.row,
                    column=column.header,
                    what=f"There is no executive “{name}” in executives.csv.",
                    remedy=unknown_word(name, sorted(executives)).remedy if executives else "Add them there.",
                    code="executive-unknown",
                )


def _repeated(entries: Entries) -> Iterator[Problem]:
    """A key that occurs twice is an error; a row that is wholly the same as another is asked."""
    keys = entries.table.key
    seen: dict[object, int] = {}
    for entry in entries.entries:
        key = tuple(getattr(entry.value, name) for name in keys) if keys else entry.value
        first = seen.setdefault(key, entry.row)
        if first == entry.row:
            continue
        headers = [c.header for c in entries.table.columns if c.field in keys]
        yield (
            _same_key(entries, entry.row, first, headers) if headers else _same_row(entries, entry.row, first)
        )


def _same_key(entries: Entries, row: int, first: int, headers: list[str]) -> Problem:
    what = f"The same {' and '.join(headers)} stand in row {first} already."
    remedy = "Remove one of the two, or correct what differs."
    return Problem(
        file=entries.table.file, row=row, column=headers[0], what=what, remedy=remedy, code="repeated"
    )


def _same_row(entries: Entries, row: int, first: int) -> Problem:
    return Problem(
        file=entries.table.file,
        row=row,
        what=f"The row is the same as row {first}; it is counted twice.",
        remedy="Remove one of the two, or say in the note what differs.",
        severity=Severity.QUESTION,
        code="repeated",
    )


def _in_the_future(entries: Entries, as_of: date) -> Iterator[Problem]:
    """One question a file and column for days after the day of the reading."""
    for field in entries.table.past:
        later = [e.row for e in entries.entries if (getattr(e.value, field) or as_of) > as_of]
        if later:
            header = next(c.header for c in entries.table.columns if c.field == field)
            rows = ", ".join(map(str, later[:5])) + (", …" if len(later) > 5 else "")
            yield Problem(
                file=entries.table.file,
                row=later[0],
                column=header,
                what=f"Days after {as_of} stand in {len(later)} of the rows ({rows}).",
                remedy="Correct the day; if it is planned, it belongs here only once it has happened.",
                severity=Severity.QUESTION,
                code="future",
            )


def _second_open_ask(entries: Entries) -> Iterator[Problem]:
    """One ask of an executive is open at a time; of several the last one counts."""
    first: dict[str, int] = {}
    for entry in entries.entries:
        if isinstance(entry.value, Ask) and entry.value.status.is_open:
            row = first.setdefault(entry.value.executive, entry.row)
            if row != entry.row:
                yield Problem(
                    file=entries.table.file,
                    row=entry.row,
                    column="status",
                    what=f"An ask of “{entry.value.executive}” is open in row {row} already.",
                    remedy="Ask one thing at a time: say of one of them that it is done, declined or lapsed.",
                    severity=Severity.QUESTION,
                    code="second-open-ask",
                )


def _own_rules(file: str, entry: Entry, executives: Collection[str]) -> Iterator[Problem]:
    match entry.value:
        case Influence(listened_to=one, listener=other) if one == other:
            yield _at(
                file, entry.row, "to", "Nobody listens to themselves.", "Name two different executives."
            )
        case Ask(asked_on=asked, closed_on=closed) if closed is not None and closed < asked:
            yield _at(file, entry.row, "closed_on", "The ask closed before it was put.", "Correct one day.")
        case PulseAnswer():
            yield from _pulse(file, entry.row, entry.value, executives)


def _pulse(file: str, row: int, pulse: PulseAnswer, executives: Collection[str]) -> Iterator[Problem]:
    question, answer = pulse.question, pulse.answer.strip()
    if question == WHO_LEADS:
        if answer != NOBODY and answer not in executives:
            what = f"“{answer[:60]}” is neither an executive nor “nobody”."
            remedy = unknown_word(answer, [*sorted(executives), NOBODY]).remedy
            yield _at(file, row, "answer", what, remedy)
    elif question.startswith(PRIORITY) and question != PRIORITY:
        if not (answer.isascii() and answer.isdigit() and 1 <= int(answer[:4]) <= 100):
            yield _at(
                file, row, "answer", f"“{answer[:60]}” is not a rank.", "Write 1 for the highest, then 2, …"
            )
    elif question in SCALES:
        low, high = SCALES[question]
        if answer not in {str(number) for number in range(low, high + 1)}:
            yield _at(
                file, row, "answer", f"“{answer[:60]}” is off the scale.", f"Write {low} to {high}, whole."
            )
    elif question not in IN_OWN_WORDS:
        refused = unknown_word(question, list(_QUESTIONS))
        yield _at(file, row, "question", refused.what, refused.remedy)


def _at(file: str, row: int, column: str, what: str, remedy: str) -> Problem:
    return Problem(file=file, row=row, column=column, what=what, remedy=remedy, code="rule")
