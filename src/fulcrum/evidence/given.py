"""What the steps of the engine share: the loaded data, the company, the rules, and what the data offer."""

from collections.abc import Sequence
from dataclasses import replace

from fulcrum.core.company import Company
from fulcrum.core.rules import CaseRules, EvidenceRules
from fulcrum.core.value import value
from fulcrum.evidence.cells import Cells
from fulcrum.evidence.intake.loaded import Loaded
from fulcrum.evidence.intake.mapping import Outcome
from fulcrum.evidence.methods.bands import Bands, bands_for
from fulcrum.evidence.pilots.tried import TriedHere
from fulcrum.evidence.queries import outcome_cells, outcome_query
from fulcrum.evidence.tracing import Tracer


@value
class Given:
    """Everything that a step of the engine may use."""

    loaded: Loaded
    company: Company
    rules: EvidenceRules
    case_rules: CaseRules
    tracer: Tracer
    seed: int
    tried: TriedHere = TriedHere()

    @property
    def bands(self) -> Bands | None:
        """The bands of the score, if the data have one."""
        rule = self.loaded.mapping.score_rule
        if rule is None or rule.kind is None or rule.scale is None:
            return None
        return bands_for(rule.kind, rule.scale)

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.loaded.mapping.currency

    @property
    def months(self) -> int | None:
        """Length of the outcome window; None where the data have no time."""
        landmark, base = self.loaded.mapping.landmark, self.loaded.base
        has_window = base is not None and base.window is not None
        return landmark.outcome_months if landmark is not None and has_window else None

    def offers(self, outcome: str) -> bool:
        """Whether the customer base knows this outcome."""
        customers = self.loaded.customers
        return customers is not None and customers.outcome(outcome) is not None

    def has_key(self, name: str) -> bool:
        """Whether answers can be grouped by this."""
        answers = self.loaded.answers
        return answers is not None and answers.key(name) is not None

    def has_base_key(self, name: str) -> bool:
        """Whether the customer base can be grouped by this."""
        customers = self.loaded.customers
        return customers is not None and customers.key(name) is not None

    def amounts_a_year(self, by: Sequence[str]) -> tuple[Cells, str] | None:
        """Each customer's money a year, with its query: the stated value, else spend before the landmark."""
        landmark = self.loaded.mapping.landmark
        if self.offers("value"):
            return outcome_cells(self.loaded, "value", by), outcome_query(self.loaded, "value", by)
        if landmark is not None and landmark.pre_months and self.offers("prior_spend"):
            cells = outcome_cells(self.loaded, "prior_spend", by)
            query = outcome_query(self.loaded, "prior_spend", by)
            return _scaled(cells, 12 / landmark.pre_months), query
        return None

    @property
    def knows_staying(self) -> Outcome | None:
        """The event that the score is linked with: stayed, or left."""
        return next((event for event in (Outcome.STAYED, Outcome.LEFT) if self.offers(event)), None)


def _scaled(cells: Cells, factor: float) -> Cells:
    return replace(cells, wy=cells.wy * factor, wyy=cells.wyy * factor**2)
