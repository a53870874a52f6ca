"""The parameters that a notebook takes, checked before any kernel starts."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from varddialog.config import DEFAULT_CYCLE
from varddialog.errors import Fault, UsageError
from varddialog.model.base import Model, Text
from varddialog.swedish import did_you_mean


class DimensionParameters(Model):
    """What the notebooks 1–4 take: whose figures, and for which cycle."""

    region: Text
    cycle: Text = DEFAULT_CYCLE


def check_parameters(values: dict[str, Any], notebook: str) -> DimensionParameters:
    """`values` as checked parameters of `notebook`.

    papermill itself only warns on a misspelt name and goes on with the default; here it is an error.
    Raises UsageError with every unknown, missing or wrongly typed parameter.
    """
    try:
        return DimensionParameters.model_validate(values)
    except ValidationError as error:
        raise UsageError(*(_fault(dict(e), notebook) for e in error.errors())) from None


def _fault(error: dict[str, Any], notebook: str) -> Fault:
    name = ".".join(str(part) for part in error["loc"])
    allowed = list(DimensionParameters.model_fields)
    if error["type"] == "extra_forbidden":
        return Fault(
            f"Okänd parameter: «{name}».", where=notebook, allowed=", ".join(allowed), todo=did_you_mean(name, allowed)
        )
    if error["type"] == "missing":
        return Fault(f"Parametern «{name}» saknas.", where=notebook, todo=f"Ange till exempel {name}: 12-skane.")
    return Fault(f"Parametern «{name}» har fel typ: {error['input']!r}.", where=notebook, allowed="text")
