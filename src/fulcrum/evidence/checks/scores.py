"""Scores: whether they are what the mapping says they are."""
# ruff: noqa: S608 — identifiers are made in `staging` and `canonical`

import math
from collections.abc import Iterator

from fulcrum.core.errors import Problem
from fulcrum.core.wording import whole_percent
from fulcrum.evidence.checks.checked import Checked, asked, header, unsettled
from fulcrum.evidence.intake.mapping import ColumnRule, Table
from fulcrum.evidence.intake.staging import Staged

_ENOUGH = 30  # answers from which the shape of a distribution says something
_MANY = 200
_SOME = 50
_FALLS = -0.4
"""Correlation of an unrelated rating with the score in 50 answers: below this twice in a thousand ratings."""


def scores(data: Checked) -> Iterator[Problem]:
    """Everything doubtful about the scores of each file."""
    for part in data.staged:
        rule = part.file.rule("score")
        if rule is None or rule.scale is None:
            continue
        yield from _declared(part, rule)
        yield from _rejected(data, part, rule)
        yield from _shape(data, part, rule, rule.scale)
        for rating in part.file.ratings:
            if not rating.is_direction_said:
                yield from _against(data, part, rating)


def _against(data: Checked, part: Staged, rating: ColumnRule) -> Iterator[Problem]:
    """A rating that falls where the score rises was probably asked with the best answer lowest."""
    x, y = f"CAST({data.names.rating(rating.name)} AS DOUBLE)", "CAST(score AS DOUBLE)"
    n, *sums = data.one(
        f"SELECT COUNT(*), SUM({x}), SUM({y}), SUM({x} * {x}), SUM({y} * {y}), SUM({x} * {y}) "
        f"FROM {part.accepted} WHERE {x} IS NOT NULL AND {y} IS NOT NULL"
    )
    if n < _SOME or (r := _correlation(n, *map(float, sums))) > _FALLS:
        return
    yield Problem(
        file=part.file.path,
        column=rating.column,
        what=f"The higher `{rating.name}`, the lower the score (correlation −{-r:.2f} in {n:,} answers): "
        "is its lowest answer the best?",
        remedy=f'If so, write ratings.{rating.name} = {{ column = "{rating.column}", scale = […], '
        "reversed = true }; if not, reversed = false.",
        code="reversed",
    )


def _correlation(n: int, x: float, y: float, xx: float, yy: float, xy: float) -> float:
    """Pearson's, from sums; 0 where one of the two does not vary."""
    spread = (n * xx - x * x) * (n * yy - y * y)
    return 0.0 if spread <= 0 else (n * xy - x * y) / math.sqrt(spread)


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
        yield from _upside_down(part, rule, scale, at_low / n)


def _upside_down(
    part: Staged, rule: ColumnRule, scale: tuple[float, float], worst: float
) -> Iterator[Problem]:
    """Where the worst answer is by far the most frequent, the mapping must say which end is the best."""
    best = scale[0] if not rule.is_reversed else scale[1]
    what = f"{whole_percent(worst)} of the answers are the worst score: is {best:g} the best answer?"
    if not rule.is_direction_said:
        remedy = "If so, write reversed = true in the rule of the score; if not, reversed = false."
        yield unsettled(part, "score", what, remedy, "reversed")
    elif rule.is_reversed:
        yield asked(part, "score", what, "If so, write reversed = false.", "reversed")
