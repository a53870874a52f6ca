"""What a round rests on: the file `omgang.yml` beside its records, if there is one."""

from __future__ import annotations

from varddialog.model.base import Model, Text

FILE = "omgang.yml"
# what the name of a made-up round's files, and the source of its records, begin with
EXAMPLE = "exempel"


class About(Model):
    """data/dialogue/<arena>/<cycle>/omgang.yml. material: what the round rests on, in words.

    source: who published it, and when. example: made up to show how it works.
    """

    material: Text | None = None
    source: Text | None = None
    example: bool = False


def marked(text: str) -> bool:
    """Whether a name or a source says that it is made up."""
    return text.casefold().startswith(EXAMPLE)
