"""The simulated company's finished pilot as the desk came to know it: looked at early, read at its end."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from fulcrum import from_pilots
from fulcrum.core.stored import to_stored
from fulcrum.records.access import Actor
from fulcrum.records.actions.evidence import looked_at
from fulcrum.records.models import PilotReading
from fulcrum.records.queries.evidence import newest_evidence
from fulcrum.records.queries.pilots import place_of, read_out_in
from fulcrum.simulation.named_person import DESIGN, EARLY_LOOK, FINAL_LOOK, results_as_they_stood
from fulcrum.simulation.on_record import DECISIONS

SCALED = next(one for one in DECISIONS if one.date >= FINAL_LOOK)


def tell_of_first_pilot(actor: Actor, *, scratch: Path) -> None:
    """Keep both readings of the finished pilot, each on its day, and what was decided on the second.

    Told once: a desk that was interrupted while it began tells it no second time.
    """
    if PilotReading.objects.filter(workspace=actor.workspace, key=DESIGN.key).exists():
        return
    _read_on(actor, EARLY_LOOK, scratch)
    final = _read_on(actor, FINAL_LOOK, scratch)
    found = read_out_in(final)
    if found is None or found.decision.word != "scale":
        return  # with few simulated customers it is still open
    final.decided, final.decided_on, final.decided_by = "scale", SCALED.date, actor.member
    final.note = f"{SCALED.decision}. {SCALED.why}."
    final.save(update_fields=["decided", "decided_on", "decided_by", "note"])


def _read_on(actor: Actor, day: date, scratch: Path) -> PilotReading:
    """What the pilot said on that day, of what was measured by then; its worth is that of today's case."""
    source = place_of(actor, DESIGN.key).parent
    today = looked_at(actor.workspace)
    with TemporaryDirectory(prefix="fulcrum-pilot-", dir=scratch) as folder:
        for path in source.glob(f"{DESIGN.key}.*toml"):
            shutil.copy(path, folder)
        results_as_they_stood(source, Path(folder), on=day)
        found = from_pilots.read_pilot(
            replace(today, company=replace(today.company, as_of=day)),
            from_pilots.piloted(Path(folder) / f"{DESIGN.key}.toml"),
            evidence=newest_evidence(actor.workspace),
        )
    if found.look == "early":
        found = replace(found, worth=from_pilots.NOT_YET)
    return PilotReading.objects.create(
        workspace=actor.workspace,
        key=DESIGN.key,
        as_of=day,
        read_out=to_stored(found),
        made_by=actor.member,
    )
