"""The confidence brief: bad news first, signal apart from noise, about its reader, no belief in it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from fulcrum import over_time
from fulcrum.briefing.confidence import compose_confidence
from fulcrum.briefing.contents import texts_in
from fulcrum.core.company import Decision, DecisionKind, Promise, Risk, RiskTrend, Spend, Win
from fulcrum.core.findings import Evidence, Trend, TrendSignal
from fulcrum.core.quantities import SHARE
from fulcrum.playbook.load import load_playbook
from fulcrum.simulation.company import tidewater

PLAYBOOK = load_playbook()
COMPANY = tidewater()
TODAY = COMPANY.as_of
DAY = timedelta(days=1)
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 11))


def series(title: str, *signals: TrendSignal) -> Trend:
    return Trend(
        key=title,
        title=title,
        at=MONTHS,
        values=(0.5,) * len(MONTHS),
        centre=0.5,
        low=0.4,
        high=0.6,
        unit=SHARE,
        chart="p′ chart",
        signals=tuple(one.index for one in signals),
        named=signals,
    )


RECENT = TrendSignal(index=9, side="above", rule="beyond a limit")
OLD = TrendSignal(index=1, side="below", rule="beyond a limit")
EVIDENCE = Evidence(
    findings=(), trends=(series("Calls answered", RECENT), series("Bills right", OLD), series("Visits kept"))
)


def brief_of(company, evidence=EVIDENCE, who="coo", since=TODAY - 91 * DAY):
    found = over_time.progress_of(company, PLAYBOOK, evidence, since=since)
    person = None if who is None else company.executive(who)
    return compose_confidence(company, evidence, found, PLAYBOOK, executive=person)


def said_in(brief, key):
    return " ".join(text for section in brief.sections if section.key == key for text in texts_in((section,)))


def test_only_a_signal_of_this_time_is_called_a_move():
    brief = brief_of(COMPANY)
    assert "calls answered moved" in brief.title
    assert "Calls answered" in said_in(brief, "moved")
    still = said_in(brief, "unmoved")
    assert "Bills right" in still
    assert "Visits kept" in still
    assert "nothing that we count moved" in brief_of(COMPANY, since=date(2026, 11, 1)).title


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"promises": (Promise(promise="First figures", made_on=TODAY - 60 * DAY, due=TODAY - DAY),)},
            "have not kept it",
        ),
        (
            {"risks": (Risk(date=TODAY - 9 * DAY, risk="Two engineers leave", trend=RiskTrend.RISING),)},
            "rising: two engineers leave; nobody holds it yet",
        ),
        (
            {"budget": Decimal(10), "spend": (Spend(date=TODAY, item="x", amount=Decimal(30)),)},
            "overdrawn by €20",
        ),
    ],
)
def test_bad_news_stands_first_and_straight(more, said):
    brief = brief_of(replace(COMPANY, **more))
    assert brief.sections[0].key == "wrong"
    assert said in said_in(brief, "wrong")


def test_what_was_stopped_and_what_worked_is_told_with_its_reason_and_its_people():
    stopped = Decision(
        date=TODAY, decision="No third depot", kind=DecisionKind.STOP, decided_by="coo", why="Two tell enough"
    )
    win = Win(date=TODAY, win="Notes go along", proof="The depots' log", thanks="both night shifts")
    brief = brief_of(replace(COMPANY, decisions=(stopped,), wins=(win,)))
    assert said_in(brief, "stopped").endswith("No third depot. Two tell enough.")
    assert "Proof: The depots' log. Thanks to both night shifts." in said_in(brief, "wins")


def test_each_reader_reads_what_lies_between_us_and_nobody_elses():
    ours = Promise(promise="A page on vans", made_on=TODAY - 9 * DAY, to="COO", due=TODAY + 9 * DAY)
    company = replace(COMPANY, promises=(ours,))
    assert "a page on vans" in said_in(brief_of(company), "promises")
    assert "vans" not in said_in(brief_of(company, who="cfo"), "promises")
    assert all(
        name not in " ".join(texts_in(brief_of(company, who=None).sections))
        for name in (person.name for person in company.executives)
    )
