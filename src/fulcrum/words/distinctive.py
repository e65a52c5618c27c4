"""The words that set one speaker apart from others.

Log-odds ratio with an informative Dirichlet prior, B. L. Monroe, M. P. Colaresi and K. M. Quinn, Political
Analysis 16 (2008), 372 to 403. For word w of speaker i against the others j, with a_w = a0 x (share of w in
all words) and a0 the prior's worth in words:

    delta_w = ln[(y_iw + a_w) / (n_i + a0 − y_iw − a_w)] − ln[(y_jw + a_w) / (n_j + a0 − y_jw − a_w)]
    var_w   = 1 / (y_iw + a_w) + 1 / (y_jw + a_w),  times the word's dispersion over parts of the texts

With a zero on the other side the variance is rough and the ratio of delta to its error never large. Whether a
word is shown is therefore asked of the counts themselves: by the exact chance that both sides use it alike
(`rates.chance_of`), shared out over all words looked at (Bonferroni). Order and size are the log-odds'.
"""

from collections import Counter
from collections.abc import Sequence
from math import exp, log, sqrt

from scipy import stats

from fulcrum.core.quantities import RATIO, Estimate, Grade, Interval
from fulcrum.core.rules import WordRules
from fulcrum.core.value import value
from fulcrum.core.words import DistinctiveWord
from fulcrum.words.rates import Count, Spread, chance_of, dispersion
from fulcrum.words.studied import Studied

METHOD = "log-odds ratio with informative Dirichlet prior"


@value
class LogOdds:
    """How much likelier a word is with one speaker than with the others, on the log scale."""

    delta: float
    variance: float


def log_odds(own: Count, others: Count, prior: float) -> LogOdds:
    """The formula above for one word, without its dispersion; `prior` is a0."""
    share = (own.mentions + others.mentions) / (own.words + others.words)
    pull = prior * share
    one, other = own.mentions + pull, others.mentions + pull
    return LogOdds(
        delta=log(one / (own.words + prior - one)) - log(other / (others.words + prior - other)),
        variance=1 / one + 1 / other,
    )


def distinctive_words(
    own: Sequence[Studied],
    others: Sequence[Studied],
    *,
    rules: WordRules,
    leave_out: frozenset[str],
    trace: str,
) -> tuple[DistinctiveWord, ...]:
    """The words that set `own` apart from `others`, the surest first; none is an answer too.

    Names in `leave_out` and plain words are not looked at.
    """
    ours, theirs = _total(own), _total(others)
    words = sum(len(one.tokens) for one in own), sum(len(one.tokens) for one in others)
    least, doubt = rules.distinctive_mentions_at_least.value, (1 - rules.confidence.value) / 2
    looked_at = [w for w, n in (ours + theirs).items() if n >= least and w not in leave_out]
    found = []
    for word in (one for one in looked_at if ours[one] >= least):
        counts = (
            Count(mentions=ours[word], words=words[0]),
            Count(mentions=theirs[word], words=words[1]),
        )
        spread = _spread(word, own, others)
        odds = log_odds(*counts, prior=rules.prior_words.value)
        error = sqrt(odds.variance * spread.factor)
        if chance_of(*counts, spread) < doubt / len(looked_at) and odds.delta > 0:
            found.append((odds.delta / error, word, counts, odds.delta, error))
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        DistinctiveWord(
            word=word,
            mentions=counts[0].mentions,
            others=counts[1].mentions,
            times=_times(delta, error, counts, rules.confidence.value, trace),
            sentence=next(said for one in own if (said := one.sentence_with(word))),
        )
        for _, word, counts, delta, error in found[: int(rules.distinctive_at_most.value)]
    )


def _total(texts: Sequence[Studied]) -> Counter[str]:
    total: Counter[str] = Counter()
    for text in texts:
        total.update(text.telling)
    return total


def _spread(word: str, own: Sequence[Studied], others: Sequence[Studied]) -> Spread:
    """The larger of the two spreads: a word of one anecdote sets nobody apart."""
    sides = [dispersion([part for text in side for part in text.parts_with(word)]) for side in (own, others)]
    return max(sides, key=lambda one: one.factor)


def _times(
    delta: float, error: float, counts: tuple[Count, Count], confidence: float, trace: str
) -> Estimate:
    reach = float(stats.norm.isf((1 - confidence) / 2)) * error
    return Estimate(
        value=exp(delta),
        interval=Interval(low=exp(delta - reach), high=exp(delta + reach), confidence=confidence),
        unit=RATIO,
        n=counts[0].mentions + counts[1].mentions,
        grade=Grade.RAW,
        method=METHOD,
        trace=trace,
    )
