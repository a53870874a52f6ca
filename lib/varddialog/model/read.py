"""Reading YAML against a model, so that every fault is told with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from varddialog.config import Project
from varddialog.errors import Fault, ParamsError
from varddialog.swedish import did_you_mean

T = TypeVar("T", bound=BaseModel)

# the C parser is some ten times faster, and every kernel reads all of params/
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# pydantic's own words, in Swedish
_WORDS = {
    "missing": "fältet saknas",
    "union_tag_not_found": "fältet som säger vilket slag det är saknas",
    "string_type": "ska vara text (sätt citattecken om värdet ser ut som ett tal eller datum)",
    "string_too_short": "texten är tom",
    "int_type": "ska vara ett heltal",
    "float_type": "ska vara ett tal",
    "bool_type": "ska vara true eller false",
    "list_type": "ska vara en lista",
    "dict_type": "ska vara nycklar med värden",
    "model_type": "ska vara nycklar med värden",
    "too_short": "listan är tom",
}


def read_yaml(path: Path, model: type[T], project: Project) -> T:
    """The file at `path` as a `model`.

    Raises ParamsError with one fault for each thing that is wrong, each with file and line.
    """
    shown = project.show(path)
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    except FileNotFoundError:
        raise ParamsError(Fault("Filen finns inte.", where=shown, todo="Återställ den ur git.")) from None
    except UnicodeDecodeError as error:
        raise ParamsError(Fault(f"Filen är inte UTF-8 (byte {error.start}).", where=shown)) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ParamsError(Fault(f"Går inte att läsa som YAML: {error.problem}.", where=f"{shown}:{line}")) from None
    except (yaml.YAMLError, ValueError) as error:  # a control character, or a date that does not exist
        reason = getattr(error, "reason", error)
        raise ParamsError(Fault(f"Går inte att läsa som YAML: {reason}.", where=shown)) from None
    faults = [
        Fault(f"Nyckeln «{key.value}» står två gånger.", where=f"{shown}:{key.start_mark.line + 1}")
        for key in _repeated_keys(root)
    ]
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        faults += [_fault(dict(e), root, shown, model) for e in error.errors()]
    if faults:
        raise ParamsError(*sorted(faults, key=lambda fault: int(fault.where.rsplit(":", 1)[1])))
    return value


def place(path: Path, project: Project, *location: str | int) -> str:
    """File and line of something in a file that can be read: `params/cycles/2026-2027.yml:12`."""
    return f"{project.show(path)}:{line_of(_Loader(path.read_text(encoding='utf-8')).get_single_node(), location)}"


def line_of(node: Node | None, location: tuple[Any, ...]) -> int:
    """The line (from 1) in the file that `location`, keys and indexes from the root, stands on."""
    line = 1
    for step in location:
        if isinstance(node, MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _repeated_keys(node: Node | None) -> Iterator[Node]:
    """Keys that a mapping holds twice; YAML itself lets the last one win in silence."""
    if isinstance(node, MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)


def _in_file(root: Node | None, location: tuple[Any, ...], missing: bool) -> tuple[Any, ...]:
    """The location without the steps that pydantic adds: which kind of a union it took something for.

    missing: the last step is a field that the file lacks.
    """
    node, steps = root, []
    for at, step in enumerate(location):
        if isinstance(node, ScalarNode):
            break
        if isinstance(node, MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
            if found is None and not (missing and at == len(location) - 1):
                continue
            node = found
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        steps.append(step)
    return tuple(steps)


def _fault(error: dict[str, Any], root: Node | None, shown: str, model: type[BaseModel]) -> Fault:
    kind = error["type"]
    location = _in_file(root, tuple(error["loc"]), kind == "missing")
    path = ".".join(str(step) for step in location)
    where = f"{shown}:{line_of(root, location)}"
    if kind == "extra_forbidden":
        allowed = _fields_at(model, tuple(error["loc"])[:-1])
        return Fault(
            f"Okänt fält: «{location[-1]}» ({path}).",
            where=where,
            allowed=", ".join(allowed),
            todo=did_you_mean(str(location[-1]), allowed),
        )
    if kind == "literal_error":
        return Fault(
            f"{path}: «{error['input']}» är inte ett tillåtet värde.",
            where,
            error["ctx"]["expected"].replace(" or ", ", "),
        )
    if kind == "union_tag_invalid":
        tag, known = error["ctx"]["tag"], error["ctx"]["expected_tags"].replace("'", "")
        name, hint = error["ctx"]["discriminator"].strip("'"), did_you_mean(tag, known.split(", "))
        return Fault(f"{path}.{name}: «{tag}» är inte ett tillåtet värde.", where, known, hint)
    if kind == "string_pattern_mismatch":
        return Fault(f"{path}: «{error['input']}» har fel form.", where, f"mönstret {error['ctx']['pattern']}")
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = "lägst" if kind == "greater_than_equal" else "högst"
        return Fault(
            f"{path}: {error['input']} är utanför gränsen.", where, f"{limit} {next(iter(error['ctx'].values()))}"
        )
    message = error["msg"].removeprefix("Value error, ") if kind == "value_error" else _WORDS.get(kind, error["msg"])
    return Fault(f"{path or 'filen'}: {message}.", where)


def _fields_at(model: type[BaseModel], location: tuple[Any, ...]) -> list[str]:
    """The fields allowed at a place inside a model. A step may be the kind that something in a union was taken for."""
    current, kinds = model, [model]
    for step in location:
        if isinstance(step, int):
            continue
        if step in current.model_fields:
            kinds = list(_models(current.model_fields[step].annotation))
            current = kinds[0]
        else:
            current = next(kind for kind in kinds if step == kind.__name__ or _is_tagged(kind, step))
    return list(current.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation, in lists and unions too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _is_tagged(kind: type[BaseModel], tag: str) -> bool:
    """Whether a field of the model says that it is of that kind, as `api: kolada` does."""
    return any(tag in get_args(field.annotation) for field in kind.model_fields.values())
