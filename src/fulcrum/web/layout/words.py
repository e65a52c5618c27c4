"""Sentences that speak of files, as they are read on the desk, where the same is said on a page."""

_ON_THE_DESK = (
    ("[[programme.initiatives]] in company.toml", "An initiative, stated under Initiatives"),
    ("Stated in company.toml", "Stated by the team"),
    ("under its [[programme.initiatives]] in company.toml", "in its initiative"),
    ("in company.toml", "under Initiatives"),
    ("under [baseline]", "under What customers do without it"),
    ("under [results]", "under How the results come"),
    ("under [leads_to]", "under What each result leads to"),
    ("Exports in data/, explained by mapping.toml", "Exports under Data, explained under Mapping"),
    ("in mapping.toml", "in the text of the mapping"),
)


def on_the_desk(text: str) -> str:
    """The sentence with the places of the desk in it."""
    for file, page in _ON_THE_DESK:
        text = text.replace(file, page)
    return text
