"""From a marketplace's order exports to the briefs of a COO and of the board, through the command line."""

import csv
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from journey_documents import FORMATS, pdf_pages, reading, squeezed, taken_apart
from journey_folders import DEADLINES, MARKETPLACE, ORDERS, WEIGHT, company_folder

from fulcrum import workflow
from fulcrum.briefing.contents import blocks_of, figures_in
from fulcrum.core.brief import Brief, FigureTable, Paragraph
from fulcrum.core.levers import Barrier
from fulcrum.core.people import Level
from fulcrum.core.quantities import Estimate
from fulcrum.core.shown import Refused

pytestmark = [pytest.mark.shared_data, pytest.mark.slow]

Told = Callable[..., Any]
Rows = list[dict[str, str]]
DELIVERED = 18.654  # delivered orders that one in the sample stands for
NAMES = ("coo", "board")


@dataclass(frozen=True)
class Exports:
    """The rows of the exports, as Python's own reader gives them."""

    orders: dict[str, dict[str, str]]
    reviews: Rows
    items: Rows

    def weight(self, order: str) -> float:
        return DELIVERED if self.orders[order]["order_status"] == "delivered" else 1.0

    def is_late(self, order: str) -> bool | None:
        """None where it was never delivered."""
        arrived = self.orders[order]["order_delivered_customer_date"]
        return (
            moment(arrived) > moment(self.orders[order]["order_estimated_delivery_date"]) if arrived else None
        )

    def is_early(self, review: dict[str, str]) -> bool:
        """Whether it was given before the parcel was there."""
        arrived = self.orders[review["order_id"]]["order_delivered_customer_date"]
        return bool(arrived) and moment(review["review_answer_timestamp"]) < moment(arrived)

    def mean(self, reviews: Rows, *, weighted: bool) -> float:
        weights = [self.weight(row["order_id"]) if weighted else 1.0 for row in reviews]
        scores = [int(row["review_score"]) for row in reviews]
        return sum(w * y for w, y in zip(weights, scores, strict=True)) / sum(weights)


@pytest.fixture(scope="module")
def exports(shared_data: Path) -> Exports:
    def rows(name: str) -> Rows:
        path = shared_data / "olist" / f"olist_{name}_dataset.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return Exports(
        orders={row["order_id"]: row for row in rows("orders")},
        reviews=rows("order_reviews"),
        items=rows("order_items"),
    )


@pytest.fixture(scope="module")
def folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company_folder(
        tmp_path_factory.mktemp("marketplace") / "mercado", MARKETPLACE, ORDERS, shared_data / "olist"
    )


@pytest.fixture(scope="module")
def told(fulcrum, folder: Path) -> Told:
    def run(command: str) -> Any:
        done = fulcrum(command, folder, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def evidence(told: Told) -> dict[str, Any]:
    return told("evidence")["evidence"]


@pytest.fixture(scope="module")
def documents(fulcrum, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("briefs")
    for who in (("--executive", "coo"), ("--board",)):
        done = fulcrum("brief", folder, *who, "--out", out)
        assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def briefs(folder: Path) -> dict[str, Brief]:
    """The same briefs as values, to know what must stand in the documents."""
    workspace = workflow.open_workspace(folder, today=date(2026, 11, 22))
    found = workflow.gather(workspace)
    chosen = workflow.choices(workspace, workflow.assess(workspace), found)
    choice = next(one for one in chosen if one.executive == "coo")
    return {
        "coo": workflow.brief_for(workspace, "coo", found, choice),
        "board": workflow.brief_for_board(workspace, found),
    }


def test_the_folder_checks_without_an_error(fulcrum, folder: Path) -> None:
    done = fulcrum("check", folder, "--json")
    assert done.returncode == 0
    assert {one["severity"] for one in json.loads(done.stdout)["problems"]} == {"note"}


def test_two_days_to_come_stop_until_the_line_that_check_names_is_written(
    fulcrum, shared_data: Path, tmp_path: Path
) -> None:
    mapping = ORDERS.replace(DEADLINES, "")
    folder = company_folder(tmp_path / "ahead", MARKETPLACE, mapping, shared_data / "olist")
    done = fulcrum("check", folder, "--json")
    assert done.returncode == 1
    (error,) = (one for one in json.loads(done.stdout)["problems"] if one["severity"] == "error")
    assert (error["code"], error["row"], error["column"]) == ("future", 628, "shipping_limit_date")
    assert DEADLINES.removeprefix(", ") in error["remedy"]


def test_where_and_next_speak_of_everybody(told: Told) -> None:
    levels = {
        one["belief"]["executive"]: one["belief"]["level"]["value"] for one in told("where")["executives"]
    }
    assert list(levels) == ["ceo", "cfo", "coo", "cmo"]
    assert levels["cfo"] < levels["coo"]
    chosen = {one["executive"]: one for one in told("next")["choices"]}
    assert chosen["coo"]["step"]["step"] != "listening-chair"  # done a month ago
    assert chosen["cfo"]["step"]["step"] != "lend-an-analyst"  # declined a month ago


def test_every_row_of_every_export_is_accounted_for(evidence: dict[str, Any], exports: Exports) -> None:
    files = {file["name"]: file for file in evidence["files"]}
    assert files["olist_order_reviews_dataset.csv"]["rows"] == len(exports.reviews) == 8225
    assert files["olist_orders_dataset.csv"]["rows"] == len(exports.orders) == 8135
    for file in files.values():
        assert file["rows"] == file["accepted"] + file["rejected"] + file["skipped"]


def test_the_mean_score_is_that_of_all_orders_and_not_of_the_sample(
    evidence: dict[str, Any], exports: Exports
) -> None:
    found = result(evidence, "score.all")
    assert found["value"] == pytest.approx(exports.mean(exports.reviews, weighted=True), abs=1e-6)
    assert found["low"] < found["value"] < found["high"]
    assert (round(found["value"], 2), found["n"], found["grade"]) == (4.07, 8225, "D")


def test_without_the_weights_the_sample_speaks_for_itself_alone(
    shared_data: Path, tmp_path: Path, exports: Exports
) -> None:
    folder = company_folder(tmp_path / "raw", MARKETPLACE, ORDERS.replace(WEIGHT, ""), shared_data / "olist")
    found = mean_score(folder)
    assert found.value == pytest.approx(exports.mean(exports.reviews, weighted=False), abs=1e-6)
    assert round(found.value, 2) == 3.27


@pytest.mark.parametrize(("weight", "mean"), [("", 3.26), (WEIGHT, 4.06)])
def test_with_each_orders_last_answer_alone_the_published_means_return(
    shared_data: Path, tmp_path: Path, exports: Exports, weight: str, mean: float
) -> None:
    mapping = ORDERS.replace(WEIGHT, weight)
    folder = company_folder(tmp_path / "once", MARKETPLACE, mapping, shared_data / "olist")
    last = {
        row["order_id"]: row
        for row in sorted(exports.reviews, key=lambda row: row["review_answer_timestamp"])
    }
    path = folder / "data" / "olist_order_reviews_dataset.csv"
    path.unlink()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, exports.reviews[0])
        writer.writeheader()
        writer.writerows(last.values())
    found = mean_score(folder)
    assert (round(found.value, 2), found.n) == (mean, 8135)


def test_late_and_on_time_orders_are_compared_crude_beside_adjusted(
    evidence: dict[str, Any], exports: Exports
) -> None:
    judged = [row for row in exports.reviews if not exports.is_early(row)]
    late, in_time = (
        [row for row in judged if exports.is_late(row["order_id"]) is side] for side in (True, False)
    )
    (gap,) = evidence["comparisons"]
    crude, adjusted = gap["crude"]["result"], gap["adjusted"]["result"]
    expected = exports.mean(late, weighted=True) - exports.mean(in_time, weighted=True)
    assert crude["value"] == pytest.approx(expected, abs=1e-6)
    assert crude["n"] == len(late) + len(in_time)
    assert (crude["grade"], adjusted["grade"]) == ("D", "D")  # most of the late side's answers are set apart
    assert adjusted["low"] < adjusted["value"] < adjusted["high"] < 0
    assert adjusted["n"] < crude["n"]  # thin strata are set apart, and said to be
    assert any("strata" in caveat["text"] for caveat in gap["adjusted"]["caveats"])
    assert any("before the experience was over" in caveat["text"] for caveat in gap["crude"]["caveats"])
    assert result(evidence, "score.late.yes")["value"] < result(evidence, "score.late.no")["value"]


def test_the_gap_of_all_answers_stands_beside_the_one_that_early_answers_were_taken_from(
    evidence: dict[str, Any], exports: Exports
) -> None:
    late, in_time = (
        [row for row in exports.reviews if exports.is_late(row["order_id"]) is side] for side in (True, False)
    )
    early = [sum(exports.is_early(row) for row in side) for side in (late, in_time)]
    whole = result(evidence, "gap.with_early.late_delivery")
    expected = exports.mean(late, weighted=True) - exports.mean(in_time, weighted=True)
    assert whole["value"] == pytest.approx(expected, abs=1e-6)
    assert round(whole["value"], 2) == -1.78
    assert whole["grade"] == "D"
    (gap,) = evidence["comparisons"]
    for side in ("crude", "adjusted"):
        said = " ".join(caveat["text"] for caveat in gap[side]["caveats"])
        assert f"Fragile: {early[0]} of {len(late)} answers of “yes”" in said
        assert f"{early[1]} of {len(in_time):,} of “no”" in said


def test_the_score_of_the_sample_stands_beside_that_of_all_orders(
    evidence: dict[str, Any], exports: Exports
) -> None:
    plain = result(evidence, "score.all.unweighted")
    assert plain["value"] == pytest.approx(exports.mean(exports.reviews, weighted=False), abs=1e-6)
    assert plain["grade"] == "D"


def test_the_case_says_what_is_at_stake_and_refuses_the_rest(told: Told, exports: Exports) -> None:
    (case,) = told("case")["cases"]
    spent = sum(
        float(item["price"]) * exports.weight(item["order_id"])
        for item in exports.items
        if exports.is_late(item["order_id"])
        and moment("2016-09-30 00:00:00")
        <= moment(item["shipping_limit_date"])
        < moment("2018-09-30 00:00:00")
        and moment(exports.orders[item["order_id"]]["order_purchase_timestamp"])
        < moment("2018-09-30 00:00:00")
    )
    assert case["at_stake"]["value"] == pytest.approx(spent / 2, rel=1e-9)
    assert (case["at_stake"]["grade"], case["at_stake"]["unit"]) == ("D", "BRL per year")
    assert (
        case["at_stake"]["low"] < case["at_stake"]["value"] < case["at_stake"]["high"]
    )  # 415 stand for more
    assert "weighted" in case["at_stake"]["method"]
    for name in ("upside", "inaction", "break_even", "gain_probability", "payback_months"):
        assert case[name]["unknown"] == "The comparison is of scores, and a score is no money."
        assert case[name]["needs"]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_the_table_has_the_same_digits_in_every_format(
    briefs: dict[str, Brief], documents: Path, name: str
) -> None:
    brief, texts = briefs[name], reading(documents, name)
    rows = [row for table in blocks_of(FigureTable, brief.sections) for row in table.rows]
    figures = [row for row in rows if not isinstance(row, Refused)]
    assert len(figures) >= 3
    for kind in FORMATS:
        for figure in figures:
            count = figure.n.replace(",", "") if kind == "xlsx" else figure.n
            for said in (figure.label, figure.said, figure.interval, count, figure.trace):
                assert squeezed(said) in texts[kind], (kind, figure.label, said)
        for refused in (row for row in rows if isinstance(row, Refused)):
            for said in (refused.label, refused.word, refused.reason, refused.needs):
                assert squeezed(said) in texts[kind], (kind, said)


@pytest.mark.parametrize("name", NAMES)
def test_no_brief_holds_what_we_believe_of_anybody(documents: Path, name: str) -> None:
    everything = {path.name: taken_apart(path) for path in sorted(documents.glob(f"{name}.*"))}
    assert len(everything) == len(FORMATS)
    for file, text in everything.items():
        for word in (*(level.label for level in Level), *(barrier.value for barrier in Barrier)):
            assert not re.search(rf"(?i)\b{re.escape(word)}\b", text), (file, word)
        for private in (
            "Came to the returns desk",
            "No room before the budget",
            "town hall",
            "moved no money",
        ):
            assert private not in text, (file, private)


@pytest.mark.parametrize(("name", "may_know"), [("coo", "Renata Siqueira"), ("board", "")])
def test_a_brief_names_no_executive_but_its_reader(documents: Path, name: str, may_know: str) -> None:
    people = [line.split(",")[1] for line in MARKETPLACE["executives.csv"].strip().splitlines()[1:]]
    for path in documents.glob(f"{name}.*"):
        text = taken_apart(path)
        assert [person for person in people if person in text] == ([may_know] if may_know else []), path.name


def test_what_moves_the_readers_goal_is_said_in_a_sentence_of_its_own(briefs: dict[str, Brief]) -> None:
    goal = briefs["coo"].section("goal")
    assert goal is not None
    (moved_by,) = (block.text for block in goal.blocks if isinstance(block, Paragraph))
    assert moved_by.startswith("What plausibly moves it: work on its own causes")


@pytest.mark.parametrize("name", NAMES)
def test_the_opening_fills_exactly_one_page_of_the_pdf(
    briefs: dict[str, Brief], documents: Path, name: str
) -> None:
    pages = [squeezed(page) for page in pdf_pages(documents / f"{name}.pdf")]
    for section in briefs[name].page(1):
        assert squeezed(section.heading) in pages[0]
    behind = squeezed("The evidence behind it")
    assert [behind in page for page in pages[:2]] == [False, True]


def test_every_figure_of_a_brief_leads_back_to_files_and_query(
    fulcrum, folder: Path, evidence: dict[str, Any], briefs: dict[str, Brief]
) -> None:
    traces = {trace["id"]: trace for trace in evidence["traces"]}
    used = {figure.trace for brief in briefs.values() for figure in figures_in(brief.sections)}
    assert used <= set(traces)
    assert all(len(file["sha256"]) == 64 for id in used for file in traces[id]["files"])
    shown = fulcrum("evidence", folder, "--trace", min(used))
    assert shown.returncode == 0, shown.stderr
    assert "SELECT" in shown.stdout


def result(evidence: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one["result"] for one in evidence["findings"] if one["key"] == key)


def mean_score(folder: Path) -> Estimate:
    """The mean score of a folder, in-process."""
    workspace = workflow.open_workspace(folder, today=date(2026, 11, 22))
    finding = workflow.gather(workspace).finding("score.all")
    assert finding is not None
    assert isinstance(finding.result, Estimate)
    return finding.result


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
