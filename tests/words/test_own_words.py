"""What is told of an executive's own texts, against a count by hand, laws, and two real calls."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner
from words_papers import a_pdf
from words_spoken import CUSTOMERS, DANA, IVO, PLAIN, PLAYBOOK, a_text, spoken

from fulcrum.cli.app import app
from fulcrum.core.errors import WrongUse
from fulcrum.core.lexicons import SpokenTheme
from fulcrum.core.people import Behaviour, Level, Observation, Source
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.words import OwnText, OwnWords
from fulcrum.words.distinctive import log_odds
from fulcrum.words.lexicon import Lexicon
from fulcrum.words.own_words import own_words
from fulcrum.words.rates import Count
from fulcrum.words.texts import text_of
from fulcrum.words.tokens import sentences_of, tokens_of

SPOKEN = spoken(5, 4)  # 5 x 45 + 4 x 11 = 269 words, 4 mentions


def of_dana(*texts: OwnText, noted: tuple[Observation, ...] = ()) -> OwnWords:
    (told,) = own_words(texts, of=("dana",), lexicon=PLAYBOOK.lexicon, rules=PLAYBOOK.words, noted=noted)
    return told


def test_a_rate_is_what_a_hand_counts():
    told = of_dana(a_text(SPOKEN))
    (text,) = told.texts
    assert (text.words, told.customers.mentions) == (269, 4)
    assert isinstance(told.customers.rate, Estimate)
    assert told.customers.rate.value == pytest.approx(4 / 0.269)
    assert len(told.passages) == 4
    (span,) = told.passages[0].spans
    assert told.passages[0].sentence[slice(*span)] == "customer"
    assert told.passages[0].sentence == CUSTOMERS.strip()


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Customers, customers' and a customer's complaint.", 4),
        ("Our customer-centric plan.", 1),
        ("CUSTOMERS come first.", 1),
        ("The Consumer business and consumer electronics grew.", 0),
        ("Accustomed to customs; the customisation of a costumer.", 0),
        ("Customer acquisition cost fell with consumer spending.", 0),
        ("Net promoter and NPS of those who buy: policyholders and subscribers.", 4),
    ],
)
def test_words_are_found_at_their_bounds_in_their_forms_and_not_in_other_meanings(text, mentions):
    found = Lexicon(PLAYBOOK.lexicon).mentions(tokens_of(text))
    assert sum(one.theme == "customers" for one in found) == mentions


def test_a_company_calls_its_customers_what_it_likes():
    members = SpokenTheme(id="customers", name="Members", words=("member",), sources=())
    found = Lexicon((members,)).mentions(tokens_of("Members and customers"))
    assert [(one.theme, one.first) for one in found] == [("customers", 0)]


def test_a_sentence_ends_where_one_ends():
    text = "Mr. Smith of the U.S. office wrote. It was late! “Why?” she asked\nNext line begins anew"
    assert [text[a:b] for a, b in sentences_of(text)] == [
        "Mr. Smith of the U.S. office wrote.",
        "It was late!",
        "“Why?” she asked",
        "Next line begins anew",
    ]


def test_saying_everything_twice_leaves_the_rate_and_narrows_the_doubt():
    once, twice = of_dana(a_text(SPOKEN)).customers.rate, of_dana(a_text(SPOKEN + SPOKEN)).customers.rate
    assert isinstance(once, Estimate)
    assert isinstance(twice, Estimate)
    assert once.value == pytest.approx(twice.value)
    wide, narrow = (one.interval.high - one.interval.low for one in (once, twice))
    assert narrow < wide


def test_the_order_of_files_and_the_case_of_letters_change_nothing():
    texts = [a_text(SPOKEN, on=f"2026-0{month}-01") for month in (1, 2, 3)]
    one, other = of_dana(*texts), of_dana(*reversed(texts))
    assert one == other
    loud = of_dana(*(replace(text, text=text.text.upper()) for text in texts))
    assert loud.themes == one.themes


def test_few_words_and_foreign_words_have_no_rate():
    short = of_dana(a_text(CUSTOMERS * 3)).customers
    assert isinstance(short.rate, Unknown)
    assert short.rate.reason == "33 words are too few for a rate."
    german = of_dana(a_text("Der Kunde steht im Mittelpunkt unserer Arbeit und wir hören ihm zu. " * 30))
    assert isinstance(german.customers.rate, Unknown)
    assert german.proposals == ()


def test_attention_that_doubles_each_year_shows_as_a_trend_and_three_texts_show_none():
    texts = [
        a_text(spoken(12, many), on=f"{year}-05-01")
        for year, many in ((2021, 2), (2022, 4), (2023, 8), (2024, 16), (2025, 32))
    ]
    told = of_dana(*texts)
    assert isinstance(told.trend, Estimate)
    assert told.trend.interval.low > 1.2
    assert told.trend.value == pytest.approx(1.8, abs=0.15), "a little under 2: more mentions, more words"
    assert isinstance(of_dana(*texts[:3]).trend, Unknown)


def test_beside_another_executive_a_difference_shows_and_is_the_reverse_of_theirs():
    texts = [a_text(spoken(20, 24)), a_text(spoken(20, 3), executive="ivo")]
    dana, ivo = own_words(texts, of=("dana", "ivo"), lexicon=PLAYBOOK.lexicon, rules=PLAYBOOK.words)
    assert isinstance(dana.beside_others, Estimate)
    assert isinstance(ivo.beside_others, Estimate)
    assert dana.beside_others.interval.low > 1
    assert dana.beside_others.value == pytest.approx(1 / ivo.beside_others.value)
    assert dana.beside_others.interval.low == pytest.approx(1 / ivo.beside_others.interval.high)


def test_log_odds_are_those_of_the_formula_worked_in_r():
    one = log_odds(Count(mentions=9, words=1183), Count(mentions=0, words=3618), 500)
    assert (one.delta, one.variance) == pytest.approx((3.261526738, 1.167519797))
    two = log_odds(Count(mentions=20, words=1000), Count(mentions=5, words=2000), 500)
    assert (two.delta, two.variance) == pytest.approx((1.4927950817, 0.1504702194))


def test_a_word_used_throughout_sets_somebody_apart_and_one_of_a_single_anecdote_does_not():
    throughout = (PLAIN + "A lighthouse guides the work. ") * 25
    anecdote = PLAIN * 25 + "The herring, the herring and the herring again. " * 8
    others = a_text(PLAIN * 60, executive="ivo")
    (told,) = own_words(
        [a_text(throughout + anecdote), others], of=("dana",), lexicon=PLAYBOOK.lexicon, rules=PLAYBOOK.words
    )
    words = [one.word for one in told.distinctive]
    assert "lighthouse" in words
    assert "herring" not in words
    assert told.distinctive[0].times.interval.low > 1


@pytest.mark.slow
def test_speakers_alike_are_told_apart_in_one_of_twenty_trials_at_most():
    """Both draw words from one Zipf distribution that drifts from part to part (gamma, shape 1/2)."""
    rng, trials, told_apart = np.random.default_rng(20_261_122), 60, 0
    names = np.array(["".join(rng.choice(list("bcdfglmnprstv"), 6)) for _ in range(1200)])
    shares = 1 / np.arange(1, 1201)
    for _ in range(trials):
        texts = []
        for executive, parts in (("dana", 20), ("ivo", 40)):
            drift = shares * rng.gamma(0.5, 2.0, size=(parts, 1200))
            said = [rng.choice(names, size=80, p=row / row.sum()) for row in drift]
            texts.append(
                a_text(" ".join(" ".join((*part, *["and"] * 20)) for part in said), executive=executive)
            )
        (told,) = own_words(texts, of=("dana",), lexicon=PLAYBOOK.lexicon, rules=PLAYBOOK.words)
        told_apart += bool(told.distinctive)
    assert told_apart / trials <= 0.05


def test_a_text_that_speaks_of_customers_is_proposed_as_talk_and_counts_once_confirmed():
    (proposal,) = of_dana(a_text(spoken(10, 12))).proposals
    seen = proposal.observation
    assert (seen.source, seen.behaviour, seen.anchor) == (
        Source.OWN_WORDS,
        Behaviour.COMMUNICATION,
        Level.ENDORSING,
    )
    assert seen.date == date(2026, 4, 28)
    assert CUSTOMERS.strip() in seen.note
    (again,) = of_dana(a_text(spoken(10, 12)), noted=(seen,)).proposals
    assert again.is_noted


def test_a_long_silence_is_proposed_as_such_and_a_short_one_is_not():
    (proposal,) = of_dana(a_text(PLAIN * 84)).proposals
    assert proposal.observation.anchor is Level.INDIFFERENT
    assert proposal.observation.note == "Customers were not named in 3,780 words of their own."
    short = of_dana(a_text(PLAIN * 20))
    assert short.proposals == ()
    assert len(short.not_proposed) == 1


def folder_with(tmp_path: Path, words: dict[str, bytes]) -> Path:
    folder = tmp_path / "acme"
    (folder / "words").mkdir(parents=True)
    (folder / "company.toml").write_text(
        'name = "Acme"\nindustry = "retail"\ncurrency = "EUR"\nas_of = 2026-11-16\n', encoding="utf-8"
    )
    people = "id,name,role,area,sponsor,desired_level,attention_hours_per_week\n"
    for one in (DANA, IVO):
        people += f"{one.id},{one.name},{one.role},,,4,1\n"
    (folder / "executives.csv").write_text(people, encoding="utf-8")
    for name, data in words.items():
        (folder / "words" / name).write_bytes(data)
    return folder


def test_the_command_shows_what_can_be_read_and_names_what_cannot(tmp_path: Path):
    folder = folder_with(
        tmp_path, {"dana_2026-04-28.txt": SPOKEN.encode(), "ivo_2026-05-02.pdf": a_pdf([[], []])}
    )
    shown = CliRunner().invoke(app, ["words", str(folder)])
    assert shown.exit_code == 1
    assert "Dana Okafor" in shown.stdout
    assert "*customer*" in shown.stdout
    assert "words/ivo_2026-05-02.pdf: The PDF holds no text" in shown.stderr
    told = json.loads(CliRunner().invoke(app, ["words", str(folder), "--executive", "dana", "--json"]).stdout)
    (words,) = told["words"]
    assert words["themes"][0]["rate"]["unit"] == "rate per 1,000 words"
    refused = CliRunner().invoke(app, ["words", str(folder), "--executive", "dna"])
    assert isinstance(refused.exception, WrongUse)


def test_a_folder_without_words_says_where_they_go(tmp_path: Path):
    shown = CliRunner().invoke(app, ["words", str(folder_with(tmp_path, {}))])
    assert shown.exit_code == 0
    assert "<executive>_<yyyy-mm-dd>" in shown.stdout


@pytest.mark.shared_data
def test_two_real_calls_are_counted_as_a_reader_counts_them(shared_data: Path):
    """Read by hand: the finance call names no customer, though “consumer” 11 times; the other names 15."""
    calls = shared_data / "earnings_calls"
    texts = []
    for person, on, name in (
        (DANA, date(2017, 4, 25), "3M_Company_20170425.txt"),
        (IVO, date(2017, 2, 2), "Amazon_com_Inc__20170202.txt"),
    ):
        text, problems = text_of((calls / name).read_bytes(), person, said_on=on, ending="txt", file=name)
        assert text is not None
        assert problems == ()
        texts.append(text)
    money, shop = own_words(texts, of=("dana", "ivo"), lexicon=PLAYBOOK.lexicon, rules=PLAYBOOK.words)
    assert (money.customers.mentions, shop.customers.mentions) == (0, 15)
    assert [word.word for word in shop.distinctive] == ["customers"]
    assert [one.observation.anchor for one in shop.proposals] == [Level.ENDORSING]
    assert money.proposals == ()
