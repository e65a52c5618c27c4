"""`stories --itinerary`: half an hour with customers, as it is told to the CX team."""

from fulcrum.cli import say
from fulcrum.core import wording
from fulcrum.core.itinerary import Itinerary, Stop


def show_itinerary(itinerary: Itinerary) -> None:
    """The parts with their questions; whom to ask for a call stands apart, for the team alone."""
    say.heading(f"{wording.minutes(itinerary.minutes).capitalize()} with customers, about {itinerary.about}")
    for because in itinerary.because:
        say.line(because)
    for stop in itinerary.stops:
        _show(stop)
    team = [answer for stop in itinerary.stops for answer in stop.for_team]
    if team:
        say.heading("For the CX team alone")
        say.line(f"Ask the customers of these answers whether they would take a call: {', '.join(team)}.")
        say.line("Contact data stay with the team; the executive is connected, not given a number.")
    for unknown in itinerary.missing:
        say.line(wording.say_unknown(unknown))


def _show(stop: Stop) -> None:
    say.heading(f"{wording.minutes(stop.minutes)}: {wording.lowered(stop.title)}")
    say.line(stop.how)
    if stop.why:
        say.line(stop.why)
    for story in stop.stories:
        say.line(f"“{' '.join(story.quote.split())}”", indent=2)
    for question in stop.questions:
        say.line(f"– {question}", indent=2)
    say.line(stop.never)
