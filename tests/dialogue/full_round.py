"""A whole round, made up: 21 visits held, statements, actions and answers, in a project of its own.

Everything that is said begins with «Exempel», and both rounds are marked as examples, so that none of it can be taken
for something that was said. It is never committed, only made by tests. The same seed gives the same rows.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import yaml
from tests.dialogue.record_files import csv_file, folder

from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue.about import FILE
from varddialog.dialogue.forms.columns import ACTIONS, EVALUATION, STATEMENTS
from varddialog.dialogue.forms.template import template
from varddialog.dialogue.rounds import Kind
from varddialog.model.arena import Arena, Party
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.units import Unit

SEED = 20262027
EARLIER = "2024-2025"
SOURCE = "Exempel: påhittade anteckningar"
# the region whose records are a workbook
IN_EXCEL = "12"
SPOKEN: tuple[Kind, ...] = ("styrka", "utmaning", "förslag", "återkoppling till staten")
# the arena that is as it is in truth
REAL = "tillganglighet"
# followed in every region for many years
AIMED = ("N79175", "U79049", "U70495")
PHASES = (("2026-01-01", "2026-02-28"), ("2026-03-01", "2026-10-31"), ("2026-11-01", "2026-12-31"))

Row = dict[str, Any]


@dataclass
class Rows:
    """What is filled in for one cycle, form by form and in the words of the forms; `code` tells whose it is."""

    statements: list[Row] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    ratings: list[Row] = field(default_factory=list)

    def of(self, code: str) -> tuple[list[Row], list[Row], list[Row]]:
        every = self.statements, self.actions, self.ratings
        statements, actions, ratings = ([row for row in rows if row["code"] == code] for rows in every)
        return statements, actions, ratings


@dataclass(frozen=True)
class FullRound:
    """The project, and what was filled in: `now` in its cycle, `earlier` in the one before."""

    project: Project
    now: Rows
    earlier: Rows


def full_round(source: Project, root: Path) -> FullRound:
    """A project at `root` like `source`, with the made-up rounds beside its real records of other arenas."""
    here = _project(source, root)
    catalogue = load_catalogue(here)
    arena = catalogue.arena(catalogue.cycle(DEFAULT_CYCLE).arena)
    rng = random.Random(SEED)
    made = {EARLIER: _earlier(arena, catalogue, rng), DEFAULT_CYCLE: _now(arena, catalogue, rng)}
    for cycle, rows in made.items():
        path = folder(here, arena.slug, cycle)
        about = {"example": True, "source": SOURCE, "material": "Exempel: 21 påhittade besök"}
        (path / FILE).write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
        for unit in catalogue.units.regions:
            if unit.code == IN_EXCEL:
                _workbook(path, unit, arena, cycle, rows, catalogue)
            else:
                _csv(path, unit, arena, cycle, rows, catalogue)
    return FullRound(here, made[DEFAULT_CYCLE], made[EARLIER])


def _project(source: Project, root: Path) -> Project:
    for name in ("params", "notebooks", "data/dialogue"):
        shutil.copytree(source.root / name, root / name)
    shutil.copytree(source.stores, root / "data" / "store", ignore=shutil.ignore_patterns("20*", "current", ".*"))
    shutil.copy(source.lock, root)
    here = Project(root.resolve())
    path = here.params / "cycles" / f"{DEFAULT_CYCLE}.yml"
    cycle = yaml.safe_load(path.read_text(encoding="utf-8"))
    for phase, (start, end) in zip(cycle["phases"], PHASES, strict=True):
        phase |= {"start": start, "end": end}
    for milestone in cycle["milestones"]:
        milestone.pop("date", None)
    focus = cycle["focus_areas"]
    for i, name in enumerate(cycle["visits"]):
        two = [focus[i % len(focus)], focus[(i + 1) % len(focus)]]
        cycle["visits"][name] = {"date": _visited(i).isoformat(), "focus_areas": two, "held": True}
    path.write_text(yaml.safe_dump(cycle, allow_unicode=True, sort_keys=False), encoding="utf-8")
    before = {"name": "2024–2025", "years": [2024, 2025], "data_until": "2025-11-21", "arena": cycle["arena"]}
    (path.parent / f"{EARLIER}.yml").write_text(yaml.safe_dump(before, allow_unicode=True), encoding="utf-8")
    return here


def _visited(place: int) -> dt.date:
    """The day of the visit to the region in that place."""
    return dt.date(2026, 3, 3) + dt.timedelta(days=10 * place)


# what is said


def _now(arena: Arena, catalogue: Catalogue, rng: random.Random) -> Rows:
    rows = Rows()
    for place, unit in enumerate(catalogue.units.regions):
        rows.statements += _said(unit, arena, catalogue, rng)
        rows.statements += _answered(unit, arena, rng)
        for nr, owner in enumerate(("regionen", "socialdepartementet"), 1):
            decided = _visited(place)
            action = _action(
                unit, nr, arena.party(owner), rng.choice(arena.themes), decided, decided.replace(year=2027)
            )
            rows.actions.append(action | {"mått": AIMED[place % 3] if nr == 1 else ""})
            if place % 2:
                rows.actions.append(_followed(unit, nr, dt.date(2026, 11, 1), "pågår"))
        rows.ratings += _rated(unit, arena, rng)
    return rows


def _earlier(arena: Arena, catalogue: Catalogue, rng: random.Random) -> Rows:
    """Two actions in each region, decided in 2024 and followed up for two years, and a lesson."""
    rows = Rows()
    for place, unit in enumerate(catalogue.units.regions):
        rows.statements.append(_statement(unit, arena.party("regionen"), arena.themes[0], "lärdom", rng, "i fjol "))
        decided = dt.date(2024, 4, 2) + dt.timedelta(days=place)
        for nr, owner in enumerate(("regionen", "skr"), 1):
            due = dt.date(2026, 6, 30) if nr == 1 else dt.date(2027, 6, 30)
            action = _action(unit, nr, arena.party(owner), rng.choice(arena.themes), decided, due)
            rows.actions.append(action | {"mått": AIMED[place % 3] if nr == 1 else ""})
            rows.actions.append(_followed(unit, nr, dt.date(2025, 4, 1), "pågår"))
            rows.actions.append(_followed(unit, nr, dt.date(2026, 4, 1), rng.choice(("klar", "pågår", "avbruten"))))
    return rows


def _said(unit: Unit, arena: Arena, catalogue: Catalogue, rng: random.Random) -> Iterator[Row]:
    """Every party tells of every kind of thing, and the region gives two lessons, one with its indicator."""
    for party in arena.parties:
        for kind in SPOKEN:
            yield _statement(unit, party, _theme(kind, arena, rng), kind, rng)
    for at, with_indicator in enumerate((True, False)):
        theme = catalogue.dialogue.themes[
            rng.choice([t for t in arena.themes if catalogue.dialogue.themes[t].indicators])
        ]
        row = _statement(unit, arena.party("regionen"), theme.slug, "lärdom", rng, f"{at + 1} ")
        yield row | {"mått": theme.indicators[0] if with_indicator else ""}


def _theme(kind: Kind, arena: Arena, rng: random.Random) -> str:
    """Some themes are mostly told of as strengths and some as challenges, so that the regions can be alike."""
    themes = arena.themes
    if kind in ("styrka", "utmaning") and rng.random() < 0.8:
        mine = kind == "utmaning"
        themes = [slug for i, slug in enumerate(themes) if i % 3 == mine or i % 3 == 2]
    return rng.choice(themes)


def _statement(unit: Unit, party: Party, theme: str, kind: Kind, rng: random.Random, more: str = "") -> Row:
    return {
        "code": unit.code,
        "enhet": unit.official_name,
        "part": party.name,
        "roll": rng.choice(["", *party.roles]),
        "tema": theme,
        "slag": kind,
        "uttalande": f"Exempel: {kind} {more}från {party.in_sentence}, sagt vid besöket i {unit.name}.",
        "källa": SOURCE,
    }


def _answered(unit: Unit, arena: Arena, rng: random.Random) -> Iterator[Row]:
    for question in arena.questions:
        for slug in question.to:
            row = _statement(unit, arena.party(slug), "", "svar", rng)
            yield row | {"fråga": question.slug, "svar": rng.choice(question.answers) if question.answers else ""}


def _action(unit: Unit, nr: int, owner: Party, theme: str, decided: dt.date, due: dt.date) -> Row:
    return {
        "code": unit.code,
        "nr": str(nr),
        "enhet": unit.official_name,
        "ägare": owner.name,
        "tema": theme,
        "åtgärd": f"Exempel: åtgärd {nr} i {unit.name}.",
        "beslutad": decided.isoformat(),
        "klar senast": due.isoformat(),
        "källa": SOURCE,
    }


def _followed(unit: Unit, nr: int, day: dt.date, state: str) -> Row:
    row = {"code": unit.code, "nr": str(nr), "enhet": unit.official_name, "uppföljd": day.isoformat(), "läge": state}
    return row | {"kommentar": "Exempel: så gick det.", "källa": SOURCE}


def _rated(unit: Unit, arena: Arena, rng: random.Random) -> Iterator[Row]:
    for party in arena.parties[:3]:
        for scale in arena.evaluation:
            score = rng.choices(range(1, 6), weights=(1, 2, 3, 5, 3))[0]
            yield {
                "code": unit.code,
                "enhet": unit.official_name,
                "part": party.name,
                "påstående": scale.slug,
                "poäng": score,
                "kommentar": "Exempel: en kommentar." if rng.random() < 0.02 else "",
            }


# the filled-in forms


def _workbook(path: Path, unit: Unit, arena: Arena, cycle: str, rows: Rows, catalogue: Catalogue) -> None:
    """The form that `records template` writes, with the rows below its headings."""
    target = path / f"exempel-{unit.folder}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(template(target, arena, cycle, catalogue.cycle(cycle), catalogue)))
    for form, mine in zip((STATEMENTS, ACTIONS, EVALUATION), rows.of(unit.code), strict=True):
        for row in mine:
            book[form.sheet].append([row.get(name, "") for name in form.names])
    book.save(target)


def _csv(path: Path, unit: Unit, arena: Arena, cycle: str, rows: Rows, catalogue: Catalogue) -> None:
    """Three files: the statements below the headings that `records template` writes, and the other two forms."""
    statements, actions, ratings = rows.of(unit.code)
    target = path / f"exempel-{unit.folder}.csv"
    head = template(target, arena, cycle, catalogue.cycle(cycle), catalogue)
    csv_file(target, *statements)
    body = target.read_bytes().partition(b"\n")[2]
    target.write_bytes(head + body)
    csv_file(path / f"exempel-{unit.folder}-atgarder.csv", *actions, form=ACTIONS)
    if ratings:
        csv_file(path / f"exempel-{unit.folder}-utvardering.csv", *ratings, form=EVALUATION)


# counted independently of the library


def by_theme(rows: Sequence[Mapping[str, Any]], *kinds: str) -> dict[str, dict[str, int]]:
    """Theme → code of region → number of statements of those kinds."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        if row["slag"] in kinds:
            units = found.setdefault(row["tema"], {})
            units[row["code"]] = units.get(row["code"], 0) + 1
    return found
