"""Reference inputs and outputs, as columns of numbers or texts. See reference/make_reference.R."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "reference"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one reference file."""
    with (FOLDER / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def column(name: str, field: str) -> NDArray[np.float64]:
    """One numeric column of a reference file."""
    return np.array([float(row[field]) for row in rows(name)])


def table(name: str, *fields: str) -> NDArray[np.float64]:
    """Several numeric columns side by side."""
    return np.column_stack([column(name, field) for field in fields])
