"""The files of the simulated company that are not the company folder's own: exports, pilots, transcripts."""

from pathlib import Path

from fulcrum.simulation.exports import write_exports
from fulcrum.simulation.named_person import write_named_person
from fulcrum.simulation.pilot import write_pilot
from fulcrum.simulation.speeches import write_speeches
from fulcrum.simulation.truth import Causes, imagine


def write_files(folder: Path, *, customers: int, seed: int) -> None:
    """Write them into the folders where a company keeps such files."""
    everyone, _ = imagine(customers, Causes(), seed=seed)
    write_exports(everyone, folder / "data", seed=seed)
    write_pilot(everyone, folder / "pilots", seed=seed)
    write_named_person(everyone, folder / "pilots", seed=seed)
    write_speeches(folder / "words", seed=seed)
