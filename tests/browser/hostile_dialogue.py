"""The dialogue of the hostile project: what is asked, said, agreed and added by someone who means harm."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from tests.dialogue.added import add, png
from tests.dialogue.record_files import csv_file, folder

from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.dialogue.about import FILE
from varddialog.dialogue.forms.columns import ACTIONS, EVALUATION, STATEMENTS
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue

MARK = "fientlig"  # in the text of every script, to find whatever came of one
NAMES = (
    f"<script>alert('{MARK}')</script>",
    "=cmd|' /C calc'!A0",
    f"\"><img src=x onerror=alert('{MARK}')>",
    f"]]></script></style><svg onload=alert('{MARK}')>",
    "\u202egnåvab\u202c 🏥 \u200f{{ 7*7 }} %s &amp; &#60;b&#62;",
    "Vårdcentralsbesöksväntetidsuppföljningsregistreringsprocessutvärdering",
)
ADDED = (*NAMES[:4], NAMES[5])  # signs that turn the direction of the text are refused in what is added
PLACE = f"Torget <b>vid</b> {NAMES[2]} {NAMES[5]}"
UNITS = ("01", "09", "12")
KINDS = ("styrka", "utmaning", "förslag", "återkoppling till staten", "lärdom")
# keys of params/ that are read as words
_WORDS = {
    "themes.yml": {"name", "about"},
    "arenas/*.yml": {"name", "about", "source", "text", "why", "roles", "answers", "lacking"},
    "focus-areas/*.yml": {"name", "why", "background", "lacking", "text"},
    "cycles/*.yml": {"purpose", "what", "title", "about"},
}
# of a cycle these have names that are shown; the cycle's own is its years
_NAMED = ("phases", "milestones", "roles")
_READ = {"part", "roll", "svar", "ägare", "uttalande", "åtgärd", "kommentar", "källa"}


def harmed(text: str) -> str:
    """The text after a name that means harm, the same for the same text: what is chosen among meets what is written."""
    return f"{NAMES[zlib.crc32(text.encode()) % len(NAMES)]} {text}"


def harm_dialogue(params: Path) -> None:
    """Themes, arenas, focus areas and cycles."""
    for pattern, keys in _WORDS.items():
        for path in sorted(params.glob(pattern)):
            found = _harmed(yaml.safe_load(path.read_text(encoding="utf-8")), keys)
            for part in (one for name in _NAMED for one in found.get(name, ())):
                part["name"] = harmed(part["name"])
            path.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _harmed(found: Any, keys: set[str], inside: bool = False) -> Any:
    if isinstance(found, dict):
        return {key: _harmed(value, keys, key in keys) for key, value in found.items()}
    if isinstance(found, list):
        return [_harmed(one, keys, inside) for one in found]
    return harmed(found) if inside and isinstance(found, str) else found


def harm_visits(params: Path, unit: str) -> None:
    """The visit to the unit has been held, at a place with a name that means harm."""
    path = params / "cycles" / f"{DEFAULT_CYCLE}.yml"
    cycle = yaml.safe_load(path.read_text(encoding="utf-8"))
    cycle["visits"][unit] = {"date": "2027-03-16", "place": PLACE, "focus_areas": cycle["focus_areas"][:2]}
    cycle["visits"]["00-riket"] = {"date": "2027-11-16", "place": PLACE}
    path.write_text(yaml.safe_dump(cycle, allow_unicode=True, sort_keys=False), encoding="utf-8")


def harm_records(source: Path, here: Project) -> None:
    """The records of the checkout, in the words of someone who means harm."""
    shutil.copytree(source, here.dialogue)
    for path in here.dialogue.rglob("*.csv"):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
        form = STATEMENTS if "uttalande" in rows[0] else ACTIONS
        csv_file(path, *(_row(row) for row in rows), form=form)
    for path in here.dialogue.rglob(FILE):
        about = _harmed(yaml.safe_load(path.read_text(encoding="utf-8")), {"material", "source"})
        path.write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")


def _row(row: Mapping[str, str]) -> dict[str, str]:
    return {name: harmed(value) if value and name in _READ else value for name, value in row.items()}


def a_round(here: Project, catalogue: Catalogue) -> None:
    """A round of the cycle's own arena, which the checkout has none of: statements, actions, answers and ratings."""
    arena = catalogue.arena(catalogue.cycle(DEFAULT_CYCLE).arena)
    path = folder(here, arena.slug, DEFAULT_CYCLE)
    csv_file(path / "uttalanden.csv", *_statements(arena))
    csv_file(path / "atgarder.csv", *_actions(arena), form=ACTIONS)
    csv_file(path / "utvardering.csv", *_ratings(arena), form=EVALUATION)


def _statements(arena: Arena) -> Iterator[dict[str, str]]:
    for at, kind in enumerate(KINDS * len(UNITS)):
        unit, party = UNITS[at // len(KINDS)], arena.parties[at % 2]
        yield {
            "enhet": unit,
            "part": party.slug,
            "roll": party.roles[0],
            "tema": arena.themes[at % 3],
            "slag": kind,
            "uttalande": f"{NAMES[at % len(NAMES)]} uttalande {at}",
            "källa": harmed(f"anteckningar {at}"),
        }
    for at, question in enumerate(islice(arena.questions, 8)):
        yield {
            "enhet": UNITS[1],
            "part": question.to[0],
            "tema": arena.themes[0],
            "slag": "svar",
            "uttalande": f"{NAMES[at % len(NAMES)]} svar {at}",
            "fråga": question.slug,
            "svar": question.answers[0] if question.answers else "",
            "källa": harmed(f"svar {at}"),
        }


def _actions(arena: Arena) -> Iterator[dict[str, str]]:
    for at, name in enumerate(NAMES):
        action = {"nr": str(at), "enhet": UNITS[at % 3], "källa": harmed(f"protokoll {at}")}
        decided = {"ägare": arena.parties[at % 2].slug, "tema": arena.themes[at % 3], "åtgärd": f"{name} åtgärd {at}"}
        yield action | decided | {"beslutad": "2025-01-15", "klar senast": "2026-03-01", "mått": "U79049"}
        yield action | {"uppföljd": "2026-02-01", "läge": "pågår", "kommentar": f"{name} kommentar {at}"}


def _ratings(arena: Arena) -> Iterator[dict[str, Any]]:
    for at, (unit, scale) in enumerate((unit, scale) for unit in UNITS for scale in arena.evaluation):
        comment = f"{NAMES[at % len(NAMES)]} omdöme {at}"
        rated = {"enhet": unit, "part": arena.parties[at % 2].slug, "påstående": scale.slug, "poäng": 1 + at % 5}
        yield rated | {"kommentar": comment}


def _escaped(text: str) -> str:
    """As Markdown that is read as it stands."""
    return re.sub(r"([!-/:-@[-`{-~])", r"\\\1", text)


def harm_added(here: Project, unit: str) -> None:
    """What the region and the analysts have added, everywhere that it can be shown."""
    lines = "\n\n".join(f"- {_escaped(name)} och `{name}`" for name in ADDED)
    link = f'[{_escaped(ADDED[2])}](https://example.org/?a=%22%3E%3Cscript%3E "{_escaped(ADDED[0])}")'
    drawing = f"![{_escaped(ADDED[0])} och kön](figur.svg)\n\n![{_escaped(ADDED[3])} på bild](bild.png)"
    text = (
        f"# {_escaped(ADDED[0])} {ADDED[4]}\n\n{lines}\n\n{link}\n\n{drawing}\n\n![{_escaped(ADDED[2])}](tabell.csv)\n"
    )
    table = "\n".join(f'"{name.replace(chr(34), chr(34) * 2)}";1' for name in ADDED)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" width="90" height="30">'
        f"<text x='2' y='20' font-size='9'>&lt;script&gt;alert('{MARK}')&lt;/script&gt;</text></svg>"
    )
    for kind in ("supplements", "comments"):
        add(here, "figur.svg", svg, kind, unit)
        add(here, "bild.png", png(), kind, unit)
        add(here, "tabell.csv", f"Namn;Värde\n{table}\n", kind, unit)
        for place in ("inledning", "diskussionsfragor", "fokusomrade-tillganglighet", "tillganglighet"):
            add(here, f"{place}.md", text, kind, unit)
