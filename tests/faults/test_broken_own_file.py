"""Whatever a region sends in place of its form: one message that says what and what to do, and nothing has changed."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.data.own.files import HEADER, csv_file, excel_file

from varddialog.config import Project

ROW = "N00001;Norrby;2024;;;1;;;;"
FILLED = HEADER + "\n" + ROW + "\n"


def with_bytes(content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "egna.csv").write_bytes(content)
        return folder / "egna.csv"

    return make


def workbook(folder: Path, change: Callable[[Path], object]) -> Path:
    path = excel_file(folder, ("N00001", "Norrby", 2024, None, None, 1.0))
    change(path)
    return path


def without(member: str) -> Callable[[Path], object]:
    """Takes a part out of a workbook."""

    def change(path: Path) -> None:
        whole = path.with_suffix(".hel")
        path.rename(whole)
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                if member not in name:
                    new.writestr(name, old.read(name))

    return change


def spoil(member: str, content: bytes) -> Callable[[Path], object]:
    """Puts something else in the place of a part of a workbook."""

    def change(path: Path) -> None:
        whole = path.with_suffix(".hel")
        path.rename(whole)
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                new.writestr(name, content if member in name else old.read(name))

    return change


def old_excel(folder: Path) -> Path:
    path = folder / "egna.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    return path


def no_sheets(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.create_chartsheet("Diagram")
    del book["Uppgifter"]
    book.save(path)


BROKEN: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no bytes": (with_bytes(b""), "saknas"),
    "a byte order mark alone": (with_bytes(b"\xef\xbb\xbf"), "saknas"),
    "latin 1": (with_bytes(FILLED.encode("latin-1")), "inte skriven i UTF-8"),
    "utf 16": (with_bytes(FILLED.encode("utf-16")), "inte skriven i UTF-8"),
    "zero bytes": (with_bytes(bytes(200)), "Okänd kolumn"),
    "noise": (with_bytes(os.urandom(300) + b"\xff"), "inte skriven i UTF-8"),
    "a page": (with_bytes(b"<!doctype html><html><body>Logga in</body></html>"), "Okänd kolumn"),
    "an open quote": (with_bytes(FILLED.replace("Norrby", '"Norrby').encode()), "går inte att läsa"),
    "other figures": (with_bytes(b"datum;pris\n2024-01-01;17\n"), "Okänd kolumn"),
    "the header alone": (with_bytes(HEADER.encode()), "Filen har inga uppgifter"),
    "csv called xlsx": (lambda f: csv_file(f, ROW, name="egna.xlsx"), "ingen Excelfil"),
    "an old workbook": (old_excel, "Filens slag känns inte igen"),
    "an old workbook called xlsx": (lambda f: old_excel(f).rename(f / "egna.xlsx"), "ingen Excelfil"),
    "a folder of files": (lambda f: workbook(f, without("xl/")), "Filen är trasig"),
    "a cut workbook": (lambda f: workbook(f, lambda p: p.write_bytes(p.read_bytes()[:-60])), "ingen Excelfil"),
    "a workbook without its sheet": (lambda f: workbook(f, without("sheet1.xml")), "Filen är trasig"),
    "a sheet that is no xml": (lambda f: workbook(f, spoil("sheet1.xml", b"<hej>&")), "Filen är trasig"),
    "a list of sheets that is none": (lambda f: workbook(f, spoil("workbook.xml", b"[]")), "Filen är trasig"),
    "a workbook without sheets": (lambda f: workbook(f, no_sheets), "Filen är trasig"),
    "a locked workbook": (old_excel, "Filens slag känns inte igen"),
}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_form_is_told_and_nothing_changes(
    command: Callable[..., Any], small_project: Project, tmp_path: Path, kind: str
) -> None:
    make, says = BROKEN[kind]
    path, before = make(tmp_path), content(small_project.root)
    said = command("data", "add", str(path), "--region", "Skåne")
    assert said.code == 11, said.err
    assert says in said.err
    assert said.err.startswith(path.name), said.err
    assert "Traceback" not in said.err
    assert str(tmp_path) not in said.err
    assert said.out == ""
    assert content(small_project.root) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(command: Callable[..., Any], small_project: Project, tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROW)
    path.chmod(0)
    said = command("data", "add", str(path), "--region", "Skåne")
    assert said.code in (2, 11)
    assert "Traceback" not in said.err
