"""Whether what the playbook claims is said in full, has its source, and does not claim more than it may."""

from collections.abc import Iterator

from fulcrum.core.cited import Cited
from fulcrum.core.errors import Problem
from fulcrum.core.playbook import Argument, Playbook
from fulcrum.core.rules import Constant
from fulcrum.playbook.shelves import RULE_SHAPES, SHELVES
from fulcrum.playbook.whereabouts import Whereabouts

NEVER_EMPTY = {
    "levels": ("name", "meaning", "not_this"),
    "anchors": ("seen",),
    "barriers": ("why", "sounds_like"),
    "matrix": ("reason",),
    "motivators": ("id", "name", "shows_as", "speaks_to_it", "never"),
    "steps": ("id", "ask", "roles", "how_to"),
    "arguments": ("id", "claim", "direction", "design", "criticism"),
    "examples": ("id", "industry", "organisation", "done", "seen", "does_not_follow"),
    "goal_metrics": ("id", "name", "drivers", "roles"),
    "listening": ("id", "title", "how", "questions", "never"),
    "mechanisms": ("id", "name", "ad_hoc", "in_place", "protected", "built_by"),
    "vision_words": ("id", "words", "why", "instead"),
    "role_prompts": ("role", "ask", "example"),
    "lexicon": ("id", "name", "words"),
    "pitch_words": ("id", "says", "why", "rather"),
}
STRENGTH_ALLOWED = {
    "intention": ("stated intention", "model or opinion", "only to debunk"),
    "model": ("model or opinion", "only to debunk"),
}


def unsound_claims(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    """Empty sentences, missing sources, constants without a why, and arguments that contradict themselves."""
    for shelf in SHELVES:
        for entry in getattr(playbook, shelf.name):
            yield from _empty(where, shelf.name, entry)
            yield from _unsourced(where, shelf.name, entry, entry.sources)
    yield from _unexplained_rules(playbook, where)
    for argument in playbook.arguments:
        yield from _contradictions(where, argument)


def _empty(where: Whereabouts, shelf: str, entry: object) -> Iterator[Problem]:
    for key in NEVER_EMPTY[shelf]:
        content = getattr(entry, key)
        if not content or (isinstance(content, str) and not content.strip()):
            yield where.problem(
                shelf,
                entry,
                key,
                what=f"“{key}” is empty.",
                remedy="Write it, or remove the entry.",
                code="playbook.empty",
            )


def _unsourced(
    where: Whereabouts, shelf: str, entry: object, sources: tuple[Cited, ...]
) -> Iterator[Problem]:
    if not sources:
        yield _no_source(where, shelf, entry, "sources", "It names no source.")
    for number, source in enumerate(sources, start=1):
        if not source.title.strip():
            yield _no_source(where, shelf, entry, f"sources {number}", "The source has no title.")
        if not source.url.strip() and source.seen != "own reasoning":
            what = f"The source “{source.title}” has no address."
            yield _no_source(where, shelf, entry, f"sources {number}", what)


def _no_source(where: Whereabouts, shelf: str, entry: object, key: str, what: str) -> Problem:
    return where.problem(
        shelf,
        entry,
        key,
        what=what,
        remedy='Add a title and a url; if it is your own judgement, say so with seen = "own reasoning".',
        code="playbook.unsourced",
    )


def _unexplained_rules(playbook: Playbook, where: Whereabouts) -> Iterator[Problem]:
    explained = [("belief.prior", playbook.belief.prior.why, playbook.belief.prior.source)]
    for prior in playbook.case.causal_share:
        explained.append(("case.causal_share", prior.why, prior.source))
    for name, constant in constants(playbook):
        explained.append((name, constant.why, constant.source))
    for name, why, source in explained:
        for key, text in (("why", why), ("source", source)):
            if not text.strip():
                yield where.rule(
                    name,
                    what=f"“{key}” is empty.",
                    remedy="Say why the value is so and where it comes from; own reasoning is an answer.",
                    code="playbook.unsourced",
                )


def constants(playbook: Playbook) -> Iterator[tuple[str, Constant]]:
    """Every constant of judgement with its name, as "belief.half_life_weeks"."""
    for group, shape in RULE_SHAPES.items():
        for key in shape.__dataclass_fields__:
            held = getattr(getattr(playbook, group), key)
            if isinstance(held, Constant):
                yield f"{group}.{key}", held


def _contradictions(where: Whereabouts, argument: Argument) -> Iterator[Problem]:
    def problem(key: str, what: str, remedy: str) -> Problem:
        return where.problem("arguments", argument, key, what=what, remedy=remedy, code="playbook.argument")

    if argument.has_baseline and not argument.baseline.strip():
        yield problem(
            "baseline",
            "It says that a comparison figure exists, but not which.",
            "Give it, or has_baseline = false.",
        )
    allowed = STRENGTH_ALLOWED.get(argument.outcome)
    if allowed is not None and argument.strength not in allowed:
        what = f"An outcome of “{argument.outcome}” cannot be “{argument.strength}”."
        yield problem("strength", what, f"Allowed here: {', '.join(allowed)}.")
    if argument.is_conditional_contested and argument.strength in ("strong", "fair"):
        yield problem(
            "strength",
            f"It is told in two directions, and yet “{argument.strength}”.",
            "Lower the strength, or settle the direction from the original.",
        )
