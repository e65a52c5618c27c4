"""Score and low band over the months: signals by name, and a new series where the measuring changed."""

from collections.abc import Mapping
from functools import partial
from operator import eq

import numpy as np

from fulcrum.core.findings import Trend
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.methods.mix import stretches_by_month
from fulcrum.evidence.methods.signals import Setting
from fulcrum.evidence.methods.trend import low_share_trends, score_trends
from fulcrum.evidence.queries import score_cells, score_query

FROM_FILE = "from_file"


def trends(given: Given) -> tuple[Trend, ...]:
    """Per month, where answers are dated: the score, overall and by touchpoint, and the low band's share.

    The series as they are measured now come first, what was measured in another way before comes after them.
    """
    bands = given.bands
    if bands is None or not given.has_key("month"):
        return ()
    by = tuple(name for name in (FROM_FILE, "touchpoint", "month", "score") if given.has_key(name))
    cells = score_cells(given.loaded, by)
    trace = given.tracer(score_query(given.loaded, by), "control charts of monthly values and shares")
    settings = _settings(given, cells, ("touchpoint", FROM_FILE))
    found = [score_trends(cells, bands, given.rules, settings=settings, trace=trace)]
    for name in cells.values("touchpoint") if "touchpoint" in by else ():
        if name is not None:
            part = cells.where("touchpoint", partial(eq, name))
            one_way = _settings(given, part, (FROM_FILE,))
            found.append(
                score_trends(part, bands, given.rules, touchpoint=str(name), settings=one_way, trace=trace)
            )
    found.append(low_share_trends(cells, bands, given.rules, settings=settings, trace=trace))
    latest = tuple(series[0] for series in found if series)
    return latest + tuple(trend for series in found for trend in series[1:])


def settings_of(given: Given) -> Mapping[int, Setting]:
    """How the answers of each month were measured, all touchpoints together."""
    by = tuple(name for name in (FROM_FILE, "touchpoint", "month", "score") if given.has_key(name))
    return _settings(given, score_cells(given.loaded, by), ("touchpoint", FROM_FILE))


def _settings(given: Given, cells: Cells, channels: tuple[str, ...]) -> Mapping[int, Setting]:
    """How each month was measured: its question, its scale, and which stretch of the mix it belongs to."""
    dated = cells.where("month", lambda month: month is not None)
    rule = given.loaded.mapping.score_rule
    mixes = [stretches_by_month(dated, name) for name in channels if name in cells.by]
    questions = _questions(given, dated)
    return {
        int(month): Setting(
            question=questions.get(int(month), ""),
            scale=None if rule is None else rule.scale,
            channel=".".join(str(mix[int(month)]) for mix in mixes),
        )
        for month in dated.values("month")
        if month is not None
    }


def _questions(given: Given, cells: Cells) -> dict[int, str]:
    """The column that most answers of each month come from, where the answers lie in several files."""
    if FROM_FILE not in cells.by:
        return {}
    asked = [
        rule.column or "" for file in given.loaded.mapping.of(Table.FEEDBACK) if (rule := file.rule("score"))
    ]
    found = {}
    for month in cells.values("month"):
        part = cells.where("month", partial(eq, month)).by_only(FROM_FILE)
        (place,) = part.keys[int(np.argmax(part.n))]
        found[int(month or 0)] = asked[int(place or 0)]
    return found
