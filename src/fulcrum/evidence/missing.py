"""What further data would open: each absent table or column, and the findings that wait for it."""

from fulcrum.core.quantities import Unknown
from fulcrum.evidence.given import Given
from fulcrum.evidence.intake.mapping import Table


def missing(given: Given) -> tuple[Unknown, ...]:
    """The findings that the data do not open, each with what would open it."""
    mapping = given.loaded.mapping
    wanted = (
        (given.bands is None, "No scores.", "A file of feedback with a score, its scale and its kind."),
        (
            not given.has_key("touchpoint"),
            "No score by touchpoint, no prevalence of stories.",
            "The column `touchpoint` of feedback.",
        ),
        (not given.has_key("month"), "No trend.", "The column `answered_at` of feedback."),
        (
            not mapping.of(Table.CUSTOMERS),
            "No retention, and nobody who did not answer is seen.",
            "A table of customers with `started` and `ended`, or `left`.",
        ),
        (
            bool(mapping.of(Table.CUSTOMERS)) and given.knows_staying is None,
            "No retention.",
            "`ended` or `left` in the table of customers.",
        ),
        (
            not given.offers("spend"),
            "No spend by what customers said.",
            "A table of transactions with dates and amounts, or `value` in the table of customers.",
        ),
        (not mapping.of(Table.CONTACTS), "No cost to serve.", "A table of contacts with their cost."),
        (
            mapping.landmark is None,
            "No order in time between score and outcome.",
            "[landmark] with a date and outcome_months in mapping.toml.",
        ),
        (
            given.bands is not None and (given.loaded.answers is None or not given.loaded.answers.ratings),
            "No drivers.",
            "Ratings beside the score, as `ratings.ease = …` in the columns of feedback.",
        ),
        (
            given.months is None or given.loaded.durations is None,
            "No retention over time.",
            "`ended` in the table of customers, and [landmark] with outcome_months.",
        ),
        (
            bool(mapping.comparisons) and not given.offers("prior_spend"),
            "No negative control: nothing from before the landmark to hold the comparisons against.",
            "Transactions with `at`, and pre_months in [landmark].",
        ),
        (
            not mapping.comparisons,
            "No gap, crude or adjusted, and so no business case.",
            "[[comparisons]] in mapping.toml.",
        ),
    )
    return tuple(Unknown(reason=reason, needs=needs) for is_absent, reason, needs in wanted if is_absent)
