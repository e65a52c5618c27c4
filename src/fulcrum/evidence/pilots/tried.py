"""What pilots say for the business cases that name them, and why others take the place of nothing."""

from collections.abc import Sequence
from pathlib import Path

from fulcrum.core.company import Company
from fulcrum.core.findings import SourceFile, Trace
from fulcrum.core.grounds import Tried
from fulcrum.core.pilots import ReadOut
from fulcrum.core.quantities import Grade, Unknown
from fulcrum.core.rules import EvidenceRules, PilotRules
from fulcrum.core.value import value
from fulcrum.core.wording import day
from fulcrum.evidence.pilots.file import read_design
from fulcrum.evidence.pilots.read_out import read_out
from fulcrum.evidence.pilots.registered import read_registration


@value
class TriedHere:
    """The read-outs that cases rest on, why others do not count, their files and their traces."""

    tried: tuple[Tried, ...] = ()
    not_used: tuple[tuple[str, str], ...] = ()
    files: tuple[SourceFile, ...] = ()
    traces: tuple[Trace, ...] = ()

    def of(self, pilot: str) -> Tried | None:
        """What this pilot says, where it counts."""
        return next((one for one in self.tried if one.pilot == pilot), None)

    def why_not(self, pilot: str) -> str:
        """Why this pilot takes the place of no assumption; empty where it does."""
        return dict(self.not_used).get(pilot, "")


def tried_here(
    folder: Path,
    company: Company,
    evidence_rules: EvidenceRules,
    pilot_rules: PilotRules,
    *,
    version: str,
    seed: int,
) -> TriedHere:
    """Every pilot that an initiative names, read on the company's day."""
    named = tuple(dict.fromkeys(one.pilot for one in company.initiatives if one.pilot))
    read = [_read(folder, key, company, evidence_rules, pilot_rules, version, seed) for key in named]
    found = [one for one in read if isinstance(one, ReadOut)]
    judged = [(key, _judged(one)) for key, one in zip(named, read, strict=True)]
    return TriedHere(
        tried=tuple(one for _, one in judged if isinstance(one, Tried)),
        not_used=tuple((key, why) for key, why in judged if isinstance(why, str)),
        files=tuple(file for one in found for file in one.files),
        traces=tuple(trace for one in found for trace in one.traces),
    )


def tried_of(read: ReadOut) -> Tried | str:
    """What a read-out says for a case, or why it takes the place of no assumption there."""
    design, effect = read.design, read.effect
    if isinstance(effect, Unknown):
        return effect.reason
    if read.decision.word in ("go on", "not read"):
        return "It is not over, and what it shows so far decides nothing."
    if effect.grade > Grade.QUASI_EXPERIMENT:
        return f"Its difference is of grade {effect.grade.value}, which replaces no assumption."
    if design.measures == "other":
        return "Its outcome is no part of the case: say under `measures` what it is."
    return Tried(
        pilot=design.key,
        name=design.name,
        measures=design.measures,
        effect=effect,
        is_more_better=design.better == "higher",
        window_months=design.window_months or 12.0,
        read_on=read.as_of,
    )


def _judged(read: ReadOut | str) -> Tried | str:
    return read if isinstance(read, str) else tried_of(read)


def _read(
    folder: Path,
    key: str,
    company: Company,
    evidence_rules: EvidenceRules,
    pilot_rules: PilotRules,
    version: str,
    seed: int,
) -> ReadOut | str:
    path = folder / f"{key}.toml"
    if not path.is_file():
        return f"There is no pilots/{key}.toml."
    design, problems = read_design(path)
    registration, told = read_registration(path)
    if design is None or told:
        return _first((*problems, *told))
    if company.as_of < design.starts:
        return f"It starts on {day(design.starts)}."
    made, problems = read_out(
        folder,
        design,
        registration,
        as_of=company.as_of,
        currency=company.currency,
        evidence_rules=evidence_rules,
        pilot_rules=pilot_rules,
        version=version,
        seed=seed,
    )
    return _first(problems) if made is None else made


def _first(problems: Sequence[object]) -> str:
    return f"It cannot be read: {problems[0]}"
