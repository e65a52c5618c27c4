"""What only shows when a pulse is read whole: rankings with gaps, answers given twice or after the end."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from fulcrum.core.company import PulseAnswer, PulseRound
from fulcrum.core.errors import Problem, Severity
from fulcrum.core.pulses import item_of, missing_rank
from fulcrum.folder.rows import Entries, Entry
from fulcrum.folder.tables import PULSE_ROUNDS, PULSES


def pulse_problems(read: Collection[Entries]) -> Iterator[Problem]:
    """Every Problem between the answers of a folder, and between them and their rounds."""
    answers = [entry for entries in read if entries.table is PULSES for entry in entries.entries]
    rounds = [entry for entries in read if entries.table is PULSE_ROUNDS for entry in entries.entries]
    yield from _upside_down(rounds)
    yield from _with_gaps(answers)
    yield from _twice(answers)
    yield from _out_of_time(answers, {entry.value.id: entry.value for entry in rounds})


def _upside_down(rounds: Collection[Entry]) -> Iterator[Problem]:
    for entry in rounds:
        if entry.value.closes_on < entry.value.opens_on:
            yield Problem(
                file=PULSE_ROUNDS.file,
                row=entry.row,
                column="closes_on",
                what="The round closed before it opened.",
                remedy="Correct one day.",
                code="rule",
            )


def _with_gaps(answers: Collection[Entry]) -> Iterator[Problem]:
    """One question for each ranking that lacks a rank above one it uses."""
    ranked: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for entry in answers:
        one: PulseAnswer = entry.value
        if item_of(one.question) is not None and _is_rank(one.answer.strip()):
            ranked[one.respondent, one.date, one.round].append((entry.row, int(one.answer)))
    for key, rows in ranked.items():
        missing = missing_rank([rank for _, rank in rows])
        if missing is not None:
            row = next(row for row, rank in rows if rank > missing)
            what = f"The ranking of “{key[0]}” has a gap: nothing stands at {missing}."
            remedy = "Ask them, or correct the ranks. Until then this ranking is left out of the agreement."
            yield _asked(row, "answer", what, remedy)


def _twice(answers: Collection[Entry]) -> Iterator[Problem]:
    """Several answers to one question in one named round: the latest counts, and that is said."""
    seen: dict[tuple[str, str, str], Entry] = {}
    for entry in sorted(answers, key=lambda entry: (entry.value.date, entry.row)):
        one: PulseAnswer = entry.value
        if not one.round:
            continue
        earlier = seen.get((one.respondent, one.round, one.question))
        if earlier is not None and earlier.value.date != one.date:
            what = f"“{one.respondent}” answered this in round “{one.round}” before, in row {earlier.row}."
            yield _asked(entry.row, "question", what, "The latest answer counts. Remove the other, or not.")
        seen[one.respondent, one.round, one.question] = entry


def _out_of_time(answers: Collection[Entry], rounds: Mapping[str, PulseRound]) -> Iterator[Problem]:
    for entry in answers:
        one: PulseAnswer = entry.value
        held = rounds.get(one.round)
        if one.round and rounds and held is None:
            what = f"There is no round “{one.round}” in {PULSE_ROUNDS.file}."
            yield _asked(entry.row, "round", what, f"It has {', '.join(rounds)}. Correct the name or add it.")
        elif held is not None and not held.opens_on <= one.date <= held.closes_on:
            when = "before the round opened" if one.date < held.opens_on else "after the round closed"
            what = f"The answer was given {when} ({held.opens_on} to {held.closes_on})."
            yield _asked(entry.row, "date", what, "It does not count. Correct the day, or the round's days.")


def _is_rank(answer: str) -> bool:
    return answer.isascii() and answer.isdecimal()


def _asked(row: int, column: str, what: str, remedy: str) -> Problem:
    return Problem(
        file=PULSES.file,
        row=row,
        column=column,
        what=what,
        remedy=remedy,
        severity=Severity.QUESTION,
        code="pulse",
    )
