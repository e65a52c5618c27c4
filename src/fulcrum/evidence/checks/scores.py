"""Scores: whether they are what the mapping says they are."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

from collections.abc import Iterator

from fulcrum.core.errors import Problem
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.checks.checked import Checked, asked, header
from fulcrum.evidence.intake.mapping import ColumnRule, Table
from fulcrum.evidence.intake.staging import Staged

_ENOUGH = 30  # answers from which the shape of a distribution says something
_MANY = 200


def scores(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about the scores of each file."""
    for part in data.staged:
        rule = part.file.rule("score")
        if rule is None or rule.scale is None:
            continue
        yield from _declared(part, rule)
        yield from _rejected(data, part, rule)
        yield from _shape(data, part, rule, rule.scale)


def _declared(part: Staged, rule: ColumnRule) -> Iterator[Problem]:
    if rule.kind == "nps" and rule.scale != (0.0, 10.0):
        yield asked(
            part,
            "score",
            f"NPS is asked from 0 to 10; this scale runs from {rule.scale[0]:g} to {rule.scale[1]:g}."
            if rule.scale
            else "",
            "Mend `scale`, or call the score csat: its bands then follow the scale.",
            "nps-scale",
        )


def _rejected(data: Checked, part: Staged, rule: ColumnRule) -> Iterator[Problem]:
    """What lies off the scale may be a code for “don't know”, or an NPS that somebody computed before."""
    off = [
        i
        for i, fault in enumerate(part.faults, start=1)
        if fault.column == rule.column and fault.code in ("off-scale", "not-whole")
    ]
    n = sum(part.count(i) for i in off)
    if not n:
        return
    found = data.engine.query(
        f"SELECT score, COUNT(*) FROM {part.relation} WHERE status IN ({', '.join(map(str, off))}) "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    top, times = found[0]
    if rule.is_reversed and rule.scale is not None:
        top = sum(rule.scale) - top
    answers = n + part.count(0)
    if rule.kind == "nps" and n > 0.2 * answers and _look_computed([score for score, _ in found]):
        yield _computed(part)
    elif times >= 0.8 * n and times > 1:
        yield asked(
            part,
            "score",
            f"{times:,} answers say {top:g}: a code for “don't know” or “no answer”?",
            f'If so, write missing = ["{top:g}"] for this file; they then count as no score.',
            "dont-know",
        )


def _look_computed(off: list[float]) -> bool:
    """Between −100 and 100, with a value below zero, a broken one, or a full hundred."""
    is_within = all(-100 <= score <= 100 for score in off)
    return is_within and any(score < 0 or score != int(score) or score == 100 for score in off)


def _computed(part: Staged) -> Problem:
    return Problem(
        file=part.file.path,
        column=header(part, "score"),
        what="These are computed or recoded values, not answers from 0 to 10.",
        remedy="Map the column with each person's own answer; Fulcrum computes the NPS with its interval.",
        code="computed-nps",
    )


def _shape(data: Checked, part: Staged, rule: ColumnRule, scale: tuple[float, float]) -> Iterator[Problem]:
    low, high = scale
    n, lowest, highest, at_low, at_high = data.one(
        f"SELECT COUNT(score), MIN(score), MAX(score), COUNT(*) FILTER (WHERE score = {low!r}), "
        f"COUNT(*) FILTER (WHERE score = {high!r}) FROM {part.accepted} WHERE score IS NOT NULL"
    )
    if n > 1 and lowest == highest and part.file.table in (Table.FEEDBACK, Table.CUSTOMERS):
        yield asked(
            part,
            "score",
            f"All {n:,} scores are {lowest:g}.",
            "Check that the export is complete.",
            "all-alike",
        )
    elif n >= _ENOUGH and rule.kind == "nps" and highest <= 5:
        yield Problem(
            file=part.file.path,
            column=header(part, "score"),
            what=f"No answer of {n:,} is above {highest:g}: this looks like a scale from 1 to 5.",
            remedy='Declare it: scale = [1, 5], kind = "csat".',
            code="five-point-nps",
        )
    elif n >= _MANY and rule.kind == "nps" and low == 0 and lowest >= 1 and highest == 10:
        yield asked(
            part,
            "score",
            f"No answer of {n:,} is 0: was it asked from 1 to 10?",
            "If so, declare scale = [1, 10] and say csat, for its bands are not those of NPS.",
            "one-to-ten",
        )
    if n >= _ENOUGH and at_low > 0.4 * n and at_low > 2 * at_high:
        best = low if not rule.is_reversed else high
        yield asked(
            part,
            "score",
            f"{whole_percent(at_low / n)} of the answers are the worst score: is {best:g} the best answer?",
            "If so, write reversed = true." if not rule.is_reversed else "If so, remove `reversed`.",
            "reversed",
        )
