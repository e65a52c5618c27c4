"""Comments grouped to themes by what they are about, and each theme's name in the customers' own words."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fulcrum.core.value import value
from fulcrum.stories.embed import Points
from fulcrum.stories.language import ANY_STOP
from fulcrum.stories.redact import MASK, WORD

Places = NDArray[np.int64]

_TRIES = 3
_ROUNDS = 30
_SAMPLE = 2_000
_OWN_SHARE = 0.2


@value
class Groups:
    """Which group each text belongs to, and the centre of each group, (groups, directions), of length 1."""

    of: Places
    centres: Points


def grouped(points: Points, *, fewest: int, most: int, seed: int) -> Groups:
    """Spherical k-means (Dhillon & Modha 2001) into as many groups as the cube root of the texts.

    Never fewer than `fewest` nor more than `most`, nor than a fifth of the texts. The centres are sought on
    up to 2,000 texts evenly taken. Chance comes from `seed` alone, so keep the order of texts.
    """
    size = min(max(fewest, round(len(points) ** (1 / 3))), most, len(points) // 5)
    if size < 2:
        return Groups(
            of=np.zeros(len(points), dtype=np.int64), centres=_unit(points.mean(axis=0))[np.newaxis]
        )
    sample = points[:: max(1, len(points) // _SAMPLE)]
    return _settled(points, _k_means(sample, size, seed))


def labels(
    texts: Sequence[str], of: Places, customers: Sequence[Sequence[str]], *, used_by: int, words: int = 3
) -> dict[int, tuple[str, ...]]:
    """The words that tell each group from the others, in the spelling that customers use most.

    Class-based TF-IDF (Grootendorst 2022): share of the group's words x ln(1 + words per group / count of the
    word in all groups). Small words and masks are left out, and a word counts only where `used_by` customers
    of the group use it, so that no label can hold what one person wrote, and where a fifth of those who use
    it anywhere are of the group.
    """
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    users: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for text, group, who in zip(texts, of.tolist(), customers, strict=True):
        for term in _terms(text):
            key = term.casefold()
            spelt[key][term] += 1
            users[group][key].update(who)
    counts = {group: {term: len(who) for term, who in terms.items()} for group, terms in users.items()}
    overall: Counter[str] = Counter()
    for terms in counts.values():
        overall.update(terms)
    per_group = sum(overall.values()) / max(1, len(counts))
    return {group: _best(terms, overall, per_group, spelt, used_by, words) for group, terms in counts.items()}


def _best(
    terms: dict[str, int],
    overall: Counter[str],
    per_group: float,
    spelt: dict[str, Counter[str]],
    used_by: int,
    words: int,
) -> tuple[str, ...]:
    total = sum(terms.values())
    known = {term: n for term, n in terms.items() if n >= used_by}
    worth = {
        term: n / total * log(1 + per_group / overall[term])
        for term, n in known.items()
        if n / overall[term] >= _OWN_SHARE
    }
    chosen: list[str] = []
    for term in sorted(worth, key=lambda one: (-worth[one], one)):
        parts = set(term.split())
        if not any(parts & set(other.split()) for other in chosen):
            chosen.append(term)
        if len(chosen) == words:
            break
    return tuple(min(spelt[term], key=lambda form: (-spelt[term][form], form)) for term in chosen)


def _terms(text: str) -> set[str]:
    """Words of three signs and more that say something, and pairs of such words that stand together."""
    found: set[str] = set()
    last: tuple[int, str] | None = None
    for word in WORD.finditer(MASK.sub(lambda mask: "." * len(mask[0]), text)):
        says = len(word[0]) >= 3 and word[0].casefold() not in ANY_STOP
        if says:
            found.add(word[0])
            if last is not None and word.start() - last[0] == 1:
                found.add(f"{last[1]} {word[0]}")
        last = (word.end(), word[0]) if says else None
    return found


def _k_means(points: Points, size: int, seed: int) -> Points:
    """The centres of the best of three tries: the largest sum of cosines to the own centre."""
    best, best_sum = None, -np.inf
    for attempt in range(_TRIES):
        centres = _first_centres(points, size, np.random.default_rng((seed, size, attempt)))
        for _ in range(_ROUNDS):
            moved = _moved(points, centres)
            if np.allclose(moved, centres, atol=1e-5):
                break
            centres = moved
        total = float((points @ centres.T).max(axis=1).sum())
        if total > best_sum + 1e-6:
            best, best_sum = centres, total
    if best is None:
        raise ValueError("no centres were tried")
    return best


def _first_centres(points: Points, size: int, chance: np.random.Generator) -> Points:
    """Centres far from one another: each drawn by its distance to those before (k-means++)."""
    places = [int(chance.integers(len(points)))]
    far = 1 - points @ points[places[0]]
    for _ in range(size - 1):
        weights = np.clip(far, 0, None).astype(np.float64) ** 2
        total = weights.sum()
        if total <= 0:
            places.append(int(chance.integers(len(points))))
            continue
        places.append(int(min(np.searchsorted(weights.cumsum(), chance.random() * total), len(points) - 1)))
        far = np.minimum(far, 1 - points @ points[places[-1]])
    return points[places]


def _moved(points: Points, centres: Points) -> Points:
    of = (points @ centres.T).argmax(axis=1)
    belongs = sparse.csr_matrix(
        (np.ones(len(of), np.float32), (of, np.arange(len(of)))), (len(centres), len(of))
    )
    sums = belongs @ points
    return np.stack([_unit(row) if row.any() else centre for row, centre in zip(sums, centres, strict=True)])


def _settled(points: Points, centres: Points) -> Groups:
    for _ in range(5):
        centres = _moved(points, centres)
    return Groups(of=(points @ centres.T).argmax(axis=1).astype(np.int64), centres=centres)


def _unit(row: Points) -> Points:
    length = float(np.linalg.norm(row))
    return np.asarray(row / length if length > 0 else row, dtype=np.float32)
