"""Trends: a change is named only on a signal, by its rule, and never across a change of the measuring."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from cell_maker import cells_of
from folders import AS_OF, feedback, loaded

from fulcrum.core.company import Company
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.mix import stretches
from fulcrum.evidence.methods.signals import Setting
from fulcrum.evidence.methods.trend import drift_of, low_share_trends, score_trends
from fulcrum.evidence.tracing import Tracer
from fulcrum.evidence.trends_found import trends

MONTHS = [202_500 + month for month in range(1, 13)]
NPS = bands_for("nps", (0, 10))


def monthly(low: Sequence[int], n: int = 200) -> Cells:
    """So many scores of 3 among `n` answers in each month, the others 9."""
    months = [month for month, _ in zip(MONTHS, low, strict=False) for _ in range(n)]
    scores = [3 if place < events else 9 for events in low for place in range(n)]
    return cells_of({"month": months, "score": scores}, [float(score) for score in scores])


def test_five_months_have_points_but_no_limits(rules: EvidenceRules) -> None:
    months = [month for month in MONTHS[:5] for _ in range(25)]
    (trend,) = score_trends(cells_of({"month": months, "score": [8] * 125}, [8.0] * 125), NPS, rules)
    assert trend.at == ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05")
    assert trend.centre is None
    assert trend.refusal is not None
    assert trend.refusal.needs == "3 more points measured the same way."


def test_a_month_with_nineteen_answers_is_left_out(rules: EvidenceRules) -> None:
    cells = cells_of({"month": [202_501] * 19 + [202_502] * 20, "score": [8] * 39}, [8.0] * 39)
    (trend,) = score_trends(cells, NPS, rules)
    assert trend.at == ("2025-02",)


def test_no_month_at_all_is_no_trend(rules: EvidenceRules) -> None:
    assert score_trends(cells_of({"month": [None], "score": [8]}, [8.0]), NPS, rules) == ()


def test_a_signal_says_by_which_rule_and_on_which_side(rules: EvidenceRules) -> None:
    (trend,) = score_trends(monthly([60, 62, 58, 61, 59, 60, 62, 58, 61, 60, 59, 20]), NPS, rules)
    beyond = [(one.index, one.side) for one in trend.named if one.rule == "beyond a limit"]
    assert beyond == [(11, "above")]
    assert {one.rule for one in trend.named if one.index < 11} == {"8 in a row on one side"}
    assert trend.signals == tuple(dict.fromkeys(one.index for one in trend.named))
    assert trend.chart == "XmR"


def test_shares_that_differ_as_chance_has_it_are_charted_as_shares(rules: EvidenceRules) -> None:
    rng = np.random.default_rng(1)
    (trend,) = low_share_trends(monthly(list(rng.binomial(200, 0.3, 12))), NPS, rules)
    assert trend.chart == "p"
    assert trend.title == "Share of scores 0 to 6 per month"


def test_shares_that_differ_by_more_have_laneys_wider_limits(rules: EvidenceRules) -> None:
    rng = np.random.default_rng(1)
    events = list(rng.binomial(2_000, np.clip(rng.normal(0.3, 0.05, 12), 0, 1)))
    (trend,) = low_share_trends(monthly(events, 2_000), NPS, rules)
    assert trend.chart == "Laney p'"
    assert trend.signals == ()


def test_another_question_begins_a_new_series_and_no_change_is_named_across_it(rules: EvidenceRules) -> None:
    low = [60, 62, 58, 61, 59, 60, 20, 22, 18, 21, 19, 20]
    cells = monthly(low)
    settings = {month: Setting(question="old" if month < 202_507 else "new") for month in MONTHS}
    for made in (score_trends, low_share_trends):
        now, before = made(cells, NPS, rules, settings=settings)
        assert now.at[0] == "2025-07"
        assert now.broken_by == ("question",)
        assert before.at[-1] == "2025-06"
        assert before.key.endswith(".until.2025-06")
        assert now.signals == before.signals == ()
        assert now.title.endswith("since 2025-07")


def test_the_mix_changes_when_a_quarter_of_the_answers_come_from_elsewhere_beyond_chance() -> None:
    def mix(*counts: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.array(counts)

    assert stretches([mix(100, 0), mix(90, 10), mix(40, 60), mix(45, 55)]) == (0, 0, 1, 1)
    assert stretches([mix(100, 0), mix(80, 20)]) == (0, 0)
    assert stretches([mix(6, 4), mix(3, 7)]) == (0, 0)
    assert stretches([]) == ()


@pytest.mark.parametrize(("column", "broken"), [("score", ("channel",)), ("asked", ("question", "channel"))])
def test_a_second_file_with_another_channel_breaks_the_series(
    tmp_path: Path, column: str, broken: tuple[str, ...], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    def rows(score: str, months: range) -> str:
        days = [f"{2024 + month // 12}-{month % 12 + 1:02d}-15" for month in months for _ in range(30)]
        lines = [f"{place},{(place * 7) % 11},{day}" for place, day in enumerate(days)]
        return f"customer,{score},on\n" + "\n".join(lines) + "\n"

    score = f'{{ column = "{column}", scale = [0, 10], kind = "nps" }}'
    mapping = feedback("a.csv", columns='answered_at = "on"')
    mapping += feedback("b.csv", columns='answered_at = "on"', score=score)
    files = {"a.csv": rows("score", range(9)), "b.csv": rows(column, range(9, 18))}
    with loaded(tmp_path, mapping, files) as data:
        company = Company(name="A", industry="any", currency="EUR", as_of=AS_OF)
        given = Given(
            loaded=data,
            company=company,
            rules=rules,
            case_rules=case_rules,
            tracer=Tracer(data.files, "test"),
            seed=1,
        )
        found = trends(given)
        assert {trend.trace for trend in found} == {trace.id for trace in given.tracer.made}
    assert [trend.key for trend in found] == [
        "score",
        "low_share",
        "score.until.2024-09",
        "low_share.until.2024-09",
    ]
    assert found[0].broken_by == broken
    assert len(found[0].at) == 9


def test_a_growing_low_band_drifts_and_a_short_series_says_nothing(rules: EvidenceRules) -> None:
    months, scores = [], []
    for place, month in enumerate(MONTHS):
        months += [month] * 100
        scores += [2] * (20 + place) + [9] * (80 - place)
    cells = cells_of({"month": months, "score": scores}, np.array(scores, dtype=float))
    drift = drift_of(cells, NPS, rules)
    assert drift is not None
    assert drift.a_year == pytest.approx(0.12 / 0.31)
    assert drift.error == pytest.approx(0, abs=1e-9)
    assert drift_of(cells.where("month", lambda month: month > 202_501), NPS, rules) is None
