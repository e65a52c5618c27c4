"""What executives speak of, from their own texts: attention, trend, distinctive words, passages, proposals.

own_words(texts, of=("dana",), lexicon=…, rules=…, noted=…, leave_out=…, version=…)
"""

from collections.abc import Sequence

from fulcrum.core import wording
from fulcrum.core.findings import SourceFile, Trace, trace_of
from fulcrum.core.lexicons import SpokenTheme
from fulcrum.core.people import Observation
from fulcrum.core.quantities import PER_1000_WORDS, RATIO, Estimate, Grade, Interval, Result, Unit, Unknown
from fulcrum.core.rules import WordRules
from fulcrum.core.value import value
from fulcrum.core.words import (
    CUSTOMERS,
    OtherRate,
    OwnText,
    OwnWords,
    ProposedObservation,
    TextRead,
    ThemeRate,
)
from fulcrum.words.distinctive import distinctive_words
from fulcrum.words.lexicon import Lexicon
from fulcrum.words.propose import proposal_on
from fulcrum.words.rates import Count, Spread, dispersion, rate, rate_interval, ratio_interval, yearly_ratio
from fulcrum.words.studied import Studied

METHOD = "mentions per 1,000 words; exact Poisson interval, widened by the clustering over parts of the text"
_DAYS = 365.25
_READ_THEM = "A count says how often a theme is named, not what is meant or done: read the passages."
_LIKE_WITH_LIKE = (
    "Occasions differ: a call with investors speaks of money, a town hall of people. "
    "Compare texts of one kind."
)


@value
class _Asked:
    themes: tuple[SpokenTheme, ...]
    rules: WordRules
    noted: Sequence[Observation]
    leave_out: frozenset[str]
    version: str


def own_words(
    texts: Sequence[OwnText],
    *,
    of: Sequence[str],
    lexicon: Sequence[SpokenTheme],
    rules: WordRules,
    noted: Sequence[Observation] = (),
    leave_out: frozenset[str] = frozenset(),
    version: str = "",
) -> tuple[OwnWords, ...]:
    """What each executive of `of` speaks of, beside the others in `texts`; nothing for one without a text.

    `noted` are the observations that exist, `leave_out` names that are no distinctive words. Assumption: the
    texts are the executive's own words. Refuses a rate under `words_at_least` words or where a text does not
    read as English, a trend under `documents_for_trend` texts.
    """
    made = Lexicon(lexicon)
    studied = [Studied(text, made, int(rules.block_words.value)) for text in texts]
    asked = _Asked(themes=tuple(lexicon), rules=rules, noted=noted, leave_out=leave_out, version=version)
    found = []
    for executive in of:
        own = [one for one in studied if one.text.executive == executive]
        if own:
            others = [one for one in studied if one.text.executive != executive]
            found.append(_of_one(executive, sorted(own, key=_in_time), others, asked))
    return tuple(found)


def _of_one(executive: str, own: list[Studied], others: list[Studied], asked: _Asked) -> OwnWords:
    trace = _trace(own, others, asked)
    counted = [one for one in own if one.is_english]
    beside = [one for one in others if one.is_english]
    texts = tuple(_read(one, counted, asked, trace.id) for one in own)
    passages = [one.passages(CUSTOMERS) for one in own]
    proposals = [
        proposal_on(text, said, executive, rules=asked.rules, noted=asked.noted)
        for text, said in zip(texts, passages, strict=True)
    ]
    compared = _enough(beside, asked)
    is_compared = compared and _enough(counted, asked)
    return OwnWords(
        executive=executive,
        texts=texts,
        themes=_themes(counted, counted, asked, trace.id, is_whole=True),
        trend=_trend(counted, asked, trace.id),
        beside_others=_beside(counted, beside, asked, trace.id) if is_compared else _NO_OTHERS,
        others=_others(others, asked, trace.id),
        distinctive=distinctive_words(
            counted, beside, rules=asked.rules, leave_out=asked.leave_out, trace=trace.id
        )
        if is_compared
        else (),
        not_distinctive=None if is_compared else _NO_OTHERS,
        passages=tuple(passage for said in reversed(passages) for passage in said),
        proposals=tuple(one for one in proposals if isinstance(one, ProposedObservation)),
        not_proposed=tuple(
            (text.file, why) for text, why in zip(texts, proposals, strict=True) if isinstance(why, str)
        ),
        cautions=_cautions(own, beside),
        trace=trace,
    )


def _in_time(one: Studied) -> tuple[object, ...]:
    return one.text.said_on, one.text.file


def _read(one: Studied, counted: list[Studied], asked: _Asked, trace: str) -> TextRead:
    return TextRead(
        file=one.text.file,
        said_on=one.text.said_on,
        words=len(one.tokens),
        is_marked=one.text.is_marked,
        left_out=one.text.left_out,
        themes=_themes([one] if one.is_english else [], counted, asked, trace, is_whole=False),
    )


def _themes(
    texts: list[Studied], counted: list[Studied], asked: _Asked, trace: str, *, is_whole: bool
) -> tuple[ThemeRate, ...]:
    """Every theme in `texts`. How far mentions cluster is told from all counted texts: within each of them,
    and where the texts are taken as one whole also from one to the next.
    """
    found = []
    for theme in asked.themes:
        count = _sum([text.count(theme.id) for text in texts])
        parts = [text.parts(theme.id) for text in counted]
        spread = dispersion([part for held in parts for part in held]) if is_whole else dispersion(*parts)
        rated = _rate(count, spread, asked, trace) if texts else _NOT_ENGLISH
        found.append(ThemeRate(theme=theme.id, name=theme.name, mentions=count.mentions, rate=rated))
    return tuple(found)


def _rate(count: Count, spread: Spread, asked: _Asked, trace: str) -> Result:
    if (refused := _too_few(count, asked)) is not None:
        return refused
    interval = rate_interval(count, asked.rules.confidence.value, spread)
    return _estimate(rate(count), interval, PER_1000_WORDS, n=count.words, method=METHOD, trace=trace)


def _trend(texts: list[Studied], asked: _Asked, trace: str) -> Result:
    """How attention to customers changes a year, over texts that are long enough."""
    least, enough = int(asked.rules.documents_for_trend.value), asked.rules.words_at_least.value
    long = [one for one in texts if len(one.tokens) >= enough]
    if len(long) < least:
        return Unknown(
            reason=f"Too few texts of {enough:g} words or more for a trend: {len(long)}.",
            needs=f"At least {least}, of different days.",
        )
    years = [one.text.said_on.toordinal() / _DAYS for one in long]
    slope = yearly_ratio(years, [one.count(CUSTOMERS) for one in long], asked.rules.confidence.value)
    if slope is None:
        return Unknown(
            reason="The mentions are too few, or the days too near, to tell a change.",
            needs="Texts over a longer time.",
        )
    method = "log-linear regression on time, over texts; quasi-Poisson, Student's t"
    return _estimate(slope.ratio, slope.interval, RATIO, n=len(long), method=method, trace=trace)


def _beside(own: list[Studied], others: list[Studied], asked: _Asked, trace: str) -> Result:
    one, other = (_sum([text.count(CUSTOMERS) for text in side]) for side in (own, others))
    if not other.mentions:
        reason = f"The others' texts never name customers; theirs do {wording.many(one.mentions, 'time')}."
        return Unknown(reason=reason, needs="Texts of others that do.")
    sides = [dispersion([part for text in side for part in text.parts(CUSTOMERS)]) for side in (own, others)]
    spread = max(sides, key=lambda one: one.factor)
    interval = ratio_interval(one, other, asked.rules.confidence.value, spread)
    method = (
        "ratio of two rates; exact conditional interval, widened by the clustering over parts of the texts"
    )
    return _estimate(
        rate(one) / rate(other), interval, RATIO, n=one.words + other.words, method=method, trace=trace
    )


def _others(texts: list[Studied], asked: _Asked, trace: str) -> tuple[OtherRate, ...]:
    """Each of the others by themselves, in the order of their ids."""
    found = []
    for executive in sorted({one.text.executive for one in texts}):
        own = [one for one in texts if one.text.executive == executive]
        counted = [one for one in own if one.is_english]
        themes = _themes(counted, counted, asked, trace, is_whole=True)
        found.append(
            OtherRate(
                executive=executive,
                texts=len(own),
                words=sum(len(one.tokens) for one in own),
                customers=next(one for one in themes if one.theme == CUSTOMERS),
            )
        )
    return tuple(found)


def _estimate(number: float, interval: Interval, unit: Unit, *, n: int, method: str, trace: str) -> Estimate:
    return Estimate(
        value=number, interval=interval, unit=unit, n=n, grade=Grade.RAW, method=method, trace=trace
    )


def _sum(counts: Sequence[Count]) -> Count:
    return Count(mentions=sum(one.mentions for one in counts), words=sum(one.words for one in counts))


def _enough(texts: list[Studied], asked: _Asked) -> bool:
    return sum(len(one.tokens) for one in texts) >= asked.rules.words_at_least.value


def _too_few(count: Count, asked: _Asked) -> Unknown | None:
    least = asked.rules.words_at_least.value
    if count.words >= least:
        return None
    return Unknown(reason=f"{count.words} words are too few for a rate.", needs=f"At least {least:g} words.")


def _cautions(own: list[Studied], others: list[Studied]) -> tuple[str, ...]:
    said = [_READ_THEM]
    unmarked = [one.text.file for one in own if not one.text.is_marked]
    if unmarked:
        files = ", ".join(unmarked[:3]) + (", …" if len(unmarked) > 3 else "")
        said.append(f"No speakers are marked in {files}: every word counts as theirs, also what others said.")
    foreign = [one.text.file for one in own if not one.is_english]
    if foreign:
        said.append(f"Not counted, because the lexicon is English: {', '.join(foreign)}.")
    if others or len(own) > 1:
        said.append(_LIKE_WITH_LIKE)
    return tuple(said)


def _trace(own: list[Studied], others: list[Studied], asked: _Asked) -> Trace:
    files = tuple(
        SourceFile(
            name=one.text.file,
            sha256=one.text.sha256,
            rows=len(one.tokens),
            accepted=len(one.tokens),
            rejected=0,
            skipped=0,
        )
        for one in (*own, *sorted(others, key=_in_time))
    )
    return trace_of(
        files=files,
        query="mentions of the lexicon's words among the words of each text",
        parameters=(
            ("executive", own[0].text.executive),
            ("confidence", f"{asked.rules.confidence.value:g}"),
        ),
        method=METHOD,
        version=asked.version,
    )


_NOT_ENGLISH = Unknown(
    reason="It does not read as English, and the lexicon is English.", needs="A translation."
)
_NO_OTHERS = Unknown(
    reason="There are not enough words of other executives to compare with.",
    needs="Texts of another executive, best of the same occasion.",
)
