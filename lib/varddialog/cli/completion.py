"""What the shell completes values with: names in `params/`, read as quickly as a key is pressed.

Models and catalogue are not loaded, and params that cannot be read complete nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from varddialog.config import project
from varddialog.errors import UserError
from varddialog.swedish import slugify

Words = list[tuple[str, str]]


def _completing(words: Callable[[Path], Iterator[tuple[str, str]]]) -> Callable[[str], Words]:
    """The words of `params/` that begin as what has been typed, each with its explanation."""

    def complete(incomplete: str) -> Words:
        try:
            return [(word, about) for word, about in words(project().params) if word.startswith(incomplete)]
        except (UserError, OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
            return []  # a shell has nowhere to show a message

    return complete


@_completing
def regions(params: Path) -> Iterator[tuple[str, str]]:
    """Slugs; names too once a capital is typed, but not those of several words, which a shell would take apart."""
    for unit in yaml.safe_load((params / "units.yml").read_text(encoding="utf-8"))["units"]:
        yield slugify(unit["name"]), unit["official_name"]
        if " " not in unit["name"]:
            yield unit["name"], unit["official_name"]


@_completing
def dimensions(params: Path) -> Iterator[tuple[str, str]]:
    for dimension in yaml.safe_load((params / "framework.yml").read_text(encoding="utf-8"))["dimensions"]:
        yield str(dimension["number"]), dimension["name"]
        yield dimension["slug"], dimension["name"]


@_completing
def indicators(params: Path) -> Iterator[tuple[str, str]]:
    """Ids; the files are searched, since reading them as YAML takes a second."""
    for path in sorted((params / "indicators").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r"^  - id: (\S+)\n(?:    slug: \S+\n)?    name: (.+)$", text, re.MULTILINE)


def _files(folder: str) -> Callable[[str], Words]:
    def words(params: Path) -> Iterator[tuple[str, str]]:
        for path in sorted((params / folder).glob("*.yml")):
            name = re.search(r"^name: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            yield path.stem, name[1] if name else ""

    return _completing(words)


cycles = _files("cycles")
arenas = _files("arenas")
