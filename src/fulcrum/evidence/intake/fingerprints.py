"""Exports that are recognised by their header, and words that columns of other files go by."""

import re

from fulcrum.core.value import value
from fulcrum.evidence.intake.mapping import Table


@value
class Fingerprint:
    """A vendor's export: the headers that give it away, and what its own columns are."""

    vendor: str
    table: Table
    headers: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    keep: tuple[str, tuple[str, ...]] | None = None
    personal: tuple[str, ...] = ()


KNOWN = (
    Fingerprint(
        vendor="Qualtrics",
        table=Table.FEEDBACK,
        headers=("ResponseId", "RecordedDate", "Finished"),
        columns=(
            ("response", "ResponseId"),
            ("answered_at", "RecordedDate"),
            ("customer", "ExternalReference"),
        ),
        keep=("Status", ("IP Address", "0")),
        personal=("RecipientEmail", "RecipientFirstName", "RecipientLastName", "IPAddress"),
    ),
    Fingerprint(
        vendor="SurveyMonkey",
        table=Table.FEEDBACK,
        headers=("Respondent ID", "Collector ID", "End Date"),
        columns=(("response", "Respondent ID"), ("answered_at", "End Date"), ("customer", "Custom Data 1")),
        personal=("Email Address", "First Name", "Last Name", "IP Address"),
    ),
    Fingerprint(
        vendor="Zendesk",
        table=Table.CONTACTS,
        headers=("Summation column", "Requester id", "Created at"),
        columns=(
            ("customer", "Requester id"),
            ("at", "Created at"),
            ("channel", "Via"),
            ("reason", "Ticket type"),
        ),
        personal=("Requester", "Requester email", "Submitter", "Assignee"),
    ),
    Fingerprint(
        vendor="Salesforce",
        table=Table.TRANSACTIONS,
        headers=("AccountId", "StageName", "CloseDate"),
        columns=(("customer", "AccountId"), ("at", "CloseDate"), ("amount", "Amount")),
        keep=("StageName", ("Closed Won",)),
    ),
    Fingerprint(
        vendor="HubSpot",
        table=Table.TRANSACTIONS,
        headers=("Record ID", "Deal Name", "Deal Stage"),
        columns=(("customer", "Associated Company IDs"), ("at", "Close Date"), ("amount", "Amount")),
        keep=("Deal Stage", ("Closed won", "Closed Won")),
    ),
    Fingerprint(
        vendor="Formbricks",
        table=Table.FEEDBACK,
        headers=("Response ID", "Survey ID", "Timestamp"),
        columns=(("response", "Response ID"), ("answered_at", "Timestamp"), ("customer", "User ID")),
        keep=("Finished", ("Yes",)),
        personal=("Verified Email",),
    ),
    Fingerprint(
        vendor="Typeform",
        table=Table.FEEDBACK,
        headers=("#", "Submit Date (UTC)", "Network ID"),
        columns=(("response", "#"), ("answered_at", "Submit Date (UTC)")),
    ),
)

WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("response", r"(response|answer|review|survey)[ _]?id"),
        ("customer", r"((customer|client|account|user|member|subscriber|contract)[ _]?(id|no|number|key)?)"),
        ("score", r".*(nps|recommend|satisf|csat|rating|score|stars).*"),
        ("comment", r".*(comment|verbatim|why|reason for|feedback|message).*"),
        ("touchpoint", r"(touch ?point|journey|channel|survey name)"),
        ("answered_at", r".*(answer|response|review|submit|recorded).*(date|time|at|on).*"),
        ("started", r".*(start|join|since|signed|created|registered|customer from).*"),
        ("ended", r".*(end|left|churn|cancel|closed).*(date|at|on)"),
        ("left", r"(churn(ed)?|churn label|left|cancelled|is_churned)"),
        ("amount", r".*(amount|revenue|total|payment value|paid|price|sales).*"),
        ("value", r".*(value|annual|arr|yearly|fee).*"),
        ("cost", r".*cost.*"),
        ("event", r"(event|step|stage|status change)"),
        ("at", r".*(date|timestamp|time| at| on)"),
    )
)
"""Which canonical column a header may be, in order: the first word that fits a column nobody took."""

PERSONAL = re.compile(r".*(e-?mail|first.?name|last.?name|full.?name|phone|address|birth).*", re.IGNORECASE)
"""Headers that sound like personal data."""


def vendor_of(headers: tuple[str, ...]) -> Fingerprint | None:
    """The known export whose giveaway headers are all there."""
    return next((known for known in KNOWN if set(known.headers) <= set(headers)), None)
