"""Why a lever, in sentences with their numbers and sources; and what would change our mind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from fulcrum.commitment.gain import Standing, expected_gain, fit
from fulcrum.commitment.sentences import levels, lower_first, with_confidence, with_range
from fulcrum.core.judgement import Belief, Reason
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive, Level
from fulcrum.core.playbook import MatrixCell
from fulcrum.core.quantities import Estimate, Unknown
from fulcrum.core.wording import day, many, whole_percent

WORTH_SAYING = 0.25  # levels that one observation moved
LEAST_SHIFT = 0.02  # levels by which an effect must differ from the playbook to be said
HEAVY = 0.5  # the share of a barrier in the thought experiment


def is_at_desired(executive: Executive, standing: Standing) -> bool:
    """Whether at least half of a known belief lies at the desired level or above."""
    return standing.is_known and standing.share_at_least(executive.desired_level) >= 0.5


def reasons_for(lever: Lever, executive: Executive, standing: Standing, gain: Estimate) -> tuple[Reason, ...]:
    """Where they stand, what the matrix says, which barrier the lever answers, and the gain that follows."""
    reasons = [_where(standing.belief)]
    if is_at_desired(executive, standing):
        wanted = executive.desired_level
        reasons.append(
            Reason(
                text=f"They stand where they are wanted (level {wanted:d}, {lower_first(wanted.label)}): "
                "keep it warm, and ask for nothing larger.",
                source="executives.csv, desired level",
            )
        )
    cell = standing.cell(lever)
    reasons += [_matrix(standing, cell), *_learned(standing, cell), _barrier(lever, standing)]
    reasons.append(_gain(gain, standing))
    return tuple(reasons)


def mind_changers(
    standing: Standing,
    at_level: Callable[[Level], Standing],
    leading: Callable[[Standing], Lever | None],
    deployable: tuple[Lever, ...],
) -> tuple[str, ...]:
    """What would put another lever first, or make this answer void: each sentence is a computed case.

    `at_level` gives the same person surely at another level; `leading` says which of the levers at hand comes
    first for somebody who stands so.
    """
    if not standing.is_known:
        return ("Any dated act of theirs would replace this answer.",)
    belief = standing.belief
    said = _other_levels(standing, at_level, leading) + _other_barriers(standing, leading, deployable)
    if belief.last_evidence is not None:
        until = belief.last_evidence + timedelta(weeks=standing.playbook.belief.unknown_after_weeks.value)
        said.append(f"If nothing more is seen by {day(until)}, we no longer know where they stand.")
    return (*said, *_weightiest(belief))


def gain_at(standing: Standing, lever: Lever) -> float:
    """The expected gain of a lever, without its doubt."""
    fitting = fit(standing.answered(lever)[1].value, standing.playbook.choice.barrier_pull.value)
    return expected_gain(standing.belief.shares, standing.effects(lever), fitting)


def _where(belief: Belief) -> Reason:
    if isinstance(belief.level, Unknown):
        text = f"{belief.level.reason} What follows rests on what is old or common."
        return Reason(text=text, source="observations.csv")
    low, high = belief.credible
    span = f"level {low:d}" if low == high else f"levels {low:d} to {high:d}"
    text = f"They are believed at level {belief.level.value:.1f} ({_confidence(belief)}: {span}), by "
    text += f"{many(belief.observations, 'observation')} of {many(max(belief.observers, 1), 'observer')}"
    if belief.last_evidence is not None:
        text += f", the last on {day(belief.last_evidence)}"
    if belief.is_drop and belief.change is not None:
        text += f". The level fell by {levels(-belief.change)} in 90 days"
    return Reason(text=f"{text}.", source="observations.csv and asks.csv")


def _confidence(belief: Belief) -> str:
    return whole_percent(belief.level.interval.confidence) if isinstance(belief.level, Estimate) else ""


def _matrix(standing: Standing, cell: MatrixCell) -> Reason:
    at = "After a drop" if cell.level == "drop" else f"At level {cell.level}"
    verb = "is" if standing.is_known else "would be"
    read = "; ".join(source.title for source in cell.sources)
    text = f"{at} this lever {verb} {_role(cell)} ({levels(cell.effect)} levels in 90 days). {cell.reason}"
    return Reason(
        text=text, source=f"Playbook {standing.playbook.version}, reasoned and untested, after {read}"
    )


def _learned(standing: Standing, cell: MatrixCell) -> list[Reason]:
    here = standing.learned.cell(cell.level, cell.lever)
    if here is None or (here.tried == 0 and abs(here.effect - cell.effect) < LEAST_SHIFT):
        return []
    chance = f"{whole_percent(here.here.value)} ({with_confidence(here.here)})"
    if here.tried:
        text = f"Here: {here.rose} of {here.tried} such moves ended in a rise; "
    else:
        text = "Here: not yet pulled at this level, but other moves were; "
    text += f"playbook: {whole_percent(here.playbook)}. Taken now: {chance}, {levels(here.effect)} levels."
    return [Reason(text=text, source="moves.csv, by what was seen 60 to 90 days on")]


def _role(cell: MatrixCell) -> str:
    return {"keep warm": "one to keep warm", "wrong now": "wrong now"}.get(cell.role, f"a {cell.role} one")


def _barrier(lever: Lever, standing: Standing) -> Reason:
    barrier, share = standing.answered(lever)
    interval = share.interval
    span = f"{whole_percent(interval.low)} to {whole_percent(interval.high)}"
    text = (
        f"It answers “{barrier.value}”, believed to be what holds them with {whole_percent(share.value)} "
        f"({whole_percent(interval.confidence)}: {span}), "
        f"{_by_reactions(standing.barrier.reactions)}; an even share is {whole_percent(1 / 6)}."
    )
    return Reason(text=text, source="reactions.csv and the playbook's prior by level")


def _by_reactions(reactions: int) -> str:
    if reactions == 0:
        return "with no reaction noted yet"
    return f"by {many(reactions, 'reaction')}"


def _gain(gain: Estimate, standing: Standing) -> Reason:
    text = f"Expected rise in 90 days: {with_range(gain)} levels."
    if not standing.is_known:
        text = f"A guess, for nothing was seen lately. {text}"
    return Reason(text=text, source=f"Belief, matrix and barrier together, trace {gain.trace}")


def _other_levels(
    standing: Standing, at_level: Callable[[Level], Standing], leading: Callable[[Standing], Lever | None]
) -> list[str]:
    if standing.belief.is_drop:
        return []
    here, first, said = standing.belief.likeliest, leading(standing), list[str]()
    for level in (here + 1, here - 1):
        if level not in range(6):
            continue
        supposed = at_level(Level(level))
        other = leading(supposed)
        if other is not None and other is not first:
            said.append(
                f"Acts at level {level} ({lower_first(Level(level).label)}) and not {here:d} would put "
                f"{lower_first(other.label)} first, at {levels(gain_at(supposed, other))} levels."
            )
    return said


def _other_barriers(
    standing: Standing, leading: Callable[[Standing], Lever | None], deployable: tuple[Lever, ...]
) -> list[str]:
    first, said = leading(standing), list[str]()
    for lever in deployable:
        barrier, share = standing.answered(lever)
        if lever is first or share.value >= HEAVY:
            continue
        if leading(_with_heavy(standing, lever)) is lever:
            said.append(
                f"If “{barrier.value}” were believed with {whole_percent(HEAVY)} and not "
                f"{whole_percent(share.value)}, {lower_first(lever.label)} would come first."
            )
    return said[:2]


def _with_heavy(standing: Standing, lever: Lever) -> Standing:
    heavy, was = standing.answered(lever)
    others = (1 - HEAVY) / (1 - was.value)
    shares = tuple(
        (barrier, replace(share, value=HEAVY if barrier is heavy else share.value * others))
        for barrier, share in standing.barrier.shares
    )
    return replace(standing, barrier=replace(standing.barrier, shares=shares))


def _weightiest(belief: Belief) -> list[str]:
    if isinstance(belief.level, Unknown) or not belief.moved_most:
        return []
    most = belief.moved_most[0]
    if abs(most.moved) < WORTH_SAYING:
        return []
    seen = most.observation
    return [
        f"Without the observation of {day(seen.date)} ({lower_first(seen.behaviour.label)}, level "
        f"{seen.anchor:d}) the believed level would be {belief.level.value - most.moved:.1f} and not "
        f"{belief.level.value:.1f}."
    ]
