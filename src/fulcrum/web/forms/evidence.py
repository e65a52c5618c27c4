"""What is asked about a company, its exports and its initiatives: the fields and their words."""

from fulcrum.evidence.intake.mapping import Table
from fulcrum.web.entry import Field

TABLES = {
    Table.FEEDBACK: "Answers: who, which score, when",
    Table.CUSTOMERS: "Customers: one row each, with what is known of them",
    Table.TRANSACTIONS: "Money: invoices, orders, payments",
    Table.CONTACTS: "Contacts: calls, chats, visits",
    Table.EVENTS: "Events: what happened, for timelines",
}
COMPANY = (
    Field(name="name", label="Company", is_required=True),
    Field(
        name="industry",
        label="Industry",
        is_required=True,
        hint="One word or two, such as telecom or retail. Outside arguments are chosen by it.",
    ),
    Field(
        name="currency",
        label="Currency",
        is_required=True,
        hint="Three letters, such as EUR. Every sum is in it; nothing is converted.",
    ),
    Field(
        name="contact",
        label="Whom readers of a brief may ask",
        hint="An address of the team. It stands at the foot of every brief.",
    ),
)
INITIATIVE = (
    Field(name="name", label="What you want to do", is_required=True, hint="Such as: first-contact repair."),
    Field(name="one_off", label="One-off cost", kind="number", is_required=True, hint="Paid at the start."),
    Field(name="running", label="Running cost, a year", kind="number", is_required=True),
    Field(name="horizon_years", label="Horizon in years", kind="number", is_required=True),
    Field(
        name="reach",
        label="Customers reached",
        kind="number",
        is_required=True,
        hint="How many customers a year it is for.",
    ),
    Field(
        name="moved_share",
        label="Share of them moved",
        kind="number",
        is_required=True,
        hint="From 0 to 1: 0.15 is 15 of 100. Until a pilot here has measured it, it is an assumption.",
    ),
    Field(
        name="causal_share",
        label="Causal share",
        kind="number",
        hint="From 0 to 1. Empty takes the playbook’s for the grade of the gap.",
    ),
    Field(name="owner", label="Owner", hint="The id of the executive who answers for it, or a name."),
    Field(
        name="comparison",
        label="Comparison",
        hint="The key of the comparison it rests on; empty takes the first that carries a case.",
    ),
    Field(
        name="pilot",
        label="Pilot",
        hint="The key of the pilot that measures it; once read out, it takes the place of what is assumed.",
    ),
)
CONNECTION = (
    Field(name="name", label="A name for the warehouse", is_required=True, hint="Such as: warehouse."),
    Field(
        name="engine",
        label="Where the table lies",
        kind="choice",
        choices=(("postgres", "PostgreSQL"), ("spark", "Spark")),
    ),
    Field(
        name="variable",
        label="Variable that holds its address",
        hint="Of the machine on which the desk runs; it begins with FULCRUM_WAREHOUSE. PostgreSQL only.",
    ),
    Field(name="relation", label="Table", is_required=True, hint="Schema and table: cx.feedback."),
    Field(
        name="table",
        label="What it holds",
        kind="choice",
        choices=tuple((one.value, TABLES[one]) for one in Table),
    ),
)
