"""Bands of spend before the landmark, cut from a histogram and not by quantiles in SQL.

Quantiles differ silently between engines; counts by power of two do not.
"""
# ruff: noqa: S608 — identifiers are made in `relations`

from itertools import accumulate, pairwise

from fulcrum.evidence.engines.engine import Engine

_BANDS = 4
_HIGHEST = 46  # 18 digits with four decimals stay below 2 to the 47th
_POWER = (  # by comparison: a logarithm is not the same to the last digit on every engine
    "CASE "
    + " ".join(f"WHEN prior_spend < {2 ** (power + 1)} THEN {power}" for power in range(_HIGHEST))
    + f" ELSE {_HIGHEST} END"
)


def band_sql(engine: Engine, relation: str, amount: str) -> str:
    """The band of an amount as SQL: none, or one of up to four of about equal size, cut at powers of two."""
    limits = _limits(_histogram(engine, relation))
    names = [f"below {limits[0]}"] if limits else ["any"]
    names += [f"{low} to under {high}" for low, high in pairwise(limits)]
    cases = " ".join(
        f"WHEN {amount} < {limit} THEN '{name}'" for limit, name in zip(limits, names, strict=False)
    )
    last = f"{limits[-1]} and above" if limits else "any"
    return f"CASE WHEN {amount} IS NULL THEN NULL WHEN {amount} <= 0 THEN 'none' {cases} ELSE '{last}' END"


def _histogram(engine: Engine, relation: str) -> list[tuple[int, int]]:
    return [
        (int(power), int(n))
        for power, n in engine.query(
            f"SELECT {_POWER}, COUNT(*) FROM {relation} WHERE prior_spend >= 1 GROUP BY 1 ORDER BY 1"
        )
    ]


def _limits(histogram: list[tuple[int, int]]) -> list[int]:
    """Powers of two that cut the counts into about equal parts; fewer where amounts lie close together."""
    total = sum(n for _, n in histogram)
    limits: list[int] = []
    for (power, _), reached in zip(histogram, accumulate(n for _, n in histogram), strict=True):
        wanted = (len(limits) + 1) * total / _BANDS
        if reached >= wanted and reached < total and len(limits) < _BANDS - 1:
            limits.append(2 ** (power + 1))
    return limits
