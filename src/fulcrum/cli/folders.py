"""`new`, `check` and `playbook check`."""

from datetime import date
from pathlib import Path

from fulcrum.cli import say
from fulcrum.core.errors import Problem, WrongUse, errors_in


def run_new(folder: Path) -> None:
    """Write a company folder to start from, and say what to do next."""
    from fulcrum.folder.new import new_folder

    new_folder(folder)
    say.line(f"A company folder is in {folder}.")
    say.line(
        f"Next: open {folder / 'executives.csv'} and name the executives; then run `fulcrum check {folder}`."
    )


def run_check(folder: Path, rejected: Path | None, as_of: date | None, *, as_json: bool) -> int:
    """Show all Problems, and write the rejected rows where that is asked; gives the exit code."""
    from fulcrum import from_words, workflow

    say.progress(f"Checking {folder} …")
    where = str(folder if folder.name else folder.resolve())
    checked = workflow.check_rows(folder, today=say.today(), as_of=as_of)
    if rejected is not None:
        _write_rejected(checked.rejected_csv, rejected)
    spoken = from_words.check_words(folder, today=say.today(), as_of=as_of)
    return _report(checked.problems + spoken, where, as_json=as_json)


def run_playbook_check(folder: Path | None, *, as_json: bool) -> int:
    """Show the Problems of the playbook and of a company's own entries; gives the exit code."""
    from fulcrum.playbook.check import check_playbook

    own = None if folder is None else folder / "playbook"
    return _report(check_playbook(own), "the playbook", as_json=as_json)


def _write_rejected(rows: str | None, path: Path) -> None:
    """The rejected rows as a file, where any export was read at all."""
    if rows is None:
        say.progress("No export was read, so no rejected rows were written.")
        return
    if path.exists():
        raise WrongUse(f"{path} is there already; choose another name.")
    if not path.resolve().parent.is_dir():
        raise WrongUse(f"There is no folder {path.parent} to write {path.name} to.")
    path.write_text(rows, encoding="utf-8", newline="")
    say.progress(f"The rejected rows are in {path}.")


def _report(problems: tuple[Problem, ...], where: str, *, as_json: bool) -> int:
    if as_json:
        say.whole({"problems": problems})
    else:
        say.problems(problems)
        if not errors_in(problems):
            say.line(f"No errors in {where}.")
    return 1 if errors_in(problems) else 0
