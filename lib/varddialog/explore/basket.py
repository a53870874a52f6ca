"""The basket: indicators that are collected on the way, and the focus area that becomes a file of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import ValidationError

from varddialog.atomic import write_atomic
from varddialog.config import Project, project
from varddialog.errors import Fault, ParamsError, UsageError
from varddialog.model.catalogue import load_catalogue
from varddialog.model.focus import FocusArea
from varddialog.model.read import read_yaml
from varddialog.swedish import fold, slugify

_HEAD = "# yaml-language-server: $schema=../schemas/focus-area.schema.json\n"
# words of a question that name it in records
_NAMED_BY = 4
# what each field is called on the screen
_FIELDS = {
    "slug": "namnet",
    "name": "namnet",
    "why": "varför området är viktigt",
    "indicators": "måtten",
    "themes": "temana",
    "questions": "frågorna",
}


@dataclass
class Basket:
    """Ids of indicators, each once, in the order they are to be shown."""

    ids: list[str] = field(default_factory=list)
    _told: list[Callable[[], None]] = field(default_factory=list)

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change."""
        self._told.append(listener)

    def add(self, key: str) -> bool:
        """Last in the basket; False when it is there already."""
        if key in self.ids:
            return False
        self.ids.append(key)
        self._tell()
        return True

    def remove(self, key: str) -> None:
        """Out of the basket, if it is there."""
        if key in self.ids:
            self.ids.remove(key)
            self._tell()

    def move_up(self, key: str) -> None:
        """One place earlier."""
        at = self.ids.index(key)
        if at:
            self.ids[at - 1 : at + 1] = [key, self.ids[at - 1]]
            self._tell()

    def _tell(self) -> None:
        for listener in list(self._told):
            listener()

    def focus_area(
        self, name: str, why: str, themes: Sequence[str], questions: Sequence[str], lacking: str = ""
    ) -> FocusArea:
        """The indicators as a focus area. themes: slugs of params/themes.yml. questions: one text each.

        Raises UsageError with everything that is missing.
        """
        said = {
            "slug": slugify(name),
            "name": name,
            "why": why,
            "lacking": lacking.strip() or None,
            "indicators": list(self.ids),
            "themes": list(themes),
            "questions": _questions(questions),
        }
        try:
            return FocusArea.model_validate(said)
        except ValidationError as error:
            missing = dict.fromkeys(_FIELDS.get(str(e["loc"][0]), str(e["loc"][0])) for e in error.errors())
            raise UsageError(*(Fault(f"Fokusområdet saknar något: {what}.") for what in missing)) from None


def _questions(texts: Sequence[str]) -> list[dict[str, str]]:
    """Each question with a name of its own: its first words, and a number where those stand twice."""
    made: list[dict[str, str]] = []
    for text in (t.strip() for t in texts if fold(t)):
        slug = "-".join(fold(text).split()[:_NAMED_BY])
        taken = sum(q["slug"] == slug or q["slug"].startswith(f"{slug}-nr-") for q in made)
        made.append({"slug": f"{slug}-nr-{taken + 1}" if taken else slug, "text": text})
    return made


def place_of(focus: FocusArea, here: Project) -> Path:
    """The file of the focus area."""
    return here.params / "focus-areas" / f"{focus.slug}.yml"


def save_focus_area(focus: FocusArea, replace: bool = False, here: Project | None = None) -> Path:
    """Write params/focus-areas/<slug>.yml, whole or not at all, and read all of params/ again; the file's path.

    replace: write over a file that is there. Raises UsageError when it is there and that is not said, ParamsError when
    params/ would not hold together; then everything is as it was.
    """
    here = here or project()
    path = place_of(focus, here)
    before = path.read_bytes() if path.is_file() else None
    if before is not None and not replace:
        raise UsageError(
            Fault(
                f"Fokusområdet «{focus.slug}» finns redan.",
                here.show(path),
                todo="Välj ett annat namn, eller säg att filen ska skrivas över.",
            )
        )
    write_atomic(path, _HEAD + _yaml(focus))
    try:
        load_catalogue(here)
        if read_yaml(path, FocusArea, here) != focus:
            raise ParamsError(Fault("Filen säger inte samma sak som korgen.", here.show(path)))
    except ParamsError:
        if before is None:
            path.unlink()
        else:
            write_atomic(path, before)
        raise
    return path


def _yaml(focus: FocusArea) -> str:
    said = focus.model_dump(exclude_defaults=True)
    text: str = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=116)
    return text
