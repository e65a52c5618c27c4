"""What moves have taught, for each executive from the files that all of their readers may see.

A gain of one executive moves with what came of moves on others. So that nobody can read a file that is closed
to them off a gain that is open, a choice rests only on executives whose file every reader of it may open.
Outcomes are worked out once for each state of a file, and remembered in the process.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from fulcrum import as_a_team
from fulcrum.core.company import OutsideMover
from fulcrum.core.learned import NOTHING_LEARNED, Learned, Outcome
from fulcrum.core.slices import Slices
from fulcrum.core.value import value
from fulcrum.records import models
from fulcrum.records.folders import playbook_mark, playbook_of
from fulcrum.records.queries.company import files_around
from fulcrum.records.remembered import Remembered
from fulcrum.records.rows import value_of

MOST_TAUGHT = 60  # executives: a page reads who may open their files
_outcomes = Remembered[tuple[Outcome, ...]](4_000)
_lessons = Remembered[Learned](100)


@value
class Lessons:
    """What was learned for each executive, by row id; `marks` tell when it changed."""

    learned: Mapping[int, Learned]
    marks: Mapping[int, str]

    def of(self, executive: int) -> Learned:
        """What the choice for this executive rests on."""
        return self.learned.get(executive, NOTHING_LEARNED)

    def mark(self, executive: int) -> str:
        """A fingerprint of it; empty where nothing was learned."""
        return self.marks.get(executive, "")


NO_LESSONS = Lessons(learned={}, marks={})


def lessons_for(workspace: models.Workspace, executives: Collection[int]) -> Lessons:
    """What choices for these executives may rest on; two queries where no move was made."""
    moved = _moved(workspace)
    if not moved or not executives:
        return NO_LESSONS
    outcomes = outcomes_of(workspace, moved)
    seen_by = _readers(workspace, {*executives, *(one.pk for one in moved)})
    by_readers = dict[frozenset[int], Learned]()
    learned = {}
    for pk in executives:
        readers = seen_by[pk]
        if readers not in by_readers:
            told = tuple(outcomes[one.pk] for one in moved if readers <= seen_by[one.pk])
            by_readers[readers] = _learned(told, workspace)
        learned[pk] = by_readers[readers]
    marks = {id(one): _mark(one) for one in by_readers.values()}
    return Lessons(learned=learned, marks={pk: marks[id(one)] for pk, one in learned.items()})


def outcomes_of(
    workspace: models.Workspace, executives: Iterable[models.Executive]
) -> dict[int, tuple[Outcome, ...]]:
    """What came of every move on these executives, by row id."""
    context = tuple(
        value_of(row, OutsideMover) for row in models.OutsideMover.objects.filter(workspace=workspace)
    )
    said = sha256(repr([each.date for each in context]).encode()).hexdigest()
    about = (workspace.pk, workspace.made_at, workspace.today, playbook_mark(workspace), said)
    told = {one.pk: one for one in executives}

    def make(missing: list[int]) -> dict[int, tuple[Outcome, ...]]:
        files = files_around([told[pk] for pk in missing], workspace=workspace)
        slices, playbook = Slices(files), playbook_of(workspace)
        return {
            pk: as_a_team.outcomes(slices.of(told[pk].key), playbook, told[pk].key, context) for pk in missing
        }

    return _outcomes.each({pk: (pk, one.file_version, *about) for pk, one in told.items()}, make)


def _learned(told: tuple[tuple[Outcome, ...], ...], workspace: models.Workspace) -> Learned:
    """What these outcomes teach, worked out once."""
    everything = tuple(each for one in told for each in one)
    playbook = playbook_of(workspace)
    found = _lessons.each(
        {workspace.pk: (playbook_mark(workspace), everything)},
        lambda _: {workspace.pk: as_a_team.learned_from(everything, playbook)},
    )
    return found[workspace.pk]


def _moved(workspace: models.Workspace) -> list[models.Executive]:
    """The executives on whom a move was made, at most those of the newest moves."""
    made = models.Move.objects.standing().filter(executive__workspace=workspace).order_by("-date", "-pk")
    newest = dict.fromkeys(made.values_list("executive_id", flat=True)[: 4 * MOST_TAUGHT])
    found = models.Executive.objects.filter(pk__in=list(newest)[:MOST_TAUGHT]).order_by("pk")
    return list(found)


def _readers(workspace: models.Workspace, executives: Collection[int]) -> dict[int, frozenset[int]]:
    """The members who may open each file: those named for it, but for the executive themselves."""
    named = models.Reader.objects.filter(executive__in=list(executives), member__workspace=workspace)
    pairs = named.values_list("executive_id", "member_id", "member__is_executive_id")
    by = defaultdict[int, set[int]](set)
    for executive, member, themselves in pairs:
        if themselves != executive:
            by[executive].add(member)
    return {pk: frozenset(by[pk]) for pk in executives}


def _mark(learned: Learned) -> str:
    counts = [
        (cell.row, cell.lever.value, cell.tried, cell.rose, round(cell.weight, 9)) for cell in learned.cells
    ]
    return sha256(repr(counts).encode()).hexdigest() if learned.counted else ""
