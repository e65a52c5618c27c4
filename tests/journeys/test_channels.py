"""Three exports of one question, asked in three channels: scores that must not be poured together."""

import json
from pathlib import Path

import pytest
from journey_documents import reading, squeezed
from journey_folders import APP, CHANNELS, company_folder

pytestmark = [pytest.mark.shared_data, pytest.mark.slow]
NPS = {"web": 22.1, "email": 18.6, "mobile": -14.7}


@pytest.fixture(scope="module")
def folder(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return company_folder(
        tmp_path_factory.mktemp("app") / "tally", APP, CHANNELS, shared_data / "nps_by_channel"
    )


def test_each_channel_has_its_own_score_with_its_doubt(fulcrum, folder: Path) -> None:
    done = fulcrum("evidence", folder, "--json")
    found = {
        one["group"]: one["result"]
        for one in json.loads(done.stdout)["evidence"]["findings"]
        if one["key"].startswith("nps.touchpoint.")
    }
    assert {channel: round(one["value"], 1) for channel, one in found.items()} == NPS
    for one in found.values():
        assert one["low"] < one["value"] < one["high"]
        assert (one["grade"], one["confidence"]) == ("D", 0.95)


def test_the_terminal_shows_them_with_a_minus_that_is_one(fulcrum, folder: Path) -> None:
    lines = fulcrum("evidence", folder).stdout.splitlines()
    (mobile,) = [line for line in lines if line.startswith("NPS, mobile")]
    assert "−1" in mobile
    assert " -1" not in mobile


def test_the_brief_says_what_is_missing_beside_the_scores(fulcrum, folder: Path, tmp_path: Path) -> None:
    done = fulcrum("brief", folder, "--executive", "cpo", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    for kind, text in reading(tmp_path, "cpo").items():
        assert squeezed("Needed: a table of customers") in text, kind
        for channel in NPS:
            assert channel.casefold() in text.casefold(), (kind, channel)
