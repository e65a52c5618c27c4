"""`fulcrum brief` after a quarter: what it told is not told again, and the ask comes with its files."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.slow


def test_a_brief_is_renewed_from_what_lies_beside_it(fulcrum: Run, tidewater: Path, tmp_path: Path) -> None:
    out = tmp_path / "briefs"
    wanted = ("brief", tidewater, "--executive", "coo", "--out", out, "--formats", "html,ics,txt")
    assert fulcrum(*wanted, "--as-of", "2026-11-16").returncode == 0
    files = {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert set(files) == {"coo.html", "coo.ics", "coo.txt", "coo.json"}
    assert b"METHOD:PUBLISH" in files["coo.ics"]
    assert files["coo.txt"].decode().startswith("One thing by ")

    again = fulcrum(*wanted, "--as-of", "2026-11-16")
    assert "renewed" not in again.stderr
    assert {path.name: path.read_bytes() for path in out.rglob("*") if path.is_file()} == files

    later = fulcrum(*wanted, "--as-of", "2027-02-08", "--since", out)
    assert "renewed from that of 16 November 2026" in later.stderr
    told = json.loads((out / "told" / "coo.json").read_text(encoding="utf-8"))
    assert [one["on"] for one in told] == ["2026-11-16", "2027-02-08"]
    assert not set(told[0]["stories"]) & set(told[1]["stories"])
    assert not set(told[0]["arguments"]) & set(told[1]["arguments"])
    assert "Since your brief of 16 November 2026" in (out / "coo.html").read_text(encoding="utf-8")


def test_a_record_that_cannot_be_read_stops_the_work_with_a_remedy(
    fulcrum: Run, tidewater: Path, tmp_path: Path
) -> None:
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "coo.json").write_text("{", encoding="utf-8")
    done = fulcrum("brief", tidewater, "--executive", "coo", "--out", tmp_path, "--as-of", "2026-11-16")
    assert done.returncode == 2
    assert "remove it to begin anew" in done.stderr
