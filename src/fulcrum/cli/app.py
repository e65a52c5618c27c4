"""The commands, one function each, and the exit codes: 0 done, 1 problems in the data, 2 wrong use."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from fulcrum.cli.keys import commands as keys
from fulcrum.cli.moving import commands as moving
from fulcrum.cli.operators import commands as operators
from fulcrum.cli.pilots import commands as pilots
from fulcrum.core.errors import DataProblems, FulcrumError

app = typer.Typer(
    name="fulcrum",
    help="Win, raise and keep each executive's commitment to customer experience.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
playbook_app = typer.Typer(help="The playbook: what Fulcrum recommends, and your own additions.")
app.add_typer(playbook_app, name="playbook", no_args_is_help=True)
app.add_typer(pilots, name="pilot", no_args_is_help=True)
app.add_typer(operators)
app.add_typer(moving)
app.add_typer(keys)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The company folder.")]
Json = Annotated[bool, typer.Option("--json", help="The whole result as JSON.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to look from; today if not said."),
]
Who = Annotated[str | None, typer.Option("--executive", metavar="ID", help="Only this executive.")]


def main() -> None:
    """Run the command line; says a mistake in a sentence and leaves with its exit code."""
    from fulcrum.cli import say

    try:
        app()
    except DataProblems as error:
        say.problems(error.problems)
        raise SystemExit(1) from None
    except FulcrumError as error:
        say.mistake(str(error))
        raise SystemExit(2) from None


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to write it.")] = Path("demo"),
) -> None:
    """Make the simulated company and its briefs, and say where they are."""
    from fulcrum.cli.briefs import run_demo

    run_demo(out)


@app.command()
def new(folder: Folder) -> None:
    """Write a company folder to start from, with commented examples."""
    from fulcrum.cli.folders import run_new

    run_new(folder)


@app.command()
def check(
    folder: Folder,
    rejected: Annotated[
        Path | None,
        typer.Option("--rejected", metavar="FILE", help="Write the rejected rows of the exports as CSV."),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Show every problem in a company folder: file, row, column, what is wrong and what to do."""
    from fulcrum.cli.folders import run_check

    raise typer.Exit(run_check(folder, rejected, _day(as_of), as_json=json))


@app.command("map")
def map_(folder: Folder, json: Json = False) -> None:
    """Propose what the columns of the exports mean, for you to confirm."""
    from fulcrum.cli.mapping import run_map

    run_map(folder, as_json=json)


@app.command()
def where(folder: Folder, who: Who = None, as_of: AsOf = None, json: Json = False) -> None:
    """Where each executive stands, how sure we are, and what moved it."""
    from fulcrum.cli.people import run_where

    run_where(folder, who, _day(as_of), as_json=json)


@app.command("next")
def next_(folder: Folder, who: Who = None, as_of: AsOf = None, json: Json = False) -> None:
    """Which lever next, why, what is at hand, what is missing, and the step to ask."""
    from fulcrum.cli.people import run_next

    run_next(folder, who, _day(as_of), as_json=json)


@app.command()
def plan(
    folder: Folder,
    weeks: Annotated[
        int | None, typer.Option("--weeks", metavar="N", min=1, max=26, help="How many weeks; 6 if not said.")
    ] = None,
    hours: Annotated[
        float | None,
        typer.Option("--hours", metavar="H", min=0, help="What if the team had so many hours a week."),
    ] = None,
    away: Annotated[
        list[str] | None,
        typer.Option(
            "--away", metavar="ID:FROM..TO", help="What if an executive were away; may be repeated."
        ),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Which moves for whom over the coming weeks, why then, and what is left out."""
    from fulcrum.cli.plan import run_plan

    run_plan(folder, weeks, hours, away or (), _day(as_of), as_json=json)


@app.command()
def due(folder: Folder, who: Who = None, as_of: AsOf = None, json: Json = False) -> None:
    """What is due, slips or ages, whose commitment fell, and which moves wait for what you saw."""
    from fulcrum.cli.due import run_due

    run_due(folder, who, _day(as_of), as_json=json)


@app.command()
def evidence(
    folder: Folder,
    trace: Annotated[
        str | None, typer.Option("--trace", metavar="ID", help="Where this number comes from.")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine", metavar="ENGINE", help="Stop unless duckdb, postgres or spark counts the data."
        ),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """What the customers' data say, with interval and grade, and what they cannot carry."""
    from fulcrum.cli.numbers import run_evidence

    run_evidence(folder, trace, engine, _day(as_of), as_json=json)


@app.command()
def drivers(folder: Folder, as_of: AsOf = None, json: Json = False) -> None:
    """Which parts of the experience matter, against the score and against what customers did."""
    from fulcrum.cli.drivers import run_drivers

    run_drivers(folder, _day(as_of), as_json=json)


@app.command()
def case(folder: Folder, as_of: AsOf = None, json: Json = False) -> None:
    """The business case: upside of action, downside of inaction, and how little must be causal."""
    from fulcrum.cli.numbers import run_case

    run_case(folder, _day(as_of), as_json=json)


@app.command()
def vision(folder: Folder, as_of: AsOf = None, json: Json = False) -> None:
    """Where the vision is vague: the words, why that matters, and what to write instead."""
    from fulcrum.cli.goals import run_vision

    run_vision(folder, _day(as_of), as_json=json)


@app.command()
def goals(folder: Folder, who: Who = None, as_of: AsOf = None, json: Json = False) -> None:
    """What moves each executive's goals here, how sure that is, and the chance to reach them."""
    from fulcrum.cli.goals import run_goals

    run_goals(folder, who, _day(as_of), as_json=json)


@app.command()
def stories(
    folder: Folder,
    draft: Annotated[
        Path | None,
        typer.Option("--draft", metavar="FILE", help="Write the proposals as a stories.csv to approve."),
    ] = None,
    itinerary: Annotated[
        str | None,
        typer.Option("--itinerary", metavar="EXECUTIVE", help="Half an hour with customers for them."),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """What customers write about, how common it is, and masked stories for a person to approve."""
    from fulcrum.cli.stories import run_stories

    run_stories(folder, _day(as_of), as_json=json, draft=draft, itinerary=itinerary)


@app.command()
def align(
    folder: Folder,
    mechanisms: Annotated[
        bool, typer.Option("--mechanisms", help="Only the way of working: mechanisms and what to build next.")
    ] = False,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Who owns it, how alike executives rank, what they believe customers feel, and the way of working."""
    from fulcrum.cli.align import run_align

    run_align(folder, _day(as_of), only_mechanisms=mechanisms, as_json=json)


@app.command()
def words(folder: Folder, who: Who = None, as_of: AsOf = None, json: Json = False) -> None:
    """What executives speak of in their own texts: attention to customers, passages, what to note."""
    from fulcrum.cli.words import run_words

    raise typer.Exit(run_words(folder, who, _day(as_of), as_json=json))


@app.command()
def progress(
    folder: Folder,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since", metavar="DATE", formats=["%Y-%m-%d"], help="From when on; a quarter ago if not said."
        ),
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """What moved and what did not, whose word was kept, what it cost, what could go wrong."""
    from fulcrum.cli.progress import run_progress

    run_progress(folder, _day(since), _day(as_of), as_json=json)


@app.command()
def brief(
    folder: Folder,
    who: Who = None,
    board: Annotated[bool, typer.Option("--board", help="The brief for the board.")] = False,
    vision: Annotated[
        bool, typer.Option("--vision", help="The vision brief, for all or for one executive.")
    ] = False,
    confidence: Annotated[
        str | None,
        typer.Option("--confidence", metavar="TIME", help="How the work went in the last month or quarter."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="OUT", help="Where to write the files.")] = Path(
        "briefs"
    ),
    formats: Annotated[
        str,
        typer.Option(
            "--formats",
            help="Which of html,pdf,pptx,xlsx; with ics a calendar file, with txt a note to send.",
        ),
    ] = "html,pdf,pptx,xlsx",
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", metavar="DIR", help="Where earlier briefs are, to renew them; OUT if not said."
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Write the brief for one executive, for the board, or for everybody if none is named."""
    from fulcrum.cli.briefs import run_brief
    from fulcrum.cli.confidence import run_confidence_brief
    from fulcrum.cli.vision import run_vision_brief
    from fulcrum.core.errors import WrongUse

    if vision and confidence is not None:
        raise WrongUse("One kind of brief at a time: --vision or --confidence.")
    if confidence is not None:
        wanted = tuple(formats.split(","))
        run_confidence_brief(folder, confidence, who, board, out, wanted, _day(as_of))
        return
    if vision:
        run_vision_brief(folder, who, board, out, tuple(formats.split(",")), _day(as_of))
        return
    run_brief(folder, who, board, out, tuple(formats.split(",")), since, _day(as_of))


@playbook_app.command("check")
def playbook_check(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A company folder with own entries.")
    ] = None,
    json: Json = False,
) -> None:
    """Find dangling references, gaps and unsourced claims in the playbook."""
    from fulcrum.cli.folders import run_playbook_check

    raise typer.Exit(run_playbook_check(folder, as_json=json))


@app.command()
def version() -> None:
    """The version of Fulcrum."""
    from fulcrum import __version__

    typer.echo(__version__)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
