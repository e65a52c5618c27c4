"""Which comparison fits the situation: the strongest that can be had, and why not a stronger one."""

from fulcrum.core.pilots import Assignment, Situation


def comparison_for(situation: Situation) -> tuple[Assignment, str]:
    """The comparison to choose, with the reason in words.

    By customer where customers can be assigned and nothing spills over; by unit where it does; stepped where
    everybody gets it in the end, for then only the order is left to chance; a similar group where nobody can
    be assigned; before and after alone only where there is no group either.
    """
    if situation.can_assign == "nobody":
        if situation.has_similar_group:
            return Assignment.SIMILAR, (
                "Nobody can be assigned by chance, but a similar group goes on as before: both are compared "
                "by how they changed, and whether they moved alike before the start is tested."
            )
        return Assignment.BEFORE_AFTER, (
            "Nobody can be assigned by chance and there is no similar group. Before and after alone is "
            "grade D: find a group that goes on as before, or let chance decide who starts first."
        )
    if situation.everybody_gets_it and (situation.can_assign == "units" or situation.spills):
        return Assignment.STEPPED, (
            "Every unit gets it in the end, so chance can only decide the order: those who wait are what the "
            "others are compared with."
        )
    if situation.can_assign == "units" or situation.spills:
        because = "What one customer gets reaches others" if situation.spills else "Whole units are assigned"
        return Assignment.BY_UNIT, (
            f"{because}, so that units are drawn by lot and units are what counts. It takes more customers "
            "than a draw by customer."
        )
    return Assignment.BY_CUSTOMER, (
        "Customers can be drawn by lot and nothing spills over: the fewest customers for the surest answer."
    )


def misfit(assignment: Assignment, situation: Situation) -> str:
    """Why a stated comparison does not fit the situation that is stated with it; empty where it does."""
    if situation.can_assign == "nobody" and assignment.is_random:
        return "says that nobody can be assigned, which a draw by lot needs."
    if assignment is Assignment.BY_CUSTOMER and (situation.spills or situation.can_assign == "units"):
        return "says that customers cannot be assigned one by one, or that what one gets reaches others."
    return ""
