"""The constants of judgement: shipped ones, with single ones overridden by the company's own."""

from typing import Any

from fulcrum.core.errors import Problem
from fulcrum.core.rules import (
    AlignmentRules,
    BeliefRules,
    CadenceRules,
    CaseRules,
    ChoiceRules,
    EvidenceRules,
    GoalRules,
    LearningRules,
    PilotRules,
    PlanRules,
    StoryRules,
    VisionRules,
    WordRules,
)
from fulcrum.core.value import value
from fulcrum.playbook.fitting import Misfit, fit, in_words
from fulcrum.playbook.shelves import RULE_SHAPES
from fulcrum.playbook.tables import TomlFile

Section = dict[str, Any]


@value
class Rules:
    """The groups of constants."""

    belief: BeliefRules
    choice: ChoiceRules
    evidence: EvidenceRules
    case: CaseRules
    pilot: PilotRules
    story: StoryRules
    vision: VisionRules
    goal: GoalRules
    cadence: CadenceRules
    words: WordRules
    plan: PlanRules
    learning: LearningRules
    alignment: AlignmentRules


def read_rules(files: tuple[TomlFile, ...]) -> tuple[Rules | None, tuple[Problem, ...], dict[str, str]]:
    """The rules of these files, later ones overriding single constants, all Problems, and who said what.

    The last part maps "belief.half_life_weeks" to the file that its value comes from.
    """
    merged: dict[str, Section] = {name: {} for name in RULE_SHAPES}
    said_by: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        problems += _lay_over(merged, said_by, file)
    made: dict[str, Any] = {}
    first = files[0].shown_as if files else "rules.toml"
    for name, shape in RULE_SHAPES.items():
        made[name], misfits = fit(shape, merged[name])
        problems += [_problem(name, misfit, said_by, first) for misfit in misfits]
    return (None if problems else Rules(**made)), tuple(problems), said_by


def _lay_over(merged: dict[str, Section], said_by: dict[str, str], file: TomlFile) -> list[Problem]:
    problems = []
    for name, section in file.content.items():
        if name not in merged or not isinstance(section, dict):
            problems.append(_not_a_group(file, name))
            continue
        for key, content in section.items():
            said_by[f"{name}.{key}"] = file.shown_as
            earlier = merged[name].get(key)
            merged[name][key] = _by_grade(earlier, content) if key == "causal_share" else content
    return problems


def _by_grade(earlier: Any, later: Any) -> Any:
    """Causal shares of the later file, and of the earlier one for the grades that it does not name."""
    if not isinstance(earlier, list) or not isinstance(later, list):
        return later
    renewed = {_grade(one): one for one in later}
    kept = [renewed.pop(_grade(one), one) for one in earlier]
    return [*kept, *renewed.values()]


def _grade(entry: Any) -> str:
    return str(entry.get("grade")) if isinstance(entry, dict) else str(entry)


def _not_a_group(file: TomlFile, name: str) -> Problem:
    return Problem(
        file=file.shown_as,
        path=name,
        what=f"“{name}” is not a group of rules.",
        remedy=f"Put each constant under one of [{'], ['.join(RULE_SHAPES)}].",
        code="playbook.unknown-key",
    )


def _problem(name: str, misfit: Misfit, said_by: dict[str, str], first: str) -> Problem:
    constant = f"{name}.{misfit.place[0]}" if misfit.place else name
    return Problem(
        file=said_by.get(constant, first),
        path=in_words((name, *misfit.place)),
        what=misfit.what,
        remedy=misfit.remedy,
        code="playbook.misfit",
    )
