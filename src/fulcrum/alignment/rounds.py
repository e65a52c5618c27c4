"""Answers sorted into rounds and people: one sheet for each who answered, the latest answers on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from fulcrum.core.alignment import Asked
from fulcrum.core.company import Company, PulseAnswer, PulseRound
from fulcrum.core.pulses import WHO_LEADS, item_of, missing_rank
from fulcrum.core.roles import role_of
from fulcrum.core.value import value
from fulcrum.core.wording import many


@value
class Sheet:
    """What one person answered in one round: text by question, and ranks by item."""

    respondent: str
    answers: tuple[tuple[str, str], ...]
    ranks: tuple[tuple[str, int], ...]

    def said(self, question: str) -> str | None:
        """The answer to a question; None where there is none."""
        return dict(self.answers).get(question)

    def number(self, question: str) -> int | None:
        """The answer to a question on a scale."""
        said = self.said(question)
        return None if said is None else int(said)

    @property
    def leads(self) -> str | None:
        """Whom they say leads it."""
        return self.said(WHO_LEADS)

    @property
    def is_ranking_whole(self) -> bool:
        """Whether they ranked something, and left no gap."""
        return bool(self.ranks) and missing_rank([rank for _, rank in self.ranks]) is None


@value
class Round:
    """One round: its days, its sheets in the order of the executives, who is the chief, what was left out."""

    asked: Asked
    sheets: tuple[Sheet, ...]
    chief: str | None
    cautions: tuple[str, ...]

    @property
    def colleagues(self) -> tuple[Sheet, ...]:
        """The sheets of all but the chief executive."""
        return tuple(sheet for sheet in self.sheets if sheet.respondent != self.chief)

    @property
    def own(self) -> Sheet | None:
        """The chief executive's sheet."""
        return next((sheet for sheet in self.sheets if sheet.respondent == self.chief), None)


def rounds_of(company: Company, *, same_round_days: float) -> tuple[Round, ...]:
    """The rounds of a company that anybody answered by its day, the earliest first.

    An answer belongs to the round that it names, else to a round on whose days it was given, else to those
    given within `same_round_days` of the first such answer. Within a round the latest answer counts; of a
    ranking the latest day's. Answers outside of their round's days do not count, and that is said.
    """
    known = {one.id: one for one in company.pulse_rounds}
    groups: dict[str, list[PulseAnswer]] = defaultdict(list)
    loose: list[PulseAnswer] = []
    for answer in company.pulses:
        if answer.date > company.as_of:
            continue
        name = answer.round or _held_on(answer.date, company.pulse_rounds)
        (groups[name] if name else loose).append(answer)
    for cluster in _clusters(loose, timedelta(days=same_round_days)):
        groups[cluster[0].date.isoformat()] += cluster
    found = (_round(name, answers, known.get(name), company) for name, answers in groups.items())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.asked.last))


def chief_of(company: Company) -> str | None:
    """The one executive whose role is chief executive; None where there is none, or more than one."""
    chiefs = [person.id for person in company.executives if role_of(person.role) == "CEO"]
    return chiefs[0] if len(chiefs) == 1 else None


def _held_on(on: date, rounds: Iterable[PulseRound]) -> str:
    return next((one.id for one in rounds if one.opens_on <= on <= one.closes_on), "")


def _clusters(answers: Sequence[PulseAnswer], reach: timedelta) -> Iterable[list[PulseAnswer]]:
    cluster: list[PulseAnswer] = []
    for answer in sorted(answers, key=lambda one: one.date):
        if cluster and answer.date - cluster[0].date > reach:
            yield cluster
            cluster = []
        cluster.append(answer)
    if cluster:
        yield cluster


def _round(
    name: str, answers: Sequence[PulseAnswer], held: PulseRound | None, company: Company
) -> Round | None:
    in_time = [one for one in answers if held is None or held.opens_on <= one.date <= held.closes_on]
    if not in_time:
        return None
    sheets, replaced = [], 0
    for person in company.executives:
        own = [one for one in in_time if one.respondent == person.id]
        if own:
            sheet = _sheet(person.id, own)
            sheets.append(sheet)
            replaced += len(own) - len(sheet.answers) - len(sheet.ranks)
    days = [one.date for one in in_time]
    asked = Asked(
        id=name,
        first=min(days) if held is None else held.opens_on,
        last=max(days) if held is None else held.closes_on,
        answered=len(sheets),
        executives=len(company.executives),
    )
    left_out = (
        (len(answers) - len(in_time), "answer was given outside of the round's days and does not count"),
        (replaced, "answer was replaced by a later one of the same person"),
    )
    cautions = tuple(f"{_many(number, what)}." for number, what in left_out if number)
    return Round(asked=asked, sheets=tuple(sheets), chief=chief_of(company), cautions=cautions)


def _sheet(respondent: str, answers: Sequence[PulseAnswer]) -> Sheet:
    in_order = sorted(answers, key=lambda one: one.date)
    ranked_on = max((one.date for one in answers if item_of(one.question) is not None), default=None)
    ranks = {
        item: int(one.answer)
        for one in in_order
        if one.date == ranked_on and (item := item_of(one.question)) is not None
    }
    said = {one.question: one.answer.strip() for one in in_order if item_of(one.question) is None}
    return Sheet(respondent=respondent, answers=tuple(said.items()), ranks=tuple(ranks.items()))


def _many(number: int, what: str) -> str:
    noun, _, rest = what.partition(" ")
    if number == 1:
        return f"{many(1, noun)} {rest}"
    plural = rest.replace("was ", "were ", 1).replace("does not", "do not").replace("of the same person", "")
    return f"{many(number, noun)} {plural.strip()}"
