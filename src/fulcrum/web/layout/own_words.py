"""What stands on the page of an executive's own words."""

from typing import Any

from fulcrum.core import wording
from fulcrum.core.people import Behaviour
from fulcrum.core.playbook import Playbook
from fulcrum.core.quantities import Estimate, Result, Unknown
from fulcrum.core.words import CUSTOMERS, OwnWords, Passage, TextRead, ThemeRate
from fulcrum.records import models
from fulcrum.records.own_words import KeptText
from fulcrum.records.queries.own_words import Spoken, name_of
from fulcrum.web.drawings.attention import Said, attention_over_time
from fulcrum.web.drawings.intervals import interval_axis, interval_cell, scale_of
from fulcrum.web.drawings.marks import on_both

A_FEW = 8


def words_page(spoken: Spoken, executive: models.Executive, playbook: Playbook) -> dict[str, Any]:
    """All but the forms: attention, texts, what sets them apart, passages, and what to mind."""
    words = spoken.words
    shown: dict[str, Any] = {
        "headline": _headline(words, executive.name),
        "texts": [_text(kept, words) for kept in reversed(spoken.kept)],
        "closed": spoken.closed,
        "dismissed": spoken.dismissed,
        "anchors": [
            (str(one.level), one.seen) for one in playbook.anchors if one.behaviour is Behaviour.COMMUNICATION
        ],
        "words": words,
    }
    if words is None:
        return shown
    return shown | {
        "deck": _deck(words),
        "over_time": _over_time(words, executive.name),
        "themes": _themes(words.themes),
        "trend": _ratio(words.trend),
        "beside": _ratio(words.beside_others),
        "others": _others(words, executive.name, dict(spoken.names)),
        "distinctive": [
            {
                "word": one.word,
                "said": f"{wording.say_fully(one.times)} times as likely",
                "here": wording.many(one.mentions, "time"),
                "there": wording.count(one.others),
                "sentence": one.sentence,
            }
            for one in words.distinctive
        ],
        "not_distinctive": _unknown(words.not_distinctive),
        "passages": [_passage(one) for one in words.passages[:A_FEW]],
        "more_passages": [_passage(one) for one in words.passages[A_FEW:]],
        "not_proposed": [(name_of(file), why) for file, why in words.not_proposed],
        "cautions": words.cautions,
        "method": wording.sentence(words.trace.method)[:-1],
    }


def _headline(words: OwnWords | None, name: str) -> str:
    if words is None:
        return f"What does {name} speak of?"
    rate = words.customers.rate
    if isinstance(rate, Unknown):
        return "Too few words to tell."
    if not words.customers.mentions:
        return "Customers are not named."
    return f"Customers are named {_times(wording.say(rate))} in 1,000 words."


def _times(said: str) -> str:
    return "once" if said == "1" else f"{said} times"


def _deck(words: OwnWords) -> str:
    total = sum(text.words for text in words.texts)
    texts = wording.many(len(words.texts), "text")
    rate = words.customers.rate
    ends = f" 95 %: {wording.say_interval(rate)}." if isinstance(rate, Estimate) else ""
    return f"{texts}, {wording.count(total)} words of their own.{ends} It is talk: it counts as talk."


def _over_time(words: OwnWords, name: str) -> str:
    said = [
        Said(on=text.said_on, rate=rate)
        for text in words.texts
        if isinstance(rate := _of_customers(text).rate, Estimate)
    ]
    if not said:
        return ""
    of = f"customers by {name}"
    return on_both(attention_over_time(said, of=of), attention_over_time(said, of=of, is_narrow=True))


def _of_customers(text: TextRead) -> ThemeRate:
    return next(one for one in text.themes if one.theme == CUSTOMERS)


def _themes(themes: tuple[ThemeRate, ...]) -> dict[str, Any]:
    """Every theme on one scale, the most named first."""
    ordered = sorted(themes, key=lambda one: -one.mentions)
    scale = scale_of(one.rate for one in ordered)
    rows = [
        {
            "name": one.name,
            "is_customers": one.theme == CUSTOMERS,
            "mentions": wording.count(one.mentions),
            "rate": wording.say(one.rate) if isinstance(one.rate, Estimate) else "unknown",
            "interval": wording.say_interval(one.rate) if isinstance(one.rate, Estimate) else "",
            "drawing": on_both(
                interval_cell(one.rate, scale, label=one.name),
                interval_cell(one.rate, scale, label=one.name, is_narrow=True),
            ),
        }
        for one in ordered
    ]
    return {"rows": rows, "axis": "" if scale is None else interval_axis(scale)}


def _others(words: OwnWords, name: str, names: dict[str, str]) -> list[dict[str, Any]]:
    """Everybody shown to the reader, their own row marked, on one scale; empty where there is nobody else."""
    if not words.others:
        return []
    rows = [(name, sum(text.words for text in words.texts), words.customers.rate, True)]
    rows += [(names[one.executive], one.words, one.customers.rate, False) for one in words.others]
    rows.sort(key=lambda row: -row[2].value if isinstance(row[2], Estimate) else 1.0)
    scale = scale_of(rate for _, _, rate, _ in rows)
    return [
        {
            "name": who,
            "is_own": is_own,
            "words": wording.count(many),
            "rate": wording.say(rate) if isinstance(rate, Estimate) else "unknown",
            "interval": wording.say_interval(rate) if isinstance(rate, Estimate) else "",
            "drawing": on_both(
                interval_cell(rate, scale, label=who), interval_cell(rate, scale, label=who, is_narrow=True)
            ),
        }
        for who, many, rate, is_own in rows
    ]


def _ratio(ratio: Result) -> dict[str, str]:
    if isinstance(ratio, Unknown):
        return {"said": "", "unknown": wording.say_unknown(ratio), "means": ""}
    away = ratio.interval.low > 1 or ratio.interval.high < 1
    means = "A difference beyond doubt." if away else "No clear difference: 1 lies within."
    return {"said": f"× {wording.say_fully(ratio)}", "unknown": "", "means": means}


def _unknown(unknown: Unknown | None) -> str:
    return "" if unknown is None else wording.say_unknown(unknown)


def _text(kept: KeptText, words: OwnWords | None) -> dict[str, Any]:
    read = next((one for one in words.texts if name_of(one.file) == kept.name), None) if words else None
    known: dict[str, Any] = {"name": kept.name, "problems": kept.problems, "read": read}
    if read is None:
        return known
    rate = _of_customers(read).rate
    return known | {
        "words": wording.count(read.words),
        "rate": wording.say_fully(rate) if isinstance(rate, Estimate) else wording.say_unknown(rate),
        "whose": f"their own turns; {wording.count(read.left_out)} words of others left out"
        if read.is_marked
        else "no speakers marked: every word counts",
    }


def _passage(passage: Passage) -> dict[str, Any]:
    """The sentence in parts, those that count marked."""
    parts, at = [], 0
    for start, end in passage.spans:
        parts += [(passage.sentence[at:start], False), (passage.sentence[start:end], True)]
        at = end
    parts.append((passage.sentence[at:], False))
    return {"on": passage.said_on, "parts": parts}
