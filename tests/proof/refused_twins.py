"""Temptations in which the place of one number says what is needed, each with its twin."""

from dataclasses import replace

from bent_data import (
    BASE,
    answers_only,
    dominated,
    few_late,
    fine_lines,
    initiative,
    leaking_score,
    leaving,
    mixed,
    months,
    sample,
    skewed,
    split_lines,
    story_at,
    without,
)
from small_company import COMPARISONS, LANDMARK, comparison
from twins import Twins, centre, finding, prevalence, upside

REFUSED = (
    # too little
    Twins(
        "four answers",
        "refused",
        lambda: answers_only(mixed(4)),
        "At least 20",
        sound=lambda: answers_only(mixed(40)),
    ),
    Twins(
        "nineteen answers",
        "refused",
        lambda: answers_only(mixed(19)),
        "1 more",
        sound=lambda: answers_only(mixed(20)),
    ),
    Twins(
        "an NPS of nineteen answers",
        "refused",
        lambda: answers_only(mixed(19)),
        "1 more",
        finding("nps.all"),
        sound=lambda: answers_only(mixed(20)),
    ),
    Twins(
        "sixty answers of three customers",
        "refused",
        lambda: answers_only(mixed(60), each=20),
        "at least 8 customers",
        sound=lambda: answers_only(mixed(60), each=2),
    ),
    Twins(
        "nineteen late customers",
        "refused",
        lambda: few_late(19),
        "At least 20 cases",
        finding("gap.crude.late_left"),
        sound=lambda: few_late(40),
    ),
    Twins(
        "an adjusted gap of nineteen late customers",
        "refused",
        lambda: few_late(19),
        "At least 20 cases",
        finding("gap.adjusted.late_spend"),
        sound=lambda: few_late(90),
    ),
    Twins(
        "a story of four answers",
        "refused",
        lambda: story_at("moving", 4),
        "At least 20",
        prevalence,
        sound=lambda: story_at("moving", 60),
    ),
    Twins(
        "a trend of seven months",
        "refused",
        lambda: months(7),
        "More months",
        centre,
        sound=lambda: months(9),
    ),
    Twins(
        "hardly anybody left",
        "refused",
        lambda: leaving(lambda row: int(row["id"]) in (1001, 1002)),
        "with and without the outcome",
        finding("gap.crude.late_left"),
    ),
    # a link that is too good, or none
    Twins(
        "a score made after leaving",
        "refused",
        leaking_score,
        "before the outcome window",
        finding("retention.band.0 to 6"),
    ),
    Twins(
        "spend by a score made after leaving",
        "refused",
        leaking_score,
        "before the outcome window",
        finding("spend.band.9 to 10"),
    ),
    Twins(
        "a field made from leaving",
        "refused",
        lambda: leaving(lambda row: row["late"] == "yes"),
        "before the outcome window",
        finding("gap.crude.late_left"),
    ),
    Twins(
        "groups that hardly overlap",
        "refused",
        lambda: split_lines(0.04),
        "coarser fields",
        finding("gap.adjusted.late_left"),
        sound=lambda: split_lines(0.3),
    ),
    Twins(
        "strata of a handful each",
        "refused",
        lambda: fine_lines(60),
        "coarser fields",
        finding("gap.adjusted.late_spend"),
        sound=lambda: fine_lines(4),
    ),
    Twins(
        "nothing to adjust for",
        "refused",
        lambda: BASE().having(COMPARISONS, comparison("late_left", "left", more="")),
        "`adjust`",
        finding("gap.adjusted.late_left"),
    ),
    # money that carries no mean
    Twins(
        "a few accounts make the mean",
        "refused",
        lambda: skewed(2.2),
        "largest accounts kept apart",
        finding("spend.band.7 to 8"),
        sound=lambda: skewed(0.6),
    ),
    Twins(
        "a gap of a few accounts",
        "refused",
        lambda: skewed(2.2),
        "largest accounts kept apart",
        finding("gap.crude.late_spend"),
        sound=lambda: skewed(0.6),
    ),
    Twins(
        "no invoice in the window",
        "refused",
        lambda: BASE().each("invoices", lambda at, row: {"at": "2025-05-10"}),
        "dated within it",
        finding("spend.band.9 to 10"),
    ),
    # a case without its feet
    Twins("before and after without a window", "refused", lambda: without(LANDMARK), "[landmark]", upside),
    Twins(
        "a case on a comparison of scores",
        "refused",
        lambda: initiative("late_score"),
        "spend, stayed or left",
        upside,
    ),
    Twins(
        "a case on a comparison that does not exist",
        "refused",
        lambda: initiative("lateness"),
        "late_left",
        upside,
    ),
    Twins(
        "a case without an initiative",
        "refused",
        lambda: replace(BASE(), company=replace(BASE().company, initiatives=())),
        "[[programme.initiatives]]",
        upside,
    ),
    Twins("a case without a comparison", "refused", lambda: without(COMPARISONS), "[[comparisons]]", upside),
)
DOMINATED, EVEN = (lambda: dominated(120)), (lambda: dominated(1))
UNWEIGHTED, WEIGHTED = (lambda: sample(False)), (lambda: sample(True))
