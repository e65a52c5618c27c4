"""Which fields of the customer base the answers are weighted to, and how many customers each value has."""

from collections.abc import Sequence

from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping import Table
from fulcrum.evidence.methods.margins import Margin, listed
from fulcrum.evidence.queries import outcome_cells, score_cells

MOST_FIELDS = 4  # more fields leave combinations that hardly anybody answers from
MOST_VALUES = 12


@value
class Chosen:
    """The margins, and the sentences on the fields that are left out."""

    margins: tuple[Margin, ...]
    apart: tuple[str, ...] = ()


def chosen_margins(given: Given, share: float | None) -> Chosen | None:
    """What the answers are weighted to: the base where it is known, else shares that the mapping declares.

    Declared fields are all taken. Where none is declared, those that the customers' files give: the first
    four with 2 to 12 values, each with enough answers; the others are named. None where there is neither
    a base nor a declared share.
    """
    if share is None:
        return _declared(given)
    known = _fields_of_customers(given)
    declared = {margin.field: margin.shares for margin in given.loaded.mapping.margins}
    if declared:
        return Chosen(
            margins=tuple(
                _of_base(_counts(given, field)) if field in known else _of_shares(given, field, shares)
                for field, shares in declared.items()
                if field in known or shares
            )
        )
    short = [
        counts for field in known if 2 <= len((counts := _counts(given, field)).values(field)) <= MOST_VALUES
    ]
    fit = [counts for counts in short if _is_answered_for(counts, given)]
    thin = [counts.by[0] for counts in short if not _is_answered_for(counts, given)]
    apart: tuple[str, ...] = (
        (f"Too few answered from a part of {listed(thin)}, which no weight mends.",) if thin else ()
    )
    if spare := [counts.by[0] for counts in fit[MOST_FIELDS:]]:
        apart += (f"Not weighted by {listed(spare)}: {MOST_FIELDS} fields at once are enough.",)
    return Chosen(margins=tuple(_of_base(counts) for counts in fit[:MOST_FIELDS]), apart=apart)


def _declared(given: Given) -> Chosen | None:
    """Shares of the mapping, where no file tells the base."""
    found = [
        _scaled(margin.field, margin.shares, float(score_cells(given.loaded).w.sum()))
        for margin in given.loaded.mapping.margins
        if margin.shares and given.has_key(margin.field)
    ]
    return Chosen(margins=tuple(found)) if found else None


def _fields_of_customers(given: Given) -> tuple[str, ...]:
    """Segment fields that every customer has, whether they answered or not."""
    names = (rule.name for file in given.loaded.mapping.of(Table.CUSTOMERS) for rule in file.segments)
    return tuple(name for name in dict.fromkeys(names) if given.has_base_key(name))


def _counts(given: Given, field: str) -> Cells:
    return outcome_cells(given.loaded, "one", (field, "score"))


def _is_answered_for(counts: Cells, given: Given) -> bool:
    """Whether every value of the field has as many answers as a cell that may be shown."""
    field = counts.by[0]
    answered = counts.where("score", lambda score: score is not None).by_only(field)
    least = given.rules.smallest_cell_shown.value
    return len(answered) == len(counts.values(field)) and bool((answered.n >= least).all())


def _of_base(counts: Cells) -> Margin:
    field = counts.by[0]
    held = counts.by_only(field)
    return Margin(
        field=field, totals=tuple((key[0], float(w)) for key, w in zip(held.keys, held.w, strict=True))
    )


def _of_shares(given: Given, field: str, shares: Sequence[tuple[str, float]]) -> Margin:
    return _scaled(field, shares, float(outcome_cells(given.loaded, "one").w.sum()))


def _scaled(field: str, shares: Sequence[tuple[str, float]], total: float) -> Margin:
    whole = sum(share for _, share in shares)
    return Margin(field=field, totals=tuple((name, total * share / whole) for name, share in shares))
