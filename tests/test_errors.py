"""User errors: told apart by exit code, whole after a trip between processes."""

from __future__ import annotations

import pickle

import pytest

from varddialog import errors
from varddialog.errors import Fault, UserError

KINDS = UserError.__subclasses__()
# the table in design and README; 1 is what Python gives a bug
DOCUMENTED = {2, *range(10, 16)}


def test_each_kind_has_its_own_documented_exit_code() -> None:
    codes = [kind.exit_code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= DOCUMENTED


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.ParamsError, 10),
        (errors.DataError, 11),
        (errors.NotebooksFailed, 12),
        (errors.ClusterError, 14),
        (errors.ReviewDiffers, 15),
    ],
)
def test_promised_exit_codes(kind: type[UserError], code: int) -> None:
    assert kind.exit_code == code


@pytest.mark.parametrize("kind", KINDS)
def test_survives_pickling_with_every_fault(kind: type[UserError]) -> None:
    error = kind(Fault("Ett fel.", "params/units.yml:3", "ett, två", "Rätta."), Fault("Ett till."))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert again.faults == error.faults
    assert str(again) == str(error)


def test_message_says_where_what_allowed_and_what_to_do() -> None:
    error = errors.ParamsError(
        Fault("Okänt fält: «unti».", "params/x.yml:7", "unit", "Menade du «unit»?"), Fault("Filen saknas.")
    )
    assert str(error).splitlines() == [
        "params/x.yml:7: Okänt fält: «unti». Tillåtet: unit. Menade du «unit»?",
        "Filen saknas.",
    ]
