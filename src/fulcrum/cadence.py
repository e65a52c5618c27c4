"""What wants to be done now: what is due, slips or ages, whose commitment fell, what waits for evidence."""

from collections.abc import Iterable
from datetime import date

from fulcrum.core.cadence import Nudge, Stand
from fulcrum.core.company import Company
from fulcrum.core.judgement import Belief
from fulcrum.core.playbook import Playbook
from fulcrum.workflow import Assessment, Workspace


def what_is_due(workspace: Workspace, assessments: Iterable[Assessment]) -> tuple[Nudge, ...]:
    """Everything that wants to be done on the day of the folder, the most pressing first."""
    stands = tuple(stand_of(one.belief, workspace.playbook) for one in assessments)
    return nudges(workspace.company, stands, workspace.playbook, as_of=workspace.company.as_of)


def nudges(
    company: Company, stands: Iterable[Stand], playbook: Playbook, *, as_of: date
) -> tuple[Nudge, ...]:
    """The same from as much of the company and of the beliefs as it rests on.

    That is: executives, goals, context, open asks, and moves and observations since `cadence.look_until_days`
    and `cadence.mover_days` ago.
    """
    from fulcrum.commitment.due import due

    return due(company, stands, rules=playbook.cadence, steps=playbook.steps, as_of=as_of)


def stand_of(belief: Belief, playbook: Playbook) -> Stand:
    """As much of a belief as the cadence needs."""
    from fulcrum.commitment.due import stand_of as stand

    return stand(belief, playbook.belief)
