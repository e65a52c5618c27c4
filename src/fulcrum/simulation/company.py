"""The simulated company as one value: `Tidewater Broadband`, seeded, labelled simulated."""

from datetime import date
from decimal import Decimal

from fulcrum.core.company import (
    ApprovedStory,
    Ask,
    AskStatus,
    Company,
    Consent,
    Initiative,
    JourneyShift,
    MechanismRecord,
    MechanismState,
    Move,
    Mover,
    OutsideMover,
    StoryKind,
    Vision,
)
from fulcrum.core.levers import Lever
from fulcrum.simulation.executives import AS_OF, CAST, GOALS, INFLUENCE, MOTIVATORS, REACTIONS, watch
from fulcrum.simulation.on_record import DECISIONS, PROMISES, RISKS, SPEND, WINS
from fulcrum.simulation.pulses import PULSES, ROUNDS

SEED = 20261116


def tidewater(*, seed: int = SEED) -> Company:
    """The company folder of Tidewater Broadband: a regional operator whose repairs do not hold."""
    seen = tuple(one for place, cast in enumerate(CAST) for one in watch(cast, seed=seed + place))
    return Company(
        name="Tidewater Broadband",
        industry="telecom",
        currency="EUR",
        as_of=AS_OF,
        is_simulated=True,
        hours_per_week=10,
        initiatives=(REPAIR, ONE_PAGE_BILL, NAMED_PERSON),
        budget=Decimal("45000"),
        executives=tuple(cast.person for cast in CAST),
        influence=INFLUENCE,
        observations=tuple(sorted(seen, key=lambda one: (one.date, one.executive))),
        reactions=REACTIONS,
        goals=GOALS,
        motivators=MOTIVATORS,
        asks=ASKS,
        moves=MOVES,
        pulse_rounds=ROUNDS,
        pulses=PULSES,
        mechanisms=MECHANISMS,
        wins=WINS,
        risks=RISKS,
        promises=PROMISES,
        decisions=DECISIONS,
        spend=SPEND,
        context=CONTEXT,
        vision=VISION,
        stories=STORIES,
        contact="cx-team@tidewater.example",
    )


REPAIR = Initiative(
    name="First-contact repair",
    one_off=Decimal("18000"),
    running=Decimal("9000"),
    horizon_years=3,
    reach=7000,
    moved_share=0.18,
    owner="coo",
    comparison="repair_spend",
    pilot="first_contact_repair",
)
ONE_PAGE_BILL = Initiative(
    name="Bill on one page",
    one_off=Decimal("24000"),
    running=Decimal("3000"),
    horizon_years=3,
    reach=17_000,
    moved_share=0.9,
    comparison="bill_stayed",
)
NAMED_PERSON = Initiative(
    name="One person until it is solved",
    one_off=Decimal("6000"),
    running=Decimal("2500"),
    horizon_years=3,
    reach=2500,
    moved_share=0.12,
    comparison="score_stayed",
    pilot="named_person",
)

ASKS = (
    Ask(
        executive="coo",
        step="second-headset",
        asked_on=date(2026, 5, 18),
        due=date(2026, 6, 8),
        status=AskStatus.DONE,
        closed_on=date(2026, 5, 22),
        note="Two hours with a headset in the contact centre",
    ),
    Ask(
        executive="coo",
        step="silliest-rule",
        asked_on=date(2026, 6, 1),
        due=date(2026, 6, 18),
        status=AskStatus.LAPSED,
        closed_on=date(2026, 6, 18),
        note="Accepted, then a storm week came between",
    ),
    Ask(
        executive="cfo",
        step="lend-an-analyst",
        asked_on=date(2026, 9, 14),
        due=date(2026, 10, 5),
        status=AskStatus.DONE,
        closed_on=date(2026, 10, 2),
        note="One analyst for half a day; two assumptions corrected",
    ),
    Ask(
        executive="cmo",
        step="map-beyond-purchase",
        asked_on=date(2026, 9, 21),
        due=date(2026, 10, 12),
        status=AskStatus.DECLINED,
        closed_on=date(2026, 9, 30),
        note="No room before the autumn campaign",
    ),
    Ask(
        executive="chro",
        step="interview-question",
        asked_on=date(2026, 11, 9),
        due=date(2026, 11, 30),
        status=AskStatus.ASKED,
    ),
)

MOVES = (
    Move(
        id="m1",
        executive="coo",
        lever=Lever.EMPATHY,
        date=date(2026, 5, 18),
        note="Two hours of calls on repeat visits",
    ),
    Move(
        id="m2",
        executive="coo",
        lever=Lever.FIRST_STEPS,
        date=date(2026, 8, 24),
        note="Asked for a named act",
    ),
    Move(
        id="m3",
        executive="cfo",
        lever=Lever.OPPORTUNITIES,
        date=date(2026, 9, 8),
        note="First case shown, with its low side",
    ),
    Move(id="m4", executive="ceo", lever=Lever.VISION, date=date(2026, 3, 2), note="One-page vision agreed"),
)

MECHANISMS = (
    MechanismRecord(
        mechanism="owner",
        state=MechanismState.AD_HOC,
        proof="The charter names the chief executive; two of six executives name somebody else",
        proven_on=date(2026, 10, 23),
    ),
    MechanismRecord(
        mechanism="agenda",
        state=MechanismState.IN_PLACE,
        proof="First item of the monthly executive meeting since March",
        proven_on=date(2026, 10, 12),
    ),
    MechanismRecord(
        mechanism="contact",
        state=MechanismState.AD_HOC,
        proof="Two executives sat with the contact centre in May and June",
        proven_on=date(2026, 6, 18),
    ),
    MechanismRecord(
        mechanism="closed-loop",
        state=MechanismState.AD_HOC,
        proof="Two of four depots ring back within three days",
        proven_on=date(2026, 9, 30),
    ),
    MechanismRecord(
        mechanism="board-reporting",
        state=MechanismState.IN_PLACE,
        proof="Customers gained and lost beside the result in the board pack",
        proven_on=date(2025, 9, 16),
    ),
    MechanismRecord(
        mechanism="recognition",
        state=MechanismState.AD_HOC,
        proof="Service awards as part of the transformation programme",
    ),
    MechanismRecord(mechanism="pay", state=MechanismState.ABSENT),
)

CONTEXT = (
    OutsideMover(date=date(2026, 6, 12), kind=Mover.CRISIS, note="Storm week: 900 lines down for two days"),
)

VISION = Vision(
    statement="A customer tells a fault once, and it is mended once.",
    journeys=(
        JourneyShift(
            journey="Repair",
            from_="Each visit starts from nothing",
            to="The engineer knows what was tried and stays on it",
            measure="Nine of ten faults mended at the first visit",
            by=date(2027, 6, 30),
        ),
        JourneyShift(
            journey="Bill",
            from_="Three pages and a number to ring",
            to="One page that says what changed and why",
            measure="Fewer than 4 calls about bills per 100 customers a month",
            by=date(2027, 3, 31),
        ),
    ),
    meaning=(
        ("coo", "Dispatch plans for visits that hold, not for visits a day"),
        ("cfo", "The cost of a fault is counted to its end, not per visit"),
        ("cmo", "We advertise nothing that the field cannot keep"),
    ),
    not_doing=("No new survey", "No discount in place of a repair"),
    approved_by="the chief executive",
    approved_on=date(2026, 3, 2),
)


def _story(id: str, quote: str, *, touchpoint: str, score: int, area: str) -> ApprovedStory:
    return ApprovedStory(
        id=id,
        quote=quote,
        touchpoint=touchpoint,
        score=score,
        area=area,
        approved_by="CX lead",
        approved_on=date(2026, 11, 3),
        consent=Consent.AGREED,
        kind=StoryKind.COMPLAINT,
    )


STORIES = (
    _story(
        "three-visits",
        "Three visits for one fault. Each time somebody new, and each time I told it from the start.",
        touchpoint="repair visit",
        score=1,
        area="field and contact centre",
    ),
    _story(
        "passed-on",
        "Passed on four times and asked for my account number each time.",
        touchpoint="contact centre",
        score=3,
        area="field and contact centre",
    ),
    _story(
        "six-euros",
        "The bill went up by six euros and the letter does not say why.",
        touchpoint="billing",
        score=4,
        area="finance",
    ),
)
