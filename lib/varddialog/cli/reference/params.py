"""Every key of the files under params/, read from the JSON Schemas that editors use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from varddialog.cli.reference.markdown import code, page, paragraphs, table
from varddialog.model.schemas import SCHEMAS, schema

# schema → the files that it describes
FILES = {
    "framework": "params/framework.yml",
    "grading": "params/grading.yml",
    "indicators": "params/indicators/*.yml",
    "international": "params/international.yml",
    "units": "params/units.yml",
    "cycle": "params/cycles/*.yml",
    "themes": "params/themes.yml",
    "focus-area": "params/focus-areas/*.yml",
    "arena": "params/arenas/*.yml",
    "region": "params/regions/*.yml",
}

_ABOUT = """\
Which keys each file under `params/` may have, which types they are of, and what is allowed. What to write, and why, is
told in [params/README](../../params/README.md). `varddialog check` tells every fault with file and line, and editors
that know YAML schemas complete and check with the files in `params/schemas/`, which are made of the same models."""

_PATTERNS = {r"^[a-z0-9]+(-[a-z0-9]+)*$": "a slug: lower case, no å ä ö, words joined by hyphens"}


def params_page() -> str:
    """docs/reference/params.md."""
    told: set[str] = set()
    parts = [f"## {code(FILES[name])}\n\n{keys(model, told)}" for name, model in SCHEMAS.items()]
    return page("# Keys of params", _ABOUT, *parts)


def keys(model: type[BaseModel], told: set[str]) -> str:
    """The keys of a model, and of those inside it that are not in `told` yet, each under a heading of its own."""
    whole = schema(model)
    parts = [_keys(whole)]
    inside = whole.get("$defs", {})
    for name in _named(whole, inside):
        if name not in told and "properties" in inside[name]:
            told.add(name)
            parts.append(f"### {name}\n\n{_keys(inside[name])}")
    return "\n\n".join(parts)


def _named(part: Any, inside: Mapping[str, Any], seen: set[str] | None = None) -> Iterator[str]:
    """The models that a schema leads to, in the order they are met."""
    seen = set() if seen is None else seen
    if isinstance(part, dict):
        if "$ref" in part and (name := _name(part)) not in seen:
            seen.add(name)
            yield name
            yield from _named(inside[name], inside, seen)
        for key, value in part.items():
            if key != "$defs":
                yield from _named(value, inside, seen)
    elif isinstance(part, list):
        for value in part:
            yield from _named(value, inside, seen)


def _keys(part: Mapping[str, Any]) -> str:
    must = part.get("required", [])
    rows = [
        (f"**{code(name)}**" if name in must else code(name), _kind(what), _default(what))
        for name, what in part["properties"].items()
    ]
    about = paragraphs(part.get("description", ""))
    return "\n\n".join(filter(None, [about, table(("key", "takes", "when left out"), rows)]))


def _default(what: Mapping[str, Any]) -> str:
    default = what.get("default")
    if default is None or default == "" or isinstance(default, list | dict):
        return ""
    return code(str(default).lower() if isinstance(default, bool) else default)


def _kind(what: Mapping[str, Any]) -> str:
    """What a key takes, in words."""
    if "$ref" in what:
        return f"[{_name(what)}](#{_name(what).lower()})"
    if "const" in what:
        return code(what["const"])
    if "enum" in what:
        return "one of " + ", ".join(map(code, what["enum"]))
    for several in ("anyOf", "oneOf"):
        if several in what:
            return " or ".join(_kind(one) for one in what[several] if one.get("type") != "null")
    return _plain_kind(what)


def _plain_kind(what: Mapping[str, Any]) -> str:
    match what.get("type"):
        case "array":
            if "prefixItems" in what:
                return "a list of " + ", then ".join(map(_kind, what["prefixItems"]))
            least = f", at least {what['minItems']}" if what.get("minItems") else ""
            most = f", at most {what['maxItems']}" if what.get("maxItems") else ""
            return f"a list{least}{most}, each {_kind(what.get('items', {}))}"
        case "object":
            inner = what.get("additionalProperties")
            return f"a mapping; each value {_kind(inner)}" if isinstance(inner, dict) else "a mapping"
        case "string":
            pattern = what.get("pattern", "")
            if what.get("format"):
                return f"text, a {what['format']}"
            return _PATTERNS.get(pattern, f"text like {code(pattern)}") if pattern else "text"
        case "integer" | "number" as number:
            limits = {
                "minimum": "at least",
                "maximum": "at most",
                "exclusiveMinimum": "above",
                "exclusiveMaximum": "below",
            }
            said = [f"{word} {what[key]}" for key, word in limits.items() if key in what]
            return ", ".join(["a whole number" if number == "integer" else "a number", *said])
        case "boolean":
            return "`true` or `false`"
    return "anything"


def _name(what: Mapping[str, Any]) -> str:
    return str(what["$ref"]).rpartition("/")[2]
