"""The shelves of the playbook: which file holds which shape, and what makes two entries the same one."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

from fulcrum.core.lexicons import PitchWords, SpokenTheme, VisionWords
from fulcrum.core.playbook import (
    Anchor,
    Argument,
    BarrierEntry,
    Example,
    GoalMetric,
    LevelEntry,
    ListeningPart,
    MatrixCell,
    MechanismEntry,
    MotivatorEntry,
    RolePrompt,
    Step,
)
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

SHIPPED = Path(__file__).parent / "data"
RULES = "rules"


@value
class Shelf:
    """One kind of entry. `name` is the file, the array inside it and the field of `Playbook`, all three."""

    name: str
    shape: type
    same_if: tuple[str, ...]  # two entries that agree on these fields are the same entry

    def identity(self, entry: object) -> tuple[Hashable, ...]:
        """What an own entry must share with a shipped one to take its place."""
        return tuple(getattr(entry, field) for field in self.same_if)

    def label(self, entry: object) -> str:
        """The entry's name in a sentence: "first-visit", or "direction, 3"."""
        return ", ".join(str(part) for part in self.identity(entry))


SHELVES = (
    Shelf(name="levels", shape=LevelEntry, same_if=("level",)),
    Shelf(name="anchors", shape=Anchor, same_if=("behaviour", "level")),
    Shelf(name="barriers", shape=BarrierEntry, same_if=("barrier",)),
    Shelf(name="matrix", shape=MatrixCell, same_if=("level", "lever")),
    Shelf(name="motivators", shape=MotivatorEntry, same_if=("id",)),
    Shelf(name="steps", shape=Step, same_if=("id",)),
    Shelf(name="arguments", shape=Argument, same_if=("id",)),
    Shelf(name="examples", shape=Example, same_if=("id",)),
    Shelf(name="goal_metrics", shape=GoalMetric, same_if=("id",)),
    Shelf(name="mechanisms", shape=MechanismEntry, same_if=("id",)),
    Shelf(name="listening", shape=ListeningPart, same_if=("id",)),
    Shelf(name="vision_words", shape=VisionWords, same_if=("id",)),
    Shelf(name="role_prompts", shape=RolePrompt, same_if=("role",)),
    Shelf(name="lexicon", shape=SpokenTheme, same_if=("id",)),
    Shelf(name="pitch_words", shape=PitchWords, same_if=("id",)),
)

RULE_SHAPES: dict[str, type[Any]] = {
    "belief": BeliefRules,
    "choice": ChoiceRules,
    "evidence": EvidenceRules,
    "case": CaseRules,
    "pilot": PilotRules,
    "story": StoryRules,
    "vision": VisionRules,
    "goal": GoalRules,
    "cadence": CadenceRules,
    "words": WordRules,
    "plan": PlanRules,
    "learning": LearningRules,
    "alignment": AlignmentRules,
}


def shelf_named(name: str) -> Shelf:
    """The shelf with this name; the name must be one of ours."""
    return next(shelf for shelf in SHELVES if shelf.name == name)
