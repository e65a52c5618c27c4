"""The coalition: the smallest set of executives whose commitment carries the rest, and how sure that is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import beta

from fulcrum import __version__
from fulcrum.commitment.routes import Edges, Way, all_ways, edges_of
from fulcrum.core.coalition import Carrier, Coalition, WayTo
from fulcrum.core.errors import FulcrumError
from fulcrum.core.findings import trace_of
from fulcrum.core.people import Influence
from fulcrum.core.quantities import SHARE, Estimate, Grade, Interval
from fulcrum.core.rules import PlanRules

METHOD = "smallest set cover by mixed-integer programme; strengths drawn on the logit scale"
NEARLY = 1e-9
SETS_TRIED = 3000  # more than so many sets are left to the programme


def coalition_of(
    people: Sequence[str],
    influence: Iterable[Influence],
    committed: Collection[str],
    *,
    rules: PlanRules,
    confidence: float,
    seed: int,
) -> Coalition:
    """Who must be won so that the rest can be reached, with its doubt; `committed` are those already there.

    Somebody reaches another where the strongest way between them has at least `path_at_least`. The set is
    the smallest that reaches everybody whom anybody else reaches; of equally small ones that which passes on
    most, then the first by the order of people. Whoever neither reaches nor is reached stays apart.

    Sensitivity: each strength s is drawn `strength_draws` times as expit(logit s + `strength_doubt` z), z
    standard normal, with `seed`; strengths of 0 and 1 are taken as 0.02 and 0.98 there. `stays` is the share
    of draws in whose set somebody is, with its exact (Clopper-Pearson) interval.
    `ways`: for each who is not committed, the strongest way from somebody who is.
    Assumptions: links pass on independently, so that a way is the product of its links; who is not noted as
    listening does not listen.
    """
    edges = edges_of(influence, people)
    reach = _reach(people, edges, rules.path_at_least.value)
    chosen = _smallest(people, reach)
    counts = _in_draws(people, edges, rules, seed)
    draws = round(rules.strength_draws.value)
    trace = _trace(people, edges, rules, seed)

    def carrier(id: str) -> Carrier:
        stays = _share(counts[id], draws, confidence, trace)
        return Carrier(executive=id, reaches=tuple(sorted(reach[id], key=people.index)), stays=stays)

    others = sorted((id for id in people if id not in chosen and counts[id]), key=lambda id: -counts[id])
    return Coalition(
        carriers=tuple(carrier(id) for id in chosen),
        others=tuple(carrier(id) for id in others),
        unreached=tuple(id for id in people if id not in chosen and not _is_reached(id, reach)),
        ways=_ways(people, edges, committed),
        at_least=rules.path_at_least.value,
        draws=draws,
    )


def _reach(people: Sequence[str], edges: Edges, at_least: float) -> dict[str, dict[str, float]]:
    """For each, those whom they reach, and how strongly."""
    ways = all_ways(people, edges)
    return {
        one: {to: way.strength for to, way in ways[one].items() if way.strength >= at_least - NEARLY}
        for one in people
    }


def _is_reached(id: str, reach: Mapping[str, Mapping[str, float]]) -> bool:
    return any(id in others for others in reach.values())


def _smallest(people: Sequence[str], reach: Mapping[str, Mapping[str, float]]) -> tuple[str, ...]:
    """The smallest set that reaches all who can be reached; exact, by trying every set where they are few."""
    wanted = [id for id in people if _is_reached(id, reach)]
    able = [id for id in people if reach[id]]
    passed_on = [sum(reach[one].values()) for one in able]
    covers = [sum(1 << at for at, to in enumerate(wanted) if to == one or to in reach[one]) for one in able]
    size = 0
    while sum(comb(len(able), k) for k in range(size + 1)) <= SETS_TRIED and size <= len(able):
        sets = [
            those for those in combinations(range(len(able)), size) if _covers(those, covers, len(wanted))
        ]
        if sets:
            best = min(sets, key=lambda those: (-round(sum(passed_on[i] for i in those), 9), those))
            return tuple(able[i] for i in best)
        size += 1
    return tuple(able[i] for i in smallest_cover(covers, passed_on, len(wanted)))


def smallest_cover(covers: Sequence[int], passed_on: Sequence[float], wanted: int) -> list[int]:
    """The fewest bit masks that together hold `wanted` bits, by a set-cover programme.

    Minimises their number, less a preference of under a thousandth each for what is passed on and the order.
    """
    table = np.array([[float(mask >> at & 1) for mask in covers] for at in range(wanted)])
    liked = np.array(passed_on) / max(1.0, sum(passed_on))
    cost = 1 - 1e-3 * liked + 1e-6 * np.arange(len(covers)) / max(1, len(covers))
    found = milp(
        cost,
        integrality=np.ones(len(covers), dtype=int),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(table, 1, np.inf),
    )
    if found.x is None:
        raise FulcrumError(f"No smallest set was found: {found.message}")
    return [i for i, x in enumerate(found.x) if x > 0.5]


def _covers(those: Iterable[int], covers: Sequence[int], wanted: int) -> bool:
    reached = 0
    for i in those:
        reached |= covers[i]
    return reached == (1 << wanted) - 1


def _in_draws(people: Sequence[str], edges: Edges, rules: PlanRules, seed: int) -> dict[str, int]:
    """In how many draws of the strengths each belongs to the smallest set."""
    rng = np.random.default_rng(seed)
    place = {id: at for at, id in enumerate(people)}
    pairs = [(heard, who) for heard in sorted(edges) for who in sorted(edges[heard])]
    strengths = np.clip([edges[heard][who] for heard, who in pairs], 0.02, 0.98)
    logits = np.log(strengths / (1 - strengths))
    rows, columns = [place[heard] for heard, _ in pairs], [place[who] for _, who in pairs]
    counts = dict.fromkeys(people, 0)
    for _ in range(round(rules.strength_draws.value)):
        drawn = 1 / (1 + np.exp(-(logits + rules.strength_doubt.value * rng.standard_normal(len(pairs)))))
        ways = np.zeros((len(people), len(people)))
        ways[rows, columns] = drawn
        for id in _smallest(people, _reached(people, strongest(ways), rules.path_at_least.value)):
            counts[id] += 1
    return counts


def strongest(ways: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strength of the strongest way from each (rows) to each, from the strengths of links; n x n.

    Floyd and Warshall's method with product and maximum in the place of sum and minimum.
    """
    best = ways.copy()
    for k in range(len(best)):
        np.maximum(best, np.outer(best[:, k], best[k]), out=best)
    np.fill_diagonal(best, 0.0)
    return best


def _reached(
    people: Sequence[str], ways: NDArray[np.float64], at_least: float
) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {id: {} for id in people}
    for one, to in np.argwhere(ways >= at_least - NEARLY).tolist():
        found[people[one]][people[to]] = float(ways[one, to])
    return found


def _ways(people: Sequence[str], edges: Edges, committed: Collection[str]) -> tuple[WayTo, ...]:
    ways = all_ways([id for id in people if id in committed], edges)
    found = []
    for id in people:
        to: list[Way] = [by[id] for one, by in ways.items() if id in by]
        if id in committed or not to:
            continue
        best = min(to, key=lambda way: (-round(way.strength, 12), len(way.people), way.people))
        found.append(WayTo(executive=id, through=best.people, strength=best.strength))
    return tuple(found)


def _share(events: int, draws: int, confidence: float, trace: str) -> Estimate:
    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else float(beta.ppf(tail, events, draws - events + 1))
    high = 1.0 if events == draws else float(beta.ppf(1 - tail, events + 1, draws - events))
    return Estimate(
        value=events / draws,
        interval=Interval(low=low, high=high, confidence=confidence),
        unit=SHARE,
        n=draws,
        grade=Grade.ELSEWHERE,
        method=METHOD,
        trace=trace,
    )


def _trace(people: Sequence[str], edges: Edges, rules: PlanRules, seed: int) -> str:
    said = "; ".join(f"{a} {b} {s:g}" for a, by in sorted(edges.items()) for b, s in sorted(by.items()))
    parameters = (
        ("people", " ".join(people)),
        ("influence", said),
        ("at least", f"{rules.path_at_least.value:g}"),
        ("seed", str(seed)),
    )
    return trace_of(files=(), query="", parameters=parameters, method=METHOD, version=__version__).id
