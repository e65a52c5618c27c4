"""JSON Schema of each data file, made from the core's own classes, for editors that complete and check."""

from typing import Any

from fulcrum.playbook.fitting import adapter
from fulcrum.playbook.shelves import RULE_SHAPES, RULES, SHELVES

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of every file by its name: "steps" is that of steps.toml and of steps/*.toml."""
    return {shelf.name: shelf_schema(shelf.name, shelf.shape) for shelf in SHELVES} | {RULES: rules_schema()}


def shelf_schema(name: str, shape: type) -> dict[str, Any]:
    """The schema of a file that holds entries of one shape."""
    entry, definitions = _described(shape)
    return _file(name, {name: {"type": "array", "items": entry}}, definitions)


def rules_schema() -> dict[str, Any]:
    """The schema of rules.toml; a company's own file may hold single constants, so none is required."""
    groups: dict[str, Any] = {}
    definitions: dict[str, Any] = {}
    for name, shape in RULE_SHAPES.items():
        group, of_group = _described(shape)
        groups[name] = {key: part for key, part in group.items() if key != "required"}
        definitions |= of_group
    return _file(RULES, groups, definitions)


def _described(shape: type) -> tuple[dict[str, Any], dict[str, Any]]:
    described = adapter(shape).json_schema(ref_template="#/$defs/{model}")
    definitions = described.pop("$defs", {})
    return described, definitions


def _file(name: str, properties: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": DRAFT,
        "title": f"Fulcrum playbook: {name}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }
