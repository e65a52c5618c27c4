"""What others found: at most two outside arguments, those that this reader has not had before first."""

from collections.abc import Sequence

from fulcrum.core import wording
from fulcrum.core.brief import ArgumentBlock, Block, Paragraph, Section
from fulcrum.core.cited import Cited
from fulcrum.core.company import Company
from fulcrum.core.levers import Lever
from fulcrum.core.people import Executive
from fulcrum.core.playbook import Argument, Playbook
from fulcrum.core.story_choice import aims_of, common_words
from fulcrum.core.told import Told

_ARGUMENTS = 2
_OUTCOMES = ("behaviour", "accounting", "market")


def arguments_for(
    executive: Executive | None, playbook: Playbook, company: Company, told: Sequence[Told] = ()
) -> tuple[Argument, ...]:
    """The fitting ones, the best first: not told yet, then of their industry, then near to their goals.

    Where all were told, the one told longest ago comes first. None that another study disputes stands here.
    """
    aims = () if executive is None else aims_of(executive, company, playbook.goal_metrics)
    last = {id: place for place, one in enumerate(told) for id in one.arguments}
    fitting = [
        argument
        for argument in playbook.arguments
        if argument.strength in ("strong", "fair")
        and not argument.disputed_by
        and argument.lever in (Lever.OPPORTUNITIES, Lever.CONFIDENCE)
    ]

    def order(one: Argument) -> tuple[float, ...]:
        return (
            last.get(one.id, -1),
            company.industry.casefold() not in one.industry.casefold(),
            one.strength != "strong",
            one.outcome not in _OUTCOMES,
            -len(common_words((one.claim,), aims)),
        )

    return tuple(sorted(fitting, key=order)[:_ARGUMENTS])


def arguments_section(arguments: Sequence[Argument], told: Sequence[Told] = ()) -> Section | None:
    """Outside findings, each with what a sceptic would ask; said so where the reader had all of them."""
    if not arguments:
        return None
    had = {id for one in told for id in one.arguments}
    blocks: list[Block] = [Paragraph(text="Grade E for this case, whatever the study's own strength.")]
    if any(one.id in had for one in arguments):
        blocks.append(Paragraph(text="You have had all that fit; what you read longest ago comes again."))
    blocks += [_argument(one) for one in arguments]
    return Section(key="arguments", heading="What others found", blocks=tuple(blocks), page=2)


def _argument(argument: Argument) -> ArgumentBlock:
    best = min(argument.sources, key=lambda cited: cited.seen != "original")
    who = f"{argument.n.rstrip('.')}; {argument.country}, {argument.dated}"
    details = (
        ("Direction", argument.direction),
        ("Compared with", argument.baseline),
        ("Who", who),
        ("How", argument.design),
        ("Interest", argument.sponsor_interest),
        ("Known criticism", argument.criticism),
        ("Answer", argument.rebuttal),
    )
    return ArgumentBlock(
        claim=wording.sentence(argument.claim),
        details=tuple((name, wording.sentence(text)) for name, text in details if text.strip()),
        warnings=argument.warnings,
        source=_cited(best),
    )


def _cited(cited: Cited) -> str:
    year = f" ({cited.year})" if cited.year is not None else ""
    seen = "" if cited.seen == "original" else f", {cited.seen}"
    return f"{cited.title}{year}{seen}" + (f": {cited.url}" if cited.url else "")
