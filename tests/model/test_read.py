"""YAML that is wrong: every fault is told, on the line where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from varddialog.config import Project
from varddialog.errors import Fault, ParamsError
from varddialog.model.base import Model, Text
from varddialog.model.live import ForeignFile
from varddialog.model.read import read_yaml


class Goal(Model):
    level: float
    issuer: Text


class Thing(Model):
    name: Text
    decimals: Annotated[int, Field(le=2)] = 1
    direction: Literal["higher_better", "lower_better"] = "higher_better"
    goals: list[Goal] = []


def faults_of(folder: Path, content: str | bytes) -> tuple[Fault, ...]:
    path = folder / "thing.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ParamsError) as caught:
        read_yaml(path, Thing, Project(folder.resolve()))
    return caught.value.faults


def test_what_is_right_is_read(tmp_path: Path) -> None:
    content = "name: Åtgärdbar dödlighet\ngoals: [{level: 90, issuer: Staten}]"
    (tmp_path / "thing.yml").write_text(content, encoding="utf-8")
    thing = read_yaml(tmp_path / "thing.yml", Thing, Project(tmp_path.resolve()))
    assert (thing.name, thing.goals[0].level) == ("Åtgärdbar dödlighet", 90)


def test_unknown_field_gets_a_suggestion_and_its_line(tmp_path: Path) -> None:
    content = "name: A\ngoals:\n  - level: 1\n    issuer: B\n  - level: 1\n    isuer: B\n    issuer: C\n"
    (fault,) = faults_of(tmp_path, content)
    assert fault.where == "thing.yml:6"
    assert "«isuer»" in fault.what
    assert fault.allowed == "level, issuer"
    assert fault.todo == "Menade du «issuer»?"


ASKED = "series:\n  - id: A\n    publisher: B\n    unit: C\n    live:\n      - api: scb\n        table: T\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("        selekt: {a: [b]}\n", ":8: Okänt fält: «selekt» (series.0.live.0.selekt)."),
        ("        sex: {variable: Kön, X: '1'}\n", ":8: Okänt fält: «X» (series.0.live.0.sex.X)."),
        ("        first: tolv\n", ":8: series.0.live.0.first: ska vara ett heltal."),
        (
            "        select: {Kön: ['1']}\n        sex: {variable: Kön}\n",
            ":6: series.0.live.0: variabeln Kön väljs två",
        ),
        ("      - api: scp\n        table: T\n", ":8: series.0.live.1.api: «scp» är inte ett tillåtet värde."),
        ("      - table: T\n", ":8: series.0.live.1: fältet som säger vilket slag det är saknas."),
    ],
)
def test_a_fault_in_one_of_several_kinds_is_told_where_it_stands(tmp_path: Path, more: str, said: str) -> None:
    path = tmp_path / "thing.yml"
    path.write_text(ASKED + more)
    with pytest.raises(ParamsError) as caught:
        read_yaml(path, ForeignFile, Project(tmp_path.resolve()))
    assert f"thing.yml{said}" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("decimals: 1\n", 1, "name: fältet saknas"),
        ("name: 2025\n", 1, "ska vara text"),
        ("name: '  '\n", 1, "texten är tom"),
        ("name: A\ndecimals: en\n", 2, "ska vara ett heltal"),
        ("name: A\ndecimals: 3\n", 2, "högst 2"),
        ("name: A\n\n# kommentar\ndirection: higher_beter\n", 4, "«higher_beter» är inte ett tillåtet värde"),
        ("name: A\ngoals: inga\n", 2, "ska vara en lista"),
        ("name: A\ngoals:\n  - {level: 1, issuer: A}\n  - ett mål\n", 4, "ska vara nycklar med värden"),
        ("- name: A\n", 1, "ska vara nycklar med värden"),
        ("", 1, "ska vara nycklar med värden"),
    ],
)
def test_a_wrong_value_is_told_in_swedish_on_its_line(tmp_path: Path, content: str, line: int, words: str) -> None:
    (fault,) = faults_of(tmp_path, content)
    assert fault.where == f"thing.yml:{line}"
    assert words in str(fault)


def test_a_key_written_twice_is_a_fault_although_yaml_allows_it(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "name: A\ngoals:\n  - level: 1\n    issuer: B\n    level: 2\n")
    assert fault.where == "thing.yml:5"
    assert "«level» står två gånger" in fault.what


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    content = "nam: A\nname: B\ndecimals: två\ngoals:\n  - level: högt\n    issuer: C\nname: D\n"
    faults = faults_of(tmp_path, content)
    assert [fault.where for fault in faults] == [f"thing.yml:{line}" for line in (1, 3, 5, 7)]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("name: A\ngoals: [1, 2\n", "thing.yml:3"),
        ("name: A\n\tdecimals: 1\n", "thing.yml:2"),
        ("name: *okänd\n", "thing.yml:1"),
        ("name: A\x00B\n", "thing.yml"),
        ("name: 2026-13-45\n", "thing.yml"),
    ],
)
def test_what_is_no_yaml_is_a_user_error(tmp_path: Path, content: str, where: str) -> None:
    (fault,) = faults_of(tmp_path, content)
    assert fault.where == where
    assert "Går inte att läsa som YAML" in fault.what


def test_a_file_in_another_encoding_says_at_which_byte(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, "name: Åtgärdbar".encode("latin-1"))
    assert fault.what == "Filen är inte UTF-8 (byte 6)."


def test_a_missing_file_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(ParamsError, match=r"ingen\.yml: Filen finns inte\.") as caught:
        read_yaml(tmp_path / "ingen.yml", Thing, Project(tmp_path.resolve()))
    assert caught.value.exit_code == 10
