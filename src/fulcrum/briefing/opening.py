"""Page one, read in two minutes: the ask, the goal, what it is worth, one customer, what happened since."""

import re
from datetime import date, timedelta

from fulcrum.briefing import pictures
from fulcrum.core import wording
from fulcrum.core.brief import (
    AskBlock,
    Block,
    Missing,
    Paragraph,
    Progress,
    Quote,
    Section,
    Signal,
    Span,
    Statement,
)
from fulcrum.core.company import ApprovedStory, AskStatus, Company
from fulcrum.core.findings import Case, Evidence, StoryInNumbers, Trend
from fulcrum.core.judgement import StepToAsk
from fulcrum.core.people import Executive, Goal
from fulcrum.core.playbook import GoalMetric, Playbook
from fulcrum.core.quantities import Estimate, Unknown

_DATED = re.compile(r"\d{4}-\d\d")
_DAYS_BACK = 90  # what "since" means to somebody who has had no brief yet


def ask_sentence(step: StepToAsk) -> str:
    """The ask as one sentence: when, then the verb."""
    first = step.ask[:1].lower() if step.ask[1:2].islower() else step.ask[:1]
    when = (
        f"From {wording.day_and_month(step.first_on)} to {wording.day_and_month(step.until)}"
        if step.then
        else f"By {wording.day_and_month(step.until)}"
    )
    return wording.sentence(f"{when}, {first}{step.ask[1:]}")


def ask_section(step: StepToAsk | None, company: Company) -> Section:
    """The one thing asked, with the time it takes; or that nothing is asked."""
    if step is None:
        nothing = Paragraph(text="Nothing is asked of you in this brief. It reports what the data say.")
        return Section(key="ask", heading="", blocks=(nothing,))
    terms = [("First time", wording.minutes(step.minutes))]
    if step.then:
        terms.append(("Then", step.then))
    terms.append(("From, to", f"{wording.short_day(step.first_on)}, {wording.short_day(step.until)}"))
    terms.append(("To accept", f"Reply “yes” to {company.contact}" if company.contact else "Reply “yes”"))
    return Section(key="ask", heading="", blocks=(AskBlock(sentence=ask_sentence(step), terms=tuple(terms)),))


def goal_section(executive: Executive, company: Company, playbook: Playbook) -> Section:
    """The goal they answer for, what plausibly moves it, and what the vision means for their area."""
    goal = _next_goal(executive, company)
    meaning = company.vision.meaning_for(executive.id) if company.vision is not None else None
    toward = (
        (Paragraph(text=f"Where this is heading, for your area: {wording.sentence(meaning)}"),)
        if meaning
        else ()
    )
    if goal is None:
        missing = Missing(
            what="Your goal",
            why="No goal of yours is recorded.",
            remedy="Say which target you answer for, from what, to what and by when.",
        )
        return Section(key="goal", heading="Why it matters for your goal", blocks=(missing, *toward))
    blocks: list[Block] = [Statement(spans=(Span(text=_goal_said(goal)),))]
    metric = _metric_of(goal, playbook)
    if metric is not None:
        blocks.append(
            Paragraph(text=f"What plausibly moves it: {_lowered(wording.sentence(metric.drivers))}")
        )
    track = pictures.track_of(goal)
    beside = () if track is None else (track,)
    return Section(
        key="goal", heading="Why it matters for your goal", blocks=(*blocks, *toward), beside=beside
    )


def worth_spans(case: Case) -> tuple[Span, ...]:
    """What acting is worth and what waiting puts at stake, in words that the grades allow."""
    spans: list[Span] = []
    if isinstance(case.upside, Estimate):
        upside = pictures.money_figure(case, "upside", "Upside of action", case.upside)
        if case.upside.value < 0:
            short = pictures.money_figure(case, "shortfall", "Shortfall of action", wording.loss(case.upside))
            spans += [
                Span(text=f"{case.title} falls short of its cost by "),
                Span(text=f"{short.said}.", tone="loss", figure=short),
            ]
        else:
            before, after = {
                "return": (f"{case.title} returns ", ""),
                "expected, if causal": (f"{case.title} is worth ", ", if causal"),
            }.get(upside.claim, (f"At stake in {_lowered(case.title)}: ", ""))
            spans += [
                Span(text=before),
                Span(text=f"{upside.said}{after}.", tone="gain", figure=upside),
            ]
    if isinstance(case.inaction, Estimate) and case.inaction.value < 0:
        lost = pictures.money_figure(case, "inaction", "Downside of inaction", wording.loss(case.inaction))
        spans += [
            Span(text=" Waiting puts " if spans else "Waiting puts "),
            Span(text=f"{lost.said} at stake.", tone="loss", figure=lost),
        ]
    return tuple(spans)


def worth_section(case: Case | None, *, is_titled: bool = False) -> Section:
    """The case in one sentence and one drawing; or what the data cannot carry, why, and what is needed."""
    if case is None:
        missing = Missing(
            what="What it is worth",
            why="No case was computed: it needs customers' data and an initiative with its costs.",
            remedy="Connect customers, feedback and transactions, and state the initiative in company.toml.",
        )
        return Section(key="worth", heading="What it is worth", blocks=(missing,))
    blocks: list[Block] = []
    spans = worth_spans(case)
    if spans and not is_titled:
        blocks.append(Statement(spans=spans))
    for result, what in ((case.upside, "The upside of action"), (case.inaction, "The downside of waiting")):
        if isinstance(result, Unknown):
            blocks.append(_missing(what, result))
    drawing = pictures.masses_of(case)
    if drawing is not None:
        blocks += [drawing, Paragraph(text=f"{drawing.note} {_odds(case)}".strip(), is_note=True)]
    heading = f"What it is worth, over {wording.years(case.horizon_years)}"
    if is_titled:
        heading = f"{case.title}: what it is worth, over {wording.years(case.horizon_years)}"
    return Section(key=f"worth.{case.key}", heading=heading, blocks=tuple(blocks))


def customer_section(story: ApprovedStory | None, numbers: StoryInNumbers | None) -> Section:
    """One customer's words, and how many are like them."""
    if story is None:
        missing = Missing(
            what="One customer",
            why="No customer's story is approved yet.",
            remedy="Read the masked comments of this area and approve one.",
        )
        return Section(key="customer", heading="One customer", blocks=(missing,))
    quote = Quote(text=story.quote, source=f"A customer on {story.touchpoint}; names masked.")
    beside: tuple[Block, ...] = ()
    if numbers is not None:
        drawn = pictures.prevalence_of(numbers, note=_held(numbers))
        unsaid = numbers.prevalence
        if drawn is not None:
            beside = (drawn,)
        elif isinstance(unsaid, Unknown):
            beside = (_missing("How many are like this customer", unsaid),)
    else:
        unlinked = Unknown(
            reason="Its touchpoint and score match no answers in the data", needs="the feedback it comes from"
        )
        beside = (_missing("How many are like this customer", unlinked),)
    return Section(key="customer", heading="One customer", blocks=(quote,), beside=beside)


def story_for(executive: Executive | None, company: Company) -> ApprovedStory | None:
    """The latest approved story of their area, else the latest of all."""
    area = executive.area.casefold() if executive is not None else ""
    own = [story for story in company.stories if area and story.area.casefold() == area]
    return max(own or company.stories, key=lambda story: story.approved_on, default=None)


def since_section(
    executive: Executive | None, company: Company, evidence: Evidence, playbook: Playbook, as_of: date
) -> Section:
    """What happened since the last time we spoke: signals against noise, wins, and what they have done."""
    since = _since(executive, company, as_of)
    heading = f"Since {wording.month(since)}" + (f" {since.year}" if since.year != as_of.year else "")
    trends = sorted(evidence.trends, key=lambda trend: not _signals_since(trend, since))
    signals = [_of_trend(trend, since) for trend in trends if trend.values][:2]
    done = _done_by(executive, company, playbook, since) if executive is not None else None
    signals += [done] if done is not None else []
    signals += [
        Signal(label=win.win, note=win.note, large=win.value or wording.day_and_month(win.date))
        for win in sorted(company.wins, key=lambda win: win.date, reverse=True)
        if since <= win.date <= as_of
    ][: 3 - len(signals)]
    if signals:
        return Section(key="since", heading=heading, blocks=(Progress(signals=tuple(signals)),))
    missing = Missing(
        what=heading,
        why="No trend, win or finished step is recorded.",
        remedy="Record wins as they happen, and date the feedback so that a trend can be read.",
    )
    return Section(key="since", heading=heading, blocks=(missing,))


def _next_goal(executive: Executive, company: Company) -> Goal | None:
    own = [goal for goal in company.goals if goal.executive == executive.id]
    return min(own, key=lambda goal: (goal.due is None, goal.due or date.max), default=None)


def _goal_said(goal: Goal) -> str:
    said = f"Your goal: {_lowered(goal.goal)}"
    if goal.baseline and goal.target:
        said += f", from {wording.kept(goal.baseline)} to {wording.kept(goal.target)}"
    elif goal.target:
        said += f", to {wording.kept(goal.target)}"
    return wording.sentence(said + (f", by {wording.day(goal.due)}" if goal.due else ""))


def _metric_of(goal: Goal, playbook: Playbook) -> GoalMetric | None:
    asked = goal.metric.casefold()
    return next((m for m in playbook.goal_metrics if asked in (m.id.casefold(), m.name.casefold())), None)


def _odds(case: Case) -> str:
    said = []
    if isinstance(case.gain_probability, Estimate):
        said.append(
            f"Acting ends above break-even in {wording.of_hundred(case.gain_probability)} simulated outcomes."
        )
    if isinstance(case.break_even, Estimate):
        assumed = pictures.causal_share(case)
        needed = f"It breaks even if {wording.say(case.break_even)} of the link is causal"
        said.append(needed + (f"; we assume {wording.say(assumed)}." if assumed is not None else "."))
    moved = next((one for one in case.assumptions if one.key == "moved_share" and one.is_stated), None)
    if moved is not None:
        share = wording.say(moved.result)
        said.append(
            f"It assumes that {share} of the customers reached are moved; nobody has measured that here."
        )
    return " ".join(said)


def _held(numbers: StoryInNumbers) -> str:
    if isinstance(numbers.at_stake, Unknown):
        return f"What they hold in revenue is not known. {wording.say_unknown(numbers.at_stake)}"
    return f"They hold {wording.say(numbers.at_stake)} of yearly revenue, at stake."


def _since(executive: Executive | None, company: Company, as_of: date) -> date:
    spoken = [
        move.date
        for move in company.moves
        if executive is not None and move.executive == executive.id and move.date < as_of
    ]
    return max(spoken, default=as_of - timedelta(days=_DAYS_BACK))


def _signals_since(trend: Trend, since: date) -> list[str]:
    """The places of a trend's signals that are not older than `since`, where the places are dates."""
    places = [trend.at[k] for k in trend.signals]
    return [at for at in places if not _DATED.match(at) or at >= since.isoformat()[: len(at)]]


def _of_trend(trend: Trend, since: date) -> Signal:
    recent = _signals_since(trend, since)
    if trend.low is None or trend.high is None:
        note = "Too few points to tell a signal from noise."
    elif recent:
        note = f"A signal, beyond noise ({wording.period(recent[-1])}); not yet an effect."
    else:
        note = "No change beyond the noise."
    return Signal(
        label=f"{trend.title}: {pictures.last_of(trend)}", note=note, trend=pictures.trend_of(trend)
    )


def _done_by(executive: Executive, company: Company, playbook: Playbook, since: date) -> Signal | None:
    done = [
        ask
        for ask in company.asks
        if ask.executive == executive.id
        and ask.status is AskStatus.DONE
        and ask.closed_on is not None
        and ask.closed_on >= since
    ]
    if not done:
        return None
    last = max(done, key=lambda ask: ask.closed_on or since)
    step = playbook.step(last.step)
    said = wording.sentence(step.ask if step is not None else last.step)
    when = f", {wording.day_and_month(last.closed_on)}" if last.closed_on else ""
    large = wording.number_word(len(done)).capitalize()
    return Signal(label="Done by you" + when, note=said, large=large)


def _missing(what: str, unknown: Unknown) -> Missing:
    return Missing(what=what, why=wording.sentence(unknown.reason), remedy=wording.sentence(unknown.needs))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
