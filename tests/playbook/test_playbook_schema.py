"""The schemas for editors: they accept what ships, refuse what the loader refuses, and know every key."""

import tomllib
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from fulcrum.playbook.schema import schemas
from fulcrum.playbook.shelves import RULE_SHAPES, SHELVES, SHIPPED

Schema = dict[str, Any]
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
UNDERSTOOD = {
    "$ref", "anyOf", "type", "enum", "const", "properties", "required", "additionalProperties", "items",
    "prefixItems", "minItems", "maxItems", "title", "description", "default", "$schema", "$defs",
}  # fmt: skip


def faults(content: Any, schema: Schema, root: Schema) -> list[str]:
    """What a reader of JSON Schema would mark; written here from the standard, not from our classes."""
    assert set(schema) <= UNDERSTOOD, set(schema) - UNDERSTOOD
    if "$ref" in schema:
        return faults(content, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    if "anyOf" in schema:
        return [] if any(not faults(content, one, root) for one in schema["anyOf"]) else ["anyOf"]
    found = []
    if "type" in schema and not isinstance(content, TYPES[schema["type"]]):
        return [f"{content!r} is no {schema['type']}"]
    if "enum" in schema and content not in schema["enum"]:
        found.append(f"{content!r} is not allowed")
    if "const" in schema and content != schema["const"]:
        found.append(f"{content!r} is not {schema['const']!r}")
    if isinstance(content, dict):
        found += _of_table(content, schema, root)
    if isinstance(content, list):
        found += _of_list(content, schema, root)
    return found


def _of_table(content: dict[str, Any], schema: Schema, root: Schema) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{key} is missing" for key in schema.get("required", []) if key not in content]
    for key, held in content.items():
        if key in known:
            found += faults(held, known[key], root)
        elif schema.get("additionalProperties") is False:
            found.append(f"{key} is unknown")
    return found


def _of_list(content: list[Any], schema: Schema, root: Schema) -> list[str]:
    found = []
    if not schema.get("minItems", 0) <= len(content) <= schema.get("maxItems", len(content)):
        found.append("wrong length")
    for number, held in enumerate(content):
        first = schema.get("prefixItems", [])
        inner = first[number] if number < len(first) else schema.get("items", {})
        found += faults(held, inner, root)
    return found


@pytest.fixture(scope="module")
def by_name() -> dict[str, Schema]:
    return schemas()


def test_every_shipped_file_is_valid_under_its_schema(by_name: dict[str, Schema]) -> None:
    for path in sorted(SHIPPED.rglob("*.toml")):
        schema = by_name[path.relative_to(SHIPPED).parts[0].removesuffix(".toml")]
        assert faults(tomllib.loads(path.read_text("utf-8")), schema, schema) == [], path.name


def test_every_key_of_every_class_is_in_the_schema(by_name: dict[str, Schema]) -> None:
    for shelf in SHELVES:
        _covers(by_name[shelf.name]["properties"][shelf.name]["items"], shelf.shape, by_name[shelf.name])
    for group, shape in RULE_SHAPES.items():
        _covers(by_name["rules"]["properties"][group], shape, by_name["rules"])


def _covers(schema: Schema, shape: type, root: Schema) -> None:
    assert set(schema["properties"]) == {field.name for field in fields(shape)}
    for held in get_type_hints(shape).values():
        for inner in (held, *get_args(held)):
            if is_dataclass(inner) and isinstance(inner, type):
                _covers(root["$defs"][inner.__name__], inner, root)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("minutes = 20", 'minutes = "20"', "'20' is no integer"),
        ('behaviour = "direction"', 'behaviour = "directing"', "'directing' is not allowed"),
        ("lowest_level = 0", "lowest_lvl = 0", "lowest_lvl is unknown"),
        ('ask = "Tell us', 'aks = "Tell us', "ask is missing"),
    ],
)
def test_an_editor_marks_what_the_loader_refuses(
    by_name: dict[str, Schema], before: str, after: str, fault: str
) -> None:
    broken = (SHIPPED / "steps" / "any.toml").read_text("utf-8").replace(before, after, 1)
    assert fault in faults(tomllib.loads(broken), by_name["steps"], by_name["steps"])


def test_an_own_rules_file_may_hold_a_single_constant(by_name: dict[str, Schema]) -> None:
    single = {"belief": {"half_life_weeks": {"value": 8.0, "why": "a", "source": "b"}}}
    assert faults(single, by_name["rules"], by_name["rules"]) == []
