"""How common an approved story is: the share of answers like it, counted and not claimed."""

from functools import partial
from operator import eq

from fulcrum.core.company import ApprovedStory
from fulcrum.core.findings import StoryInNumbers
from fulcrum.core.quantities import SHARE, Result, Unknown, money_unit
from fulcrum.core.rules import EvidenceRules
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.methods.bands import Bands
from fulcrum.evidence.methods.buckets import grid
from fulcrum.evidence.methods.refusals import too_few, too_few_customers
from fulcrum.evidence.methods.sample import sample_of
from fulcrum.evidence.methods.score import answered
from fulcrum.evidence.methods.totals import how_much


def story_in_numbers(
    story: ApprovedStory,
    score: float,
    cells: Cells,
    amounts: Cells | None,
    bands: Bands,
    rules: EvidenceRules,
    *,
    currency: str,
    once: bool,
    traces: tuple[str, str],
) -> StoryInNumbers:
    """The share of answers at the story's touchpoint in the band of its score, and the money behind them.

    A story that names no touchpoint is compared with all answers.

    `cells` by touchpoint, score and bucket. `amounts` hold each customer's money a year by the touchpoint and
    score of their last answer, None where the data have no money. `traces`: of the share, of the money. Under
    sampling weights the money is an estimate with its interval.
    """
    band = bands.of(round(score))
    about = f" about {story.touchpoint}" if story.touchpoint else ""
    return StoryInNumbers(
        story=story.id,
        prevalence=_prevalence(story, band, cells, bands, rules, once=once, trace=traces[0]),
        at_stake=_money(story, band, amounts, bands, rules, currency=currency, trace=traces[1]),
        described_as=f"answers{about} score {band}",
    )


def _prevalence(
    story: ApprovedStory,
    band: str,
    cells: Cells,
    bands: Bands,
    rules: EvidenceRules,
    *,
    once: bool,
    trace: str,
) -> Result:
    here = grid(_there(story, answered(cells)), "score")
    n = int(here.n.sum())
    because = too_few(n, rules) or (None if once else too_few_customers(here.filled, n))
    if because:
        return because[1]
    sample = sample_of([float(bands.of(key[0]) == band) for key in here.groups], here, once=once)
    interval = sample.share_in(rules.confidence.value)
    return sample.estimate(
        interval, SHARE, method="share of answers, exact-ended Wilson interval", trace=trace
    )


def _money(
    story: ApprovedStory,
    band: str,
    amounts: Cells | None,
    bands: Bands,
    rules: EvidenceRules,
    *,
    currency: str,
    trace: str,
) -> Result:
    if amounts is None:
        return Unknown(
            reason="The data do not say what a customer is worth.",
            needs="`value` in the customers table, or a table of transactions.",
        )
    alike = _there(story, amounts).where("score", lambda score: bands.of(score) == band)
    n, least = int(alike.n.sum()), int(rules.smallest_cell_shown.value)
    if n < least:
        return Unknown(reason=f"Fewer than {least} customers gave such an answer.", needs="More answers.")
    return how_much(grid(alike, "score"), rules, unit=money_unit(currency, per="year"), trace=trace)


def _there(story: ApprovedStory, cells: Cells) -> Cells:
    """The cells of the story's touchpoint; all of them where it names none."""
    return cells.where("touchpoint", partial(eq, story.touchpoint)) if story.touchpoint else cells
