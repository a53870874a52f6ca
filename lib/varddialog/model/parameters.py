"""The parameters that each notebook takes, checked before any kernel starts."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from varddialog.config import DEFAULT_CYCLE
from varddialog.errors import Fault, UsageError
from varddialog.model.base import Model, Text
from varddialog.swedish import did_you_mean


class UnitParameters(Model):
    """What the notebooks of one unit take: whose figures, and for which cycle."""

    region: Text
    cycle: Text = DEFAULT_CYCLE


class FocusParameters(Model):
    """What `fokusomrade` takes: whose figures, in which focus area, and for which cycle."""

    region: Text
    focus_area: Text
    cycle: Text = DEFAULT_CYCLE


class ArenaParameters(Model):
    """What `dialoguppfoljning` takes: which arena, and for which cycle."""

    arena: Text
    cycle: Text = DEFAULT_CYCLE


class NationalParameters(Model):
    """What the notebooks of the whole country take: for which cycle."""

    cycle: Text = DEFAULT_CYCLE


# notebook → what it takes; those that are not here are the dimensions' and those of one unit
PARAMETERS: dict[str, type[Model]] = {
    "fokusomrade": FocusParameters,
    "dialoguppfoljning": ArenaParameters,
    "nationell-oversikt": NationalParameters,
    "slutrapport": NationalParameters,
    "utforska": UnitParameters,
    "handledning": UnitParameters,
}

_EXAMPLES = {"region": "12-skane", "focus_area": "psykiatri", "arena": "tillganglighet"}


def parameters_of(notebook: str) -> type[Model]:
    """The parameters of the notebook of that name (without ending)."""
    return PARAMETERS.get(notebook, UnitParameters)


def check_parameters(values: dict[str, Any], notebook: str) -> Model:
    """`values` as checked parameters of `notebook`.

    papermill itself only warns on a misspelt name and goes on with the default; here it is an error.
    Raises UsageError with every unknown, missing or wrongly typed parameter.
    """
    model = parameters_of(notebook)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise UsageError(*(_fault(dict(e), notebook, list(model.model_fields)) for e in error.errors())) from None


def _fault(error: dict[str, Any], notebook: str, allowed: list[str]) -> Fault:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return Fault(
            f"Okänd parameter: «{name}».", where=notebook, allowed=", ".join(allowed), todo=did_you_mean(name, allowed)
        )
    if error["type"] == "missing":
        example = _EXAMPLES.get(name, "…")
        return Fault(f"Parametern «{name}» saknas.", where=notebook, todo=f"Ange till exempel {name}: {example}.")
    return Fault(f"Parametern «{name}» har fel typ: {error['input']!r}.", where=notebook, allowed="text")
