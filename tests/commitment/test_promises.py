"""Whether word was kept: what counts as a promise, what became of it, and when a share may be said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from commitment_teams import TODAY, company

from fulcrum.commitment.promises import each_executives_word, executives_word, teams_word
from fulcrum.core.company import Ask, AskStatus, Promise
from fulcrum.core.progress import WordKept
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.evidence.methods.intervals import share_interval

DAY = timedelta(days=1)
FATES = ("in_time", "late", "overdue", "lapsed", "waiting")


def word(playbook, *asks: Ask) -> WordKept:
    how = {"as_of": TODAY, "rules": playbook.evidence, "interval": share_interval}
    return executives_word(company(asks=asks), **how)


def ask(status: AskStatus, due: date | None = None, closed: date | None = None, **more) -> Ask:
    put = TODAY - 60 * DAY
    return Ask(
        **{"executive": "cfo", "step": "a step"} | more,
        asked_on=put,
        due=due,
        status=status,
        closed_on=closed,
    )


@pytest.mark.parametrize(
    ("given", "fate"),
    [
        (ask(AskStatus.DONE, TODAY - 9 * DAY, TODAY - 9 * DAY), "in_time"),
        (ask(AskStatus.DONE, TODAY - 9 * DAY, TODAY - 8 * DAY), "late"),
        (ask(AskStatus.DONE, None, TODAY - 8 * DAY), "in_time"),
        (ask(AskStatus.ACCEPTED, TODAY - DAY), "overdue"),
        (ask(AskStatus.ACCEPTED, TODAY), "waiting"),
        (ask(AskStatus.ACCEPTED), "waiting"),
        (ask(AskStatus.LAPSED, TODAY - DAY), "lapsed"),
        (ask(AskStatus.DECLINED, TODAY - DAY, TODAY), None),
        (ask(AskStatus.ASKED, TODAY - DAY), None),
        (ask(AskStatus.PROPOSED), None),
    ],
)
def test_an_ask_that_was_accepted_is_a_promise_with_one_fate(playbook, given, fate):
    found = word(playbook, given)
    assert {name: getattr(found, name) for name in FATES} == {name: int(name == fate) for name in FATES}
    assert found.given == (0 if fate is None else 1)


def test_the_say_do_ratio_is_what_was_kept_in_time_of_what_came_due(playbook):
    """15 of 20 that came due. R: prop.test gives 0.5313 (without correction), qbeta(.95, 16, 5) 0.8959192."""
    kept = [ask(AskStatus.DONE, TODAY, TODAY)] * 15
    late = [ask(AskStatus.DONE, TODAY - 2 * DAY, TODAY)] * 3
    rest = [ask(AskStatus.ACCEPTED, TODAY - DAY), ask(AskStatus.LAPSED, TODAY)]
    found = word(playbook, *kept, *late, *rest, *[ask(AskStatus.ACCEPTED)] * 4)
    assert isinstance(found.kept, Estimate)
    assert (found.kept.value, found.kept.n, found.given, found.came_due) == (0.75, 20, 24, 20)
    assert found.kept.interval.low == pytest.approx(0.5313, abs=5e-4)
    assert found.kept.interval.high == pytest.approx(0.8959192, abs=1e-7)


def test_a_few_promises_are_counted_and_give_no_share(playbook):
    found = word(playbook, *[ask(AskStatus.DONE, TODAY, TODAY)] * 19)
    assert isinstance(found.kept, Unknown)
    assert found.in_time == 19
    assert isinstance(word(playbook).kept, Unknown)


def test_the_team_is_measured_by_the_same_count(playbook):
    made = TODAY - 30 * DAY
    ours = tuple(
        Promise(promise=f"p{n}", made_on=made, due=due, kept_on=kept)
        for n, (due, kept) in enumerate(
            [
                (TODAY, TODAY),
                (TODAY - 9 * DAY, TODAY),
                (TODAY - DAY, None),
                (None, None),
                (None, TODAY),
                (TODAY - DAY, TODAY + DAY),
            ]
        )
    )
    later = Promise(promise="later", made_on=TODAY + DAY)
    how = {"as_of": TODAY, "rules": playbook.evidence, "interval": share_interval}
    found = teams_word(replace(company(), promises=(*ours, later)), **how)
    assert [getattr(found, name) for name in FATES] == [2, 1, 2, 0, 1]


def test_together_they_are_the_sum_of_each(playbook):
    asks = (
        ask(AskStatus.DONE, TODAY, TODAY),
        ask(AskStatus.LAPSED, TODAY, executive="coo"),
        ask(AskStatus.ACCEPTED, executive="coo"),
    )
    how = {"as_of": TODAY, "rules": playbook.evidence, "interval": share_interval}
    each = each_executives_word(company(asks=asks), **how)
    together = executives_word(company(asks=asks), **how)
    assert [one.executive for one in each] == ["cfo", "coo"]
    for name in (*FATES, "given"):
        assert sum(getattr(one, name) for one in each) == getattr(together, name)
