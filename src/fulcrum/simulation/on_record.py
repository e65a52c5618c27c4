"""What the simulated CX team has on record: wins, risks, its own promises, decisions and spend."""

from datetime import date
from decimal import Decimal

from fulcrum.core.company import Decision, DecisionKind, Promise, Risk, RiskTrend, Spend, Win

WINS = (
    Win(
        date=date(2026, 8, 24),
        win="Complaints that one person holds are credited half as often",
        owner="head of contact centre",
        note="Pilot of the named person",
        proof="The pilot's read-out of 24 August 2026",
        thanks="the two who held 467 complaints by name",
    ),
    Win(
        date=date(2026, 9, 21),
        win="North and East depots send the last visit's notes with the engineer",
        owner="head of field service",
        note="Pilot of first-contact repair",
        proof="Dispatch sheets of both depots, week 38",
        thanks="the planners of North and East",
    ),
    Win(
        date=date(2026, 10, 26),
        win="The letter on the price change says why",
        owner="head of billing",
        note="After twelve comments on one sentence",
        proof="Letter of 26 October 2026, second paragraph",
        thanks="the two writers in billing",
    ),
)

RISKS = (
    Risk(
        date=date(2026, 3, 30),
        risk="Two people cannot hold every complaint of a spring",
        severity="middle",
        owner="head of contact centre",
        trigger="More than 40 open complaints with one person",
        response="Newcomers go to the common queue for a week",
        trend=RiskTrend.FALLING,
        closed_on=date(2026, 8, 24),
    ),
    Risk(
        date=date(2026, 10, 5),
        risk="Winter faults could hide what the pilot does",
        severity="middle",
        owner="head of field service",
        note="West and South run on as the comparison",
        trigger="More than 60 faults a day in one depot",
        response="The week is named in the read-out; nobody changes sides",
        trend=RiskTrend.STEADY,
    ),
)

PROMISES = (
    Promise(
        promise="The early look at the named person is told as it is, whatever it says",
        made_on=date(2026, 3, 20),
        to="cfo",
        due=date(2026, 7, 17),
        kept_on=date(2026, 7, 14),
    ),
    Promise(
        promise="Dispatch sees the notes of repeat visits before it gives two planners again",
        made_on=date(2026, 5, 18),
        to="coo",
        due=date(2026, 6, 30),
        kept_on=date(2026, 6, 24),
    ),
    Promise(
        promise="A read-out of the named person on two pages",
        made_on=date(2026, 7, 14),
        to="cfo",
        due=date(2026, 9, 4),
        kept_on=date(2026, 9, 18),
        note="Two weeks late: finance asked for the credits by month",
    ),
    Promise(
        promise="Three customers who left are rung before the autumn meeting",
        made_on=date(2026, 9, 14),
        to="ceo",
        due=date(2026, 10, 12),
        kept_on=date(2026, 10, 9),
    ),
    Promise(
        promise="The first-contact pilot is read once, on the day that was registered",
        made_on=date(2026, 8, 31),
        to="cfo",
        due=date(2026, 12, 4),
    ),
)

DECISIONS = (
    Decision(
        date=date(2026, 3, 20),
        decision="Try one named person for complaints of one spring",
        kind=DecisionKind.START,
        decided_by="executive meeting",
        why="The case was an association; a pilot of €4,200 settles it",
    ),
    Decision(
        date=date(2026, 8, 27),
        decision="Four people hold 2,500 complaints a year by name",
        kind=DecisionKind.CHANGE,
        decided_by="executive meeting",
        why="The pilot reached what was registered as worth having",
    ),
    Decision(
        date=date(2026, 9, 28),
        decision="No further rounds of the bill on one page",
        kind=DecisionKind.STOP,
        decided_by="CFO",
        why="The data cannot tell one page from three; the middle of its case is a loss",
    ),
    Decision(
        date=date(2026, 11, 9),
        decision="Ring back in all four depots within three days, from January",
        kind=DecisionKind.START,
        decided_by="executive meeting",
        why="Two depots do it, and it costs them an hour a day",
    ),
)

SPEND = (
    Spend(
        date=date(2026, 8, 21),
        item="Two people on complaints for a spring",
        amount=Decimal("4200"),
        owner="head of contact centre",
    ),
    Spend(date=date(2026, 8, 31), item="Hand-held notes for two depots", amount=Decimal("8200"), owner="coo"),
    Spend(date=date(2026, 10, 31), item="Half a planner for the pilot", amount=Decimal("2950"), owner="coo"),
)
