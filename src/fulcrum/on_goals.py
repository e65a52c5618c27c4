"""An executive's goals tied to what the data say, and the chance to reach them if nothing changes."""

from datetime import date

from fulcrum.core.errors import WrongUse
from fulcrum.core.findings import Evidence
from fulcrum.core.goals import GoalTie
from fulcrum.core.people import Goal
from fulcrum.core.playbook import Playbook
from fulcrum.workflow import Workspace


def goals_of(workspace: Workspace, executive: str, evidence: Evidence) -> tuple[GoalTie, ...]:
    """Every goal of one executive, the nearest first, with what moves it here and how sure that is."""
    from fulcrum.evidence.goal_links import ties_of

    if workspace.company.executive(executive) is None:
        raise WrongUse(f"There is no executive “{executive}” in executives.csv.")
    return ties_of(executive, workspace.company, evidence, workspace.playbook)


def tie_goal(goal: Goal, evidence: Evidence, playbook: Playbook, *, as_of: date) -> GoalTie:
    """One goal, as the desk keeps it."""
    from fulcrum.evidence.goal_links import tie_of

    return tie_of(goal, playbook.goal_metric(goal.metric), evidence, playbook.goal, as_of=as_of)
