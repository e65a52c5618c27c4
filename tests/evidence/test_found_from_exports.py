"""From exports to findings: who is silent, how long customers stay, the worth of a point, controls."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from cell_maker import cells_of, shown
from folders import AS_OF, feedback, file, loaded, written

from fulcrum.core.company import Company
from fulcrum.core.findings import Finding
from fulcrum.core.quantities import Grade, Unknown
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.evidence.comparisons import comparisons
from fulcrum.evidence.dose_found import doses
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping_file import read_mapping
from fulcrum.evidence.response_found import response
from fulcrum.evidence.retention_found import stays, table_of
from fulcrum.evidence.tracing import Tracer
from fulcrum.simulation.exports import write_exports
from fulcrum.simulation.truth import Causes, Truth, imagine

COMPANY = Company(name="A company", industry="any", currency="EUR", as_of=AS_OF)
LEAK = Unknown(reason="It leaks.", needs="A date.")
BASE = 'customer = "customer"\nstarted = "started"\nended = "ended"\n[files.segments]\nline = "line"'
LANDMARK = '[landmark]\ndate = "2025-01-01"\noutcome_months = 12\n'


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """A simulated company's data, with what is true in it."""
    folder = tmp_path_factory.mktemp("known")
    everyone, truth = imagine(12_000, Causes(), seed=11)
    write_exports(everyone, folder, seed=11)
    return folder, truth


@contextmanager
def given_of(folder: Path, rules: EvidenceRules, case_rules: CaseRules) -> Iterator[Given]:
    """What a step of the engine is given for one data folder."""
    with loaded(folder) as data:
        assert not data.errors
        yield Given(
            loaded=data,
            company=COMPANY,
            rules=rules,
            case_rules=case_rules,
            tracer=Tracer(data.files, "test"),
            seed=1,
        )


def by_key(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """Findings by their key, each once."""
    found = {one.key: one for one in findings}
    assert len(found) == len(findings)
    return found


def small(folder: Path, *, more: str = "", feelings: bool = True) -> Path:
    """1,000 customers of two lines; 200 of line a and 50 of line b answered, a with 9 and b with 4 or so."""
    lines = ["a" if i < 500 else "b" for i in range(1_000)]
    base = "customer,started,ended,line\n" + "".join(
        f"{i},2020-01-01,{'2025-06-15' if i % 5 == 0 else ''},{line}\n" for i, line in enumerate(lines)
    )
    who = [*range(200), *range(500, 550)]
    answers = "customer,score,on\n" + "".join(
        f"{i},{(8 + i % 3) if lines[i] == 'a' else (3 + i % 3)},2024-05-01\n" for i in who
    )
    mapping = feedback(columns='answered_at = "on"') + more
    if feelings:
        mapping += file("c.csv", "customers", BASE) + LANDMARK
    return written(folder, mapping, {"f.csv": answers, "c.csv": base})


# Who answered


def test_the_rate_counts_the_base_and_not_the_answers(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(small(tmp_path), rules, case_rules) as given:
        rate = shown(by_key(response(given))["response.rate"].result)
    assert (rate.value, rate.n) == (0.25, 1_000)


def test_the_score_is_weighted_to_the_base_and_says_what_weights_cannot_mend(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(small(tmp_path), rules, case_rules) as given:
        found = by_key(response(given))
    plain, raked = (shown(found[f"response.score.{name}"].result) for name in ("answered", "raked"))
    assert plain.value == pytest.approx((200 * 9 + 50 * 4) / 250, abs=0.05)
    assert raked.value == pytest.approx((9 + 4) / 2, abs=0.05)  # both lines are as large
    assert shown(found["response.design_effect"].result).value == pytest.approx(1.5625)
    said = found["response.score.raked"].caveats[-1].text
    assert "It cannot mend" in said
    assert "25" in said


def test_silence_bounds_the_score_whatever_they_feel(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(small(tmp_path), rules, case_rules) as given:
        found = by_key(response(given))
    seen = shown(found["response.score.answered"].result).value
    low, high = (shown(found[f"response.score.{name}"].result).value for name in ("lowest", "highest"))
    assert (low, high) == pytest.approx((0.25 * seen, 0.25 * seen + 7.5))
    turning = shown(found["response.score.turning"].result).value
    assert 0.25 * seen + 0.75 * turning == pytest.approx(7)


def test_those_who_answer_are_held_against_those_who_do_not(
    known: tuple[Path, Truth], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(known[0], rules, case_rules) as given:
        found = by_key(response(given))
    for outcome in ("stayed", "spend"):
        answered, silent, gap = (
            shown(found[f"response.{outcome}.{side}"].result) for side in ("answered", "silent", "gap")
        )
        assert gap.value == pytest.approx(answered.value - silent.value)
        assert gap.value in gap.interval
        assert (answered.n or 0) + (silent.n or 0) == gap.n


def test_declared_shares_stand_in_where_no_file_knows_the_base(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    rows = "customer,score,line\n" + "".join(
        f"{i},{9 if i < 80 else 4},{'a' if i < 80 else 'b'}\n" for i in range(100)
    )
    more = '[files.segments]\nline = "line"\n[[margins]]\nfield = "line"\nshares = { a = 0.5, b = 0.5 }\n'
    written(tmp_path, feedback() + more, {"f.csv": rows})
    with given_of(tmp_path, rules, case_rules) as given:
        found = by_key(response(given))
    assert set(found) == {
        "response.score.answered",
        "response.score.raked",
        "response.nps.answered",
        "response.nps.raked",
        "response.design_effect",
    }
    assert shown(found["response.score.raked"].result).value == pytest.approx(6.5)
    assert "not known" in found["response.score.raked"].caveats[-1].text


def test_a_part_of_the_base_from_which_nobody_answered_is_named_and_not_guessed(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    small(tmp_path, more="")
    text = (tmp_path / "f.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "f.csv").write_text("\n".join(text[:201]) + "\n", encoding="utf-8")
    mapping = tmp_path / "mapping.toml"
    with given_of(tmp_path, rules, case_rules) as given:
        assert "response.score.raked" not in by_key(response(given))
    mapping.write_text(
        mapping.read_text(encoding="utf-8") + '[[margins]]\nfield = "line"\n', encoding="utf-8"
    )
    with given_of(tmp_path, rules, case_rules) as given:
        raked = by_key(response(given))["response.score.raked"].result
    assert isinstance(raked, Unknown)
    assert "line “b”" in raked.reason


@pytest.mark.parametrize(
    ("margin", "said"),
    [
        ('field = "lines"', "no segment field"),
        ('field = "line"\nshares = { a = 0.5, b = 0.6 }', "do not add up to 1"),
        ('field = "line"\n[[margins]]\nfield = "line"', "listed twice"),
    ],
)
def test_margins_that_cannot_be_are_problems(tmp_path: Path, margin: str, said: str) -> None:
    small(tmp_path)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(mapping.read_text(encoding="utf-8") + f"[[margins]]\n{margin}\n", encoding="utf-8")
    read, problems = read_mapping(tmp_path)
    assert read is None
    assert any(said in one.what for one in problems)


# How long they stay


def test_leavers_and_those_seen_to_the_end_stand_in_their_months() -> None:
    month = [0, 0, 2, 12, 12, 12, 5]
    left = [1, 1, 1, 0, 0, 0, 0]
    table = table_of(cells_of({"month": month, "left": left}, [1.0] * 7), 12)
    assert table.events.tolist() == [2, 0, 1] + [0] * 9
    assert table.at_risk.tolist() == [7, 5, 5, 4, 4, 4, 3, 3, 3, 3, 3, 3]


def test_the_curve_ends_at_the_share_who_stayed_and_months_are_their_mean(
    known: tuple[Path, Truth], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(known[0], rules, case_rules) as given:
        held = stays(given, comparisons(given, None), None)
    curves = {curve.key: curve for curve in held.curves}
    assert {"curve.band.9 to 10", "curve.band.Did not answer", "curve.repair.repeated"} <= set(curves)
    with (known[0] / "customers.csv").open(encoding="utf-8") as rows:
        base = [
            row
            for row in csv.DictReader(rows)
            if row["joined_on"] < "2025-11-01" and not (row["left_on"] and row["left_on"] < "2025-11-01")
        ]
    repeated = [row for row in base if row["repair_2025"] == "repeated"]
    stayed = np.mean([not row["left_on"] or row["left_on"] >= "2026-11-01" for row in repeated])
    curve = curves["curve.repair.repeated"]
    assert curve.n == len(repeated)
    assert curve.months[-1].staying.value == pytest.approx(stayed)
    found = by_key(held.findings)
    crude, adjusted = (shown(found[f"months.{name}.repair_spend"].result) for name in ("crude", "adjusted"))
    assert crude.value < adjusted.value < 0
    assert adjusted.grade is Grade.ADJUSTED
    money = shown(found["months.money.repair_spend"].result)
    assert money.unit.kind == "money"
    assert money.value == pytest.approx(adjusted.value * 48, rel=0.15)  # about 48 a month in this company
    assert found["months.money.repair_spend"].caveats


def test_a_leaking_score_has_no_curve_by_band_and_the_comparison_keeps_its_own(
    known: tuple[Path, Truth], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(known[0], rules, case_rules) as given:
        held = stays(given, comparisons(given, LEAK), LEAK)
    keys = {curve.key for curve in held.curves}
    assert {"curve.repair.repeated", "curve.repair.held"} <= keys
    assert not [key for key in keys if key.startswith("curve.band")]
    assert [one.refusal for one in held.findings][:3] == ["Link refused"] * 3


def test_customers_lost_sight_of_keep_the_curve_and_take_the_adjusted_months(
    tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    rows = "customer,started,ended,seen,line\n" + "".join(
        f"{i},2020-01-01,{'2025-06-15' if i % 5 == 0 else ''},"
        f"{'2025-08-15' if i % 7 == 0 else ''},{'ab'[i % 2]}\n"
        for i in range(400)
    )
    base = BASE.replace("[files", 'observed_until = "seen"\n[files')
    comparison = (
        '[[comparisons]]\nkey = "line"\ntitle = "a against b"\nexposure = "line"\nexposed = "a"\n'
        'against = "b"\noutcome = "stayed"\nadjust = ["line"]\n'
    )
    written(tmp_path, file("c.csv", "customers", base) + LANDMARK + comparison, {"c.csv": rows})
    with given_of(tmp_path, rules, case_rules) as given:
        held = stays(given, comparisons(given, None), None)
    found = by_key(held.findings)
    assert len(held.curves) == 2
    assert found["months.adjusted.line"].refusal == "Not adjusted"
    assert shown(found["months.crude.line"].result).n == 400


# What a point of score goes with


def test_a_point_of_score_goes_with_staying_and_money(
    known: tuple[Path, Truth], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(known[0], rules, case_rules) as given:
        found = by_key(doses(given, None))
        assert {shown(one.result).trace for one in found.values()} <= {one.id for one in given.tracer.made}
    assert shown(found["dose.stayed.per_point"].result).value > 0
    assert shown(found["dose.stayed.odds"].result).value > 1
    assert shown(found["dose.stayed.falls"].result).value > 0.05
    assert "rises with the score throughout" in found["dose.stayed.per_point"].caveats[0].text
    assert {shown(one.result).grade for one in found.values()} == {Grade.RAW}


def test_a_leaking_score_has_no_dose(
    known: tuple[Path, Truth], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(known[0], rules, case_rules) as given:
        assert {one.refusal for one in doses(given, LEAK)} == {"Link refused"}


# Negative controls


def test_a_control_passes_where_only_what_came_after_differs(
    known: tuple[Path, Truth], rules: EvidenceRules, case_rules: CaseRules
) -> None:
    with given_of(known[0], rules, case_rules) as given:
        for one in comparisons(given, None):
            control = one.comparison.control
            if one.asked.exposure == "repair" and control is not None:
                assert control.verdict == "passed"
                assert shown(one.comparison.adjusted.result).grade is Grade.ADJUSTED
                assert abs(shown(control.result).value) < 15  # of about 500 a year


def test_a_control_fails_where_a_hidden_cause_parted_the_groups_before(
    known: tuple[Path, Truth], tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    _copied(known[0], tmp_path)
    with (known[0] / "customers.csv").open(encoding="utf-8") as file:
        repeated = {row["customer_id"] for row in csv.DictReader(file) if row["repair_2025"] == "repeated"}
    with (known[0] / "invoices.csv").open(encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    with (tmp_path / "invoices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(
            [id, day, f"{float(amount) * (0.7 if id in repeated else 1):.2f}"] for id, day, amount in rows
        )
    with given_of(tmp_path, rules, case_rules) as given:
        spend = comparisons(given, None)[0].comparison
    assert spend.control is not None
    assert spend.control.verdict == "failed"
    assert any("negative control failed" in caveat.text for caveat in spend.adjusted.caveats)
    assert any("graded as a raw one" in caveat.text for caveat in spend.adjusted.caveats)
    assert shown(spend.adjusted.result).grade is Grade.RAW


def test_without_spend_before_the_landmark_no_control_is_possible_and_it_says_what_is_needed(
    known: tuple[Path, Truth], tmp_path: Path, rules: EvidenceRules, case_rules: CaseRules
) -> None:
    _copied(known[0], tmp_path)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("pre_months = 12", "pre_months = 0"), encoding="utf-8"
    )
    with given_of(tmp_path, rules, case_rules) as given:
        control = comparisons(given, None)[0].comparison.control
    assert control is not None
    assert control.verdict == "not possible"
    assert isinstance(control.result, Unknown)
    assert "pre_months" in control.result.needs


def _copied(source: Path, target: Path) -> None:
    for path in source.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
