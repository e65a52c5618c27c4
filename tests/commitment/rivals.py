"""Ways to decide whom to move with what: Fulcrum's, naive ones, and that of one who knows everything."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from responding_teams import AT_WORK, EVERY, Pulled, Team

from fulcrum.as_a_team import learned, plan
from fulcrum.commitment.barrier import barrier_of
from fulcrum.commitment.belief import belief_of
from fulcrum.commitment.choose import choose
from fulcrum.commitment.drift import effects_of
from fulcrum.core.judgement import Belief, Choice
from fulcrum.core.learned import NOTHING_LEARNED, Learned
from fulcrum.core.levers import CaseAtHand, Lever
from fulcrum.core.people import Level
from fulcrum.workflow import Assessment

CASE = CaseAtHand(is_computed=True, is_fresh=True, has_own_share_moved=True)


def nothing(team: Team, count: int) -> Sequence[Pulled]:
    """No move at all: what is left is drift."""
    return ()


def all_knowing(team: Team, count: int) -> Sequence[Pulled]:
    """The moves that truly add most in the weeks in which they work, beside those still at work."""
    best = [
        (max((_added(team, at, lever), lever) for lever in Lever), one.id)
        for at, one in enumerate(team.company.executives)
    ]
    found = sorted(best, key=lambda it: (-it[0][0], it[1]))[:count]
    return [(who, lever) for (gain, lever), who in found if gain > 0]


def _added(team: Team, at: int, lever: Lever) -> float:
    """What a move truly adds: moves at work together do not add up, the strongest of each week counts."""
    new, added = team.true_gain(at, lever), 0.0
    own = [move for move in team.company.moves if move.executive == f"e{at}"]
    for week in range(1, AT_WORK + 1):
        day = team.as_of + timedelta(weeks=week)
        working = [move.lever for move in own if 0 < (day - move.date).days // 7 <= AT_WORK]
        added += max(0.0, new - max((team.true_gain(at, each) for each in working), default=0.0))
    return added / AT_WORK


def fulcrum(team: Team, count: int) -> Sequence[Pulled]:
    """The lever of `choose` for those for whom it gains most, with what the team's own moves have taught."""
    return _first(judged(team, learned(team.company, team.playbook))[1], count)


def unlearned(team: Team, count: int) -> Sequence[Pulled]:
    """The same by the playbook alone."""
    return _first(judged(team, NOTHING_LEARNED)[1], count)


def _first(choices: Sequence[Choice], count: int) -> Sequence[Pulled]:
    chosen = [one for one in choices if one.ranked and "which is wanted of them" not in one.no_step_because]
    chosen.sort(key=lambda one: (-one.ranked[0].gain.value, one.executive))
    return [(one.executive, one.ranked[0].lever) for one in chosen[:count]]


def planned(team: Team, count: int) -> Sequence[Pulled]:
    """The plan's moves of the weeks until the next decision, as many as the others may make."""
    assessments, choices = judged(team, learned(team.company, team.playbook))
    made = plan(team.company, team.playbook, assessments, choices, weeks=EVERY).moves
    own = [move for move in made if move.lever is not None and move.serves is None]
    return [(move.executive, move.lever) for move in sorted(own, key=lambda it: it.week)][:count]


def business_case(team: Team, count: int) -> Sequence[Pulled]:
    """Always the business case, to whoever has waited longest."""
    order = sorted(team.company.executives, key=lambda one: (_last_move(team, one.id), one.id))
    return [(one.id, Lever.OPPORTUNITIES) for one in order[:count]]


def squeaky_wheel(team: Team, count: int) -> Sequence[Pulled]:
    """Whoever was last rated lowest, with what answers their last complaint; else the business case."""
    ratings = {one.id: _ratings(team, one.id) for one in team.company.executives}
    order = sorted(ratings, key=lambda who: (ratings[who][-1] if ratings[who] else 6, who))
    return [(who, _answer(team, who)) for who in order[:count]]


def at_random(team: Team, count: int) -> Sequence[Pulled]:
    """Anybody, with anything."""
    people = team.rng.choice(len(team.company.executives), size=count, replace=False)
    return [(f"e{at}", list(Lever)[team.rng.integers(6)]) for at in people]


def ratings_and_matrix(team: Team, count: int) -> Sequence[Pulled]:
    """The mean of the last five ratings as the level, and the playbook's best lever for it: no belief."""
    effects, found = effects_of(team.playbook.matrix), []
    for one in team.company.executives:
        last = _ratings(team, one.id)[-5:]
        level = int(np.floor(np.mean(last) + 0.5)) if last else 2
        if level < one.desired_level:
            found.append((max((effects[lever][level], lever) for lever in Lever), one.id))
    found.sort(key=lambda it: (-it[0][0], it[1]))
    return [(who, lever) for (_, lever), who in found[:count]]


NAIVE = {
    "always the business case": business_case,
    "squeaky wheel": squeaky_wheel,
    "random": at_random,
    "last five ratings and the matrix": ratings_and_matrix,
}
OURS = {
    "Fulcrum, lever by lever": fulcrum,
    "Fulcrum without learning": unlearned,
    "Fulcrum, the plan": planned,
}


def judged(team: Team, taught: Learned) -> tuple[tuple[Assessment, ...], tuple[Choice, ...]]:
    """What the product believes and recommends on this day."""
    known: dict[str, Assessment] = {}
    company, playbook, as_of = team.company, team.playbook, team.as_of - timedelta(days=1)
    for one in company.executives:
        belief = belief_of(
            one, company, as_of=as_of, rules=playbook.belief, matrix=playbook.matrix, steps=playbook.steps
        )
        barrier = barrier_of(
            one,
            company.reactions,
            belief=belief,
            as_of=as_of,
            barriers=playbook.barriers,
            rules=playbook.belief,
        )
        known[one.id] = Assessment(belief=belief, barrier=barrier)
    beliefs: dict[str, Belief] = {who: each.belief for who, each in known.items()}
    choices = tuple(
        choose(
            company,
            one,
            belief=known[one.id].belief,
            barrier=known[one.id].barrier,
            others=beliefs,
            case=CASE,
            playbook=playbook,
            as_of=team.as_of,
            learned=taught,
        )
        for one in company.executives
    )
    return tuple(known.values()), choices


def _ratings(team: Team, who: str) -> list[Level]:
    seen = [note for note in team.company.observations if note.executive == who]
    return [note.anchor for note in sorted(seen, key=lambda note: note.date)]


def _last_move(team: Team, who: str) -> int:
    return max((move.date.toordinal() for move in team.company.moves if move.executive == who), default=0)


def _answer(team: Team, who: str) -> Lever:
    told = [reaction for reaction in team.company.reactions if reaction.executive == who]
    if not told:
        return Lever.OPPORTUNITIES
    last = max(told, key=lambda reaction: reaction.date).barrier
    return next(entry.lever for entry in team.playbook.barriers if entry.barrier is last)
