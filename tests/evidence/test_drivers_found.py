"""Drivers from exports: products equal those of the rows, refusals are said, and the known order is found."""

from pathlib import Path

import numpy as np
import pytest
from cell_maker import shown
from folders import AS_OF, feedback, file, loaded, mapped

from fulcrum.core.company import Company
from fulcrum.core.findings import DriverAnalysis
from fulcrum.core.quantities import Grade, Unknown
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.drivers_found import drivers
from fulcrum.evidence.given import Given
from fulcrum.evidence.methods.cross_products import cross_products
from fulcrum.evidence.rating_queries import behaviour_products, rating_products
from fulcrum.evidence.tracing import Tracer
from fulcrum.simulation.exports import write_exports
from fulcrum.simulation.truth import ASPECTS, Causes, imagine

COMPANY = Company(name="A company", industry="any", currency="EUR", as_of=AS_OF)
RATED = 'ratings.ease = { column = "q1", scale = [1, 5], not_applicable = ["n/a"] }\nratings.price = "q2"'
LEAVERS = 'customer = "customer"\nstarted = "started"\nended = "ended"'
MONEY = 'customer = "customer"\nat = "at"\namount = "amount"'
LANDMARK = '[landmark]\ndate = "2025-01-01"\noutcome_months = 12\n'


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated company's data, in which what moves the score is known."""
    folder = tmp_path_factory.mktemp("known")
    everyone, _ = imagine(25_000, Causes(), seed=11)
    write_exports(everyone, folder, seed=11)
    return folder


def found(
    folder: Path, rules: EvidenceRules, case_rules: CaseRules, leaking: Unknown | None = None
) -> tuple[DriverAnalysis, ...]:
    """The rankings of one data folder."""
    with loaded(folder) as data:
        given = Given(
            loaded=data,
            company=COMPANY,
            rules=rules,
            case_rules=case_rules,
            tracer=Tracer(data.files, "test"),
            seed=1,
        )
        return drivers(given, leaking)


def test_a_rating_that_does_not_apply_is_neither_low_nor_missing(
    tmp_path: Path,
) -> None:
    text = "customer,score,q1,q2\na,9,5,4\nb,3,n/a,1\nc,7,,2\nd,10,4,5\n"
    with loaded(tmp_path, feedback(columns=RATED), {"f.csv": text}) as data:
        products = rating_products(data)
        assert not data.errors
    assert products.unusable("ease") == (1, 1)
    assert products.complete("ease", "price", "score").cases == 2


def test_a_text_that_nobody_declared_as_not_applicable_is_a_problem(tmp_path: Path) -> None:
    text = "customer,score,q1,q2\na,9,does not apply,4\n"
    with loaded(tmp_path, feedback(columns=RATED), {"f.csv": text}) as data:
        assert data.errors


def test_products_with_behaviour_equal_those_of_each_customers_last_answer(tmp_path: Path) -> None:
    answers = "customer,score,q1,q2,on\n1,2,1,1,2024-03-01\n1,9,5,4,2024-05-01\n2,3,n/a,1,2024-05-01\n"
    answers += "3,8,4,3,2024-06-01\n4,8,4,3,2025-06-01\n"
    rows = "customer,started,ended\n1,2020-01-01,\n2,2020-01-01,2025-03-01\n3,2020-01-01,\n4,2020-01-01,\n"
    paid = "customer,at,amount\n1,2025-02-01,10.25\n1,2025-03-01,5.5\n3,2025-02-01,0.1\n"
    mapping = feedback(columns=f'answered_at = "on"\n{RATED}')
    mapping += file("c.csv", "customers", LEAVERS) + file("t.csv", "transactions", MONEY) + LANDMARK
    with loaded(tmp_path, mapping, {"f.csv": answers, "c.csv": rows, "t.csv": paid}) as data:
        products = behaviour_products(data, ("stayed", "spend"))
    assert products.rows == 3
    assert products.unusable("ease") == (0, 1)
    ratings = np.array([[5, 4, 1, 15.75], [np.nan, 1, 0, 0], [4, 3, 1, 0.1]])
    not_applicable = np.isnan(ratings)
    expected = cross_products(products.names, ratings, np.array([1, 2, 3]), inapplicable=not_applicable)
    for names in (("price", "stayed", "spend"), ("ease", "price", "spend")):
        one, other = products.complete(*names).total, expected.complete(*names).total
        assert one.products == pytest.approx(other.products)
        assert one.sums == pytest.approx(other.sums)


def test_the_known_order_of_causes_is_found_against_the_score(
    known: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    rankings = found(known, rules, case_rules)
    keys = [one.key for one in rankings if ".among." not in one.key]
    assert keys == ["drivers.score", "drivers.stayed", "drivers.spend"]
    score = rankings[0]
    order = [driver.key for driver in score.ranked]
    for place, key in enumerate(ASPECTS, start=1):
        low, high = score.ranked[order.index(key)].places or (0, 0)
        assert low <= place <= high, key
    assert order[0] == "reached_a_person"
    assert shown(score.explained).grade is Grade.RAW
    assert sum(shown(driver.share).value for driver in score.ranked) == pytest.approx(1)


@pytest.mark.slow
def test_a_rating_that_concerns_few_is_set_apart_and_ranked_among_those_it_concerns(
    known: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    score, among, *_ = found(known, rules, case_rules)
    apart = next(driver for driver in score.drivers if driver.key == "repair_held")
    assert isinstance(apart.share, Unknown)
    assert "not applicable" in apart.share.reason
    assert "repair_held" in {driver.key for driver in among.ranked[:2]}
    assert among.n < score.n


@pytest.mark.slow
def test_a_leaking_outcome_is_not_ranked_and_the_score_still_is(
    known: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    why = Unknown(reason="It leaks.", needs="A date.")
    score, *_, stayed, spend = found(known, rules, case_rules, leaking=why)
    assert shown(score.explained).value > 0.2
    assert stayed.explained == spend.explained == why


def test_too_few_answers_say_how_many_are_needed(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    text = "customer,score,q1,q2\n" + "".join(f"{i},{i % 11},{i % 5 + 1},{i % 3}\n" for i in range(30))
    with loaded(tmp_path, feedback(columns=RATED), {"f.csv": text}):
        pass
    (only,) = found(tmp_path, rules, case_rules)
    assert isinstance(only.explained, Unknown)
    assert "66 complete answers" in only.explained.needs


def test_without_ratings_there_is_nothing_to_rank(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with loaded(tmp_path, feedback(), {"f.csv": "customer,score\na,9\n"}):
        pass
    assert found(tmp_path, rules, case_rules) == ()


def test_the_mapping_reads_what_does_not_apply(tmp_path: Path) -> None:
    with loaded(tmp_path, feedback(columns=RATED), {"f.csv": "customer,score,q1,q2\na,9,5,4\n"}):
        pass
    ease, price = mapped(tmp_path).files[0].ratings
    assert ease.not_applicable == ("n/a",)
    assert ease.scale == (1, 5)
    assert price.not_applicable == ()
