"""What a group that was chosen for its low (or high) values would do by itself: regression to the mean."""


def expected_regression(*, group_before: float, all_before: float, all_after: float, carried: float) -> float:
    """The change from before to after that is to be expected of the group without any effect.

    (mean after of all + carried × (group's mean before − mean before of all)) − group's mean before, with
    `carried` the slope of after on before among all customers, or units (F. Galton 1886). A group at the mean
    of all changes as all do; the further from it, the more it comes back.
    """
    return all_after + carried * (group_before - all_before) - group_before
