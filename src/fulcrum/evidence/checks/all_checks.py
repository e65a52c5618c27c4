"""What is looked at before any number is shown. Each check answers with Problems and changes nothing.

error      no number may be shown until it is mended, or, where it may be right, settled by one declaration
question   worth a look; numbers are shown as the mapping stands
note       good to know, and counted

A doubt that would change a number (an amount below zero, a day to come, a scale upside down) is an error
that names the key of the mapping that settles it.
"""

from collections.abc import Iterator

from fulcrum.core.errors import Problem
from fulcrum.evidence.checks.checked import Checked
from fulcrum.evidence.checks.keys import keys
from fulcrum.evidence.checks.money import money
from fulcrum.evidence.checks.scores import scores
from fulcrum.evidence.checks.tables import tables
from fulcrum.evidence.checks.time import time
from fulcrum.evidence.intake.accounts import rejection_problems


def checked(data: Checked) -> tuple[Problem, ...]:
    """Everything that is doubtful in the tables: rejections, keys, scores, money, time, comparisons."""
    found: list[Problem] = []
    for part in data.staged:
        found += rejection_problems(data.engine, part)
    for check in (keys, scores, money, time, tables, _groups):
        found += check(data)
    return tuple(found)


def _groups(data: Checked) -> Iterator[Problem]:
    """The groups that a comparison names must occur in the data."""
    for spec in data.mapping.comparisons:
        if spec.exposure == "band":
            continue
        held = data.values_of(spec.exposure)
        for group in (spec.exposed, spec.against):
            if held and group not in held:
                yield Problem(
                    file="mapping.toml",
                    column=f"comparisons.{spec.key}",
                    what=f"The field `{spec.exposure}` never holds {group!r}.",
                    remedy=f"It holds: {', '.join(repr(text) for text in held[:12])}.",
                    code="no-such-group",
                )
