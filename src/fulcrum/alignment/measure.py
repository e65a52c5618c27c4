"""One round of the pulse measured whole: what the team agrees on, and where it does not see the same."""

from dataclasses import replace

from fulcrum.alignment import views
from fulcrum.alignment.change import changes
from fulcrum.alignment.given import Given
from fulcrum.alignment.rounds import Round, chief_of, rounds_of
from fulcrum.core.alignment import (
    Alignment,
    Asked,
    CustomersPlace,
    OwnedThen,
    Ownership,
    Perception,
    Priorities,
    Spread,
)
from fulcrum.core.company import Company
from fulcrum.core.findings import Trace, trace_of
from fulcrum.core.quantities import Result, Unknown
from fulcrum.core.rules import AlignmentRules

NO_PULSE = Unknown(
    reason="Nobody has answered a pulse yet.",
    needs="One round of the one-minute questionnaire among the executives.",
)


def measured(
    company: Company,
    *,
    rules: AlignmentRules,
    customers_say: Result,
    version: str,
    seed: int,
) -> Alignment:
    """The newest round, and its change since the one before it.

    `customers_say` is the mean answer of customers from 0 to 10, or why there is none.
    """
    found = rounds_of(company, same_round_days=rules.same_round_days.value)
    if not found:
        return _nothing(company, customers_say)
    now, trace = _given(found[-1], company, rules, version, seed)
    one = Alignment(
        asked=now.round.asked,
        ownership=views.ownership(now),
        priorities=views.priorities(now),
        customers=views.customers_place(now),
        perception=views.perception(now, customers_say),
        spread=views.spread(now),
        words=views.own_words(now),
        since=None,
        changes=(),
        cautions=now.round.cautions,
        traces=(trace,),
    )
    earlier = [_given(round, company, rules, version, seed) for round in found[:-1]]
    history = (
        *(_owned(before) for before, _ in earlier),
        OwnedThen(asked=now.round.asked, ownership=one.ownership),
    )
    one = replace(one, history=history)
    return one if not earlier else _since(one, now, earlier[-1])


def rounds_answered(company: Company, *, rules: AlignmentRules) -> tuple[Asked, ...]:
    """Every round that somebody answered, the earliest first."""
    return tuple(one.asked for one in rounds_of(company, same_round_days=rules.same_round_days.value))


def _owned(given: Given) -> OwnedThen:
    return OwnedThen(asked=given.round.asked, ownership=views.ownership(given))


def _since(one: Alignment, now: Given, earlier: tuple[Given, Trace]) -> Alignment:
    before, trace = earlier
    w = views.priorities(before).w, one.priorities.w
    return replace(
        one, since=before.round.asked, changes=changes(before, now, w), traces=(*one.traces, trace)
    )


def _given(
    round: Round, company: Company, rules: AlignmentRules, version: str, seed: int
) -> tuple[Given, Trace]:
    asked = round.asked
    trace = trace_of(
        files=(),
        query=f"answers of the round {asked.id}, {asked.first} to {asked.last}, of {company.name}",
        parameters=(
            ("answered", f"{asked.answered} of {asked.executives}"),
            ("answers at least", f"{rules.answers_at_least.value:g}"),
            ("confidence", f"{rules.confidence.value:g}"),
            ("permutations", f"{rules.permutations.value:g}"),
            ("seed", str(seed)),
        ),
        method="alignment of one round",
        version=version,
    )
    return Given(round=round, rules=rules, trace=trace.id, seed=seed), trace


def _nothing(company: Company, said: Result) -> Alignment:
    none = NO_PULSE
    return Alignment(
        asked=None,
        ownership=Ownership(
            chief=chief_of(company),
            own=None,
            colleagues=none,
            gap=none,
            agree=none,
            named=(),
            place=None,
            has_ranked=False,
        ),
        priorities=Priorities(w=none, chance=none, alpha=none, items=(), rankings=0),
        customers=CustomersPlace(share=none, places=()),
        perception=Perception(guess=none, said=said, gap=none, guesses=()),
        spread=Spread(mean=none, deviation=none, places=()),
        words=(),
        since=None,
        changes=(),
        cautions=(),
    )
