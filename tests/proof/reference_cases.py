"""What the engine makes of the reference rows: each `call` of cases.json, on cells from its own queries."""

import csv
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from operator import eq
from pathlib import Path
from typing import Any

import numpy as np
from small_company import AS_OF, shipped

from fulcrum.core.quantities import POINTS, Estimate, Result, Unknown, money_unit, score_unit
from fulcrum.evidence.cells import Cells, cells_from_rows
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.intake.tables import load
from fulcrum.evidence.methods.bands import bands_for
from fulcrum.evidence.methods.buckets import grid, jackknife
from fulcrum.evidence.methods.charts import p_chart, xmr_chart
from fulcrum.evidence.methods.comparable import Asked
from fulcrum.evidence.methods.cross_products import CrossProducts
from fulcrum.evidence.methods.driver_refusals import choose
from fulcrum.evidence.methods.drivers import Outcome, Rated, analyse
from fulcrum.evidence.methods.gap import compare, gap_of_side
from fulcrum.evidence.methods.hidden_cause import e_value, e_value_of_limit
from fulcrum.evidence.methods.importance import standard_slopes
from fulcrum.evidence.methods.intervals import share_interval, t_critical
from fulcrum.evidence.methods.margins import Margin
from fulcrum.evidence.methods.raking import doubt_of, rake
from fulcrum.evidence.methods.replicated import replicate
from fulcrum.evidence.methods.score import histogram, score_findings
from fulcrum.evidence.methods.strata import arms, standardise
from fulcrum.evidence.methods.survival import kaplan_meier, life_table, months_within, retention_curve
from fulcrum.evidence.methods.trend import drift_of
from fulcrum.evidence.queries import outcome_cells, score_cells
from fulcrum.evidence.rating_queries import rating_products

FOLDER = Path(__file__).parent / "references"
NPS = bands_for("nps", (0, 10))
MAPPING = """currency = "EUR"
[[files]]
path = "answers.csv"
table = "feedback"
[files.columns]
customer = "id"
answered_at = "day"
score = { column = "score", scale = [0, 10], kind = "nps" }
touchpoint = "touch"
ratings.r1 = { column = "r1", scale = [1, 5] }
ratings.r2 = { column = "r2", scale = [1, 5] }
ratings.r3 = { column = "r3", scale = [1, 5] }
[[files]]
path = "customers.csv"
table = "customers"
[files.columns]
customer = "id"
left = { column = "left", yes = ["yes"] }
value = "value"
[files.segments]
plan = "plan"
line = "line"
late = "late"
"""
WEIGHT = '[files.weight]\ncolumn = "sort"\nmap = { a = 1.5, b = 4 }\n'
Found = Mapping[str, Any]


class Engine:
    """The reference rows in the engine, weighted and not."""

    def __init__(self, folder: Path) -> None:
        self._open: dict[bool, Loaded] = {}
        for weighted in (False, True):
            place = folder / str(weighted)
            place.mkdir()
            for name in ("answers.csv", "customers.csv"):
                (place / name).write_bytes((FOLDER / name).read_bytes())
            (place / "mapping.toml").write_text(MAPPING + WEIGHT * weighted, encoding="utf-8")
            mapping, problems = read_mapping(place)
            if mapping is None:
                raise ValueError([str(one) for one in problems])
            self._open[weighted] = load(place, mapping, rules=shipped().evidence, as_of=AS_OF)

    def close(self) -> None:
        """Let the files go."""
        for loaded in self._open.values():
            loaded.engine.close()

    def scores(self, *by: str) -> Cells:
        """Cells of the answers."""
        return score_cells(self._open[False], by)

    def customers(self, outcome: str, *by: str, weighted: bool = False) -> Cells:
        """Cells of the customers."""
        return outcome_cells(self._open[weighted], outcome, by)

    @property
    def ratings(self) -> CrossProducts:
        """The cross-products of the three ratings and the score."""
        return rating_products(self._open[False])


@contextmanager
def opened(folder: Path):  # type: ignore[no-untyped-def]
    """The engine on the reference rows."""
    engine = Engine(folder)
    try:
        yield engine
    finally:
        engine.close()


def found(call: str, expected: Found, engine: Engine) -> Found:
    """The engine's numbers under the names of the expected ones."""
    return CALLS[call](expected, engine)


def _estimate(result: Result) -> Found:
    if not isinstance(result, Estimate):
        raise AssertionError(result)
    return {"value": result.value, "low": result.interval.low, "high": result.interval.high}


def _finding(expected: Found, engine: Engine) -> Found:
    rules = shipped().evidence
    if expected["key"].startswith("histogram"):
        made = histogram(engine.scores("score", "bucket"), NPS, rules, trace="t")
    else:
        split = "touchpoint" if "touchpoint" in expected["key"] else ""
        by = ("score", *filter(None, [split]), "bucket")
        made = score_findings(engine.scores(*by), NPS, rules, trace="t", split=split)
    return _estimate(next(one.result for one in made if one.key == expected["key"]))


def _share(expected: Found, engine: Engine) -> Found:
    events, n = expected["events"], expected["n"]
    interval = share_interval(events, n, 0.95, t_critical(0.95, n - 1))
    return {"low": interval.low, "high": interval.high}


def _score_error(expected: Found, engine: Engine) -> Found:
    cells = engine.scores("score", "touchpoint", "bucket")
    if expected["key"] != "all":
        cells = cells.where("touchpoint", partial(eq, expected["key"].removeprefix("touchpoint.")))
    answers = grid(cells, "score")
    points = [float(key[0] or 0) for key in answers.groups]
    if expected["family"] == "nps":
        points = [100.0 if point >= 9 else -100.0 if point <= 6 else 0.0 for point in points]
    sums = np.array(points)[:, np.newaxis] * answers.w
    doubt = jackknife(lambda left: left(sums).sum(axis=0) / left(answers.w).sum(axis=0), answers)
    return {"error": doubt.error}


def _weighted_mean(expected: Found, engine: Engine) -> Found:
    outcome = {"gone": "left", "value": "value"}[expected["outcome"]]
    cases = grid(engine.customers(outcome, "bucket", weighted=True))
    doubt = jackknife(lambda left: left(cases.wy).sum(axis=0) / left(cases.w).sum(axis=0), cases)
    return {"value": float(cases.wy.sum() / cases.w.sum()), "error": doubt.error}


def asked(outcome: str, adjust: tuple[str, ...]) -> Asked:
    """Late against on-time customers."""
    return Asked(
        key="k",
        title="K",
        exposure="late",
        exposed="yes",
        against="no",
        outcome=outcome,
        adjust=adjust,
        unit=money_unit("EUR") if outcome == "value" else POINTS,
        is_share=outcome != "value",
        is_loss=outcome == "left",
    )


def _gap_cells(expected: Found, engine: Engine, *adjust: str) -> Cells:
    outcome = expected["outcome"]
    kept = "left" if outcome == "stayed" else outcome
    cells = engine.customers(kept, "late", *adjust, "bucket", weighted=expected.get("weighted", False))
    if outcome != "stayed":
        return cells
    return replace(cells, wy=cells.w - cells.wy, wyy=cells.w - cells.wy)


def _standardised(expected: Found, engine: Engine) -> Found:
    strata, to = tuple(expected["strata"]), expected["to"]
    cells, question = _gap_cells(expected, engine, *strata), asked(expected["outcome"], strata)
    if to == "base":
        result = compare(cells, question, shipped().evidence, trace="t").adjusted.result
    else:
        side = "yes" if to == "exposed" else "no"
        result = gap_of_side(cells, question, side, shipped().evidence, trace="t")
    spread = standardise(arms(cells, "late", "yes", "no", strata), to=to).gap
    return {**_estimate(result), "error": spread.error}


def _ratio(expected: Found, engine: Engine) -> Found:
    strata = tuple(expected["strata"])
    cells, question = _gap_cells(expected, engine, *strata), asked(expected["outcome"], strata)
    sides = standardise(arms(cells, "late", "yes", "no", strata), loss=expected["outcome"] == "left")
    made = compare(cells, question, shipped().evidence, trace="t")
    return {
        "ratio": sides.loss_ratio,
        "log_error": sides.log_ratio.error,
        "e_value": _estimate(made.e_value)["value"],
        "e_limit": _estimate(made.e_value_limit)["value"],
    }


def _crude(expected: Found, engine: Engine) -> Found:
    cells = _gap_cells(expected, engine, "plan")
    if expected["plan"] != "all":
        cells = cells.where("plan", partial(eq, expected["plan"]))
    return _estimate(
        compare(cells, asked(expected["outcome"], ()), shipped().evidence, trace="t").crude.result
    )


@lru_cache(maxsize=1)
def _stays() -> list[dict[str, str]]:
    with (FOLDER / "stays.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(plan: str):  # type: ignore[no-untyped-def]
    rows = [row for row in _stays() if plan in ("all", row["plan"])]
    cells = cells_from_rows(
        ("month", "left"), [(int(r["month"]), int(r["left"]), 1, 1, 1, 1, 1) for r in rows]
    )
    counts = {key: int(n) for key, n in zip(cells.keys, cells.n, strict=True)}
    last = max(int(month or 0) for month in cells.values("month"))
    return life_table(*([counts.get((month, left), 0) for month in range(1, last + 1)] for left in (1, 0)))


def _curve(expected: Found, engine: Engine) -> Found:
    table = _table(expected["plan"])
    survival, at = kaplan_meier(table), [month - 1 for month in expected["months"]]
    curve = retention_curve(table, shipped().evidence, key="k", title="K", trace="t")
    shown = [curve.months[place].staying.interval for place in at]  # type: ignore[union-attr]
    return {
        "staying": survival.staying[at].tolist(),
        "error": survival.error[at].tolist(),
        "low": [one.low for one in shown],
        "high": [one.high for one in shown],
        "at_risk": table.at_risk[at].tolist(),
    }


def _months(expected: Found, engine: Engine) -> Found:
    result = months_within(_table(expected["plan"]), expected["horizon"], shipped().evidence, trace="t")
    if not isinstance(result, Estimate):
        raise AssertionError(result)
    horizon, share = expected["horizon"], result.value / expected["horizon"]
    odds = [np.log(end / (horizon - end)) for end in (result.interval.low, result.interval.high)]
    error = (odds[1] - odds[0]) / 2 / 1.959963984540054 * horizon * share * (1 - share)
    return {"mean": result.value, "error": float(error)}


RATED = tuple(Rated(name=name, title=name, scale=(1, 5)) for name in ("r1", "r2", "r3"))
TO_SCORE = Outcome(key="score", name="score", title="the score", unit=score_unit(0, 10), same_sitting=True)


def _drivers(expected: Found, engine: Engine) -> Found:
    made = analyse(engine.ratings, RATED, TO_SCORE, confidence=0.95, trace="t")
    by_name = {driver.key: getattr(driver, expected["what"]) for driver in made.ranked}
    return {"values": [_estimate(by_name[name])["value"] for name in ("r1", "r2", "r3")]}


def _explained(expected: Found, engine: Engine) -> Found:
    made = analyse(engine.ratings, RATED, TO_SCORE, confidence=0.95, trace="t")
    return {"value": _estimate(made.explained)["value"]}


def _driver_slopes(expected: Found, engine: Engine) -> Found:
    complete = choose(engine.ratings, ("r1", "r2", "r3"), "score").complete
    slopes = replicate(complete, lambda totals: totals.correlation).through(standard_slopes)
    spread = replicate(complete, lambda totals: totals.deviations)
    raw = slopes.times(spread.through(lambda of: of[..., -1:] / of[..., :-1]))
    return {"errors": raw.error.tolist()}


TOTALS = {
    "plan": (("basic", 700.0), ("plus", 300.0)),
    "line": (("cable", 250.0), ("copper", 350.0), ("fibre", 400.0)),
    "late": (("no", 720.0), ("yes", 280.0)),
}


def _rake(expected: Found, engine: Engine) -> Found:
    fields = tuple(expected["fields"])
    margins = [Margin(field=field, totals=TOTALS[field]) for field in fields]
    cells = engine.scores("score", *fields, "bucket")
    raked = rake(cells, margins)
    doubt = doubt_of(cells, margins)
    if isinstance(doubt, Unknown) or isinstance(raked, Unknown):
        raise AssertionError(doubt)
    return {
        "mean": float(doubt.whole),
        "error": float(doubt.error),
        "design_effect": raked.design_effect,
    }


def _apiclus1(expected: Found, engine: Engine) -> Found:
    path = FOLDER.parents[1] / "evidence" / "reference" / "apiclus1.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    margin = Margin(field="stype", totals=(("E", 4421.0), ("H", 755.0), ("M", 1018.0)))

    def raked(field: str) -> Cells:
        made = [
            (
                row["stype"],
                1,
                float(row["pw"]),
                float(row["pw"]) ** 2,
                float(row["pw"]) * float(row[field]),
                0.0,
            )
            for row in rows
        ]
        return rake(cells_from_rows(("stype",), made), [margin]).cells  # type: ignore[union-attr]

    mean, total = raked("api00"), raked("enroll")
    return {"mean": float(mean.wy.sum() / mean.w.sum()), "total": float(total.wy.sum())}


def _xmr(expected: Found, engine: Engine) -> Found:
    chart = xmr_chart(expected["series"])
    (segment,) = chart.segments
    beyond = [one.index for one in chart.signals if one.rule.name == "BEYOND"]
    return {"centre": segment.centre, "low": segment.low[0], "high": segment.high[0], "beyond": beyond}


def _p_chart(expected: Found, engine: Engine) -> Found:
    events, n = ([int(one) for one in expected[name]] for name in ("events", "n"))
    (segment,) = p_chart(events, n, baseline=None).segments
    return {"centre": segment.centre, "low": list(segment.low), "high": list(segment.high)}


def _drift(expected: Found, engine: Engine) -> Found:
    drift = drift_of(engine.scores("month", "score"), NPS, shipped().evidence)
    if drift is None:
        raise AssertionError("no drift")
    return {"a_year": drift.a_year, "error": drift.error, "months": drift.months}


def _e_value(expected: Found, engine: Engine) -> Found:
    limit = e_value_of_limit(expected["low"], expected["high"])
    return {"e": e_value(expected["ratio"]), "limit": limit}


CALLS: dict[str, Callable[[Found, Engine], Found]] = {
    "finding": _finding,
    "share": _share,
    "score_error": _score_error,
    "weighted_mean": _weighted_mean,
    "standardised": _standardised,
    "ratio": _ratio,
    "crude": _crude,
    "curve": _curve,
    "months": _months,
    "drivers": _drivers,
    "explained": _explained,
    "driver_slopes": _driver_slopes,
    "rake": _rake,
    "apiclus1": _apiclus1,
    "xmr": _xmr,
    "p_chart": _p_chart,
    "drift": _drift,
    "e_value": _e_value,
}
