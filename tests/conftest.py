"""What every test may ask for."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("FULCRUM_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets, or a skip that says why."""
    if not SHARED.is_dir():
        pytest.skip("the real data sets are not beside this checkout (set FULCRUM_SHARED_DATA)")
    return SHARED
