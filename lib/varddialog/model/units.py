"""The units of a pack: Riket and the regions, and how a name that someone typed finds its unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field

from varddialog.errors import Fault, UsageError
from varddialog.model.base import Model, Text
from varddialog.swedish import did_you_mean, fold, slugify

NATION = "00"


class Unit(Model):
    """Riket or a region. `code` is the county code (länskod), "00" for Riket."""

    code: Annotated[str, Field(pattern=r"^\d{2}(\d{2})?$")]
    name: Text
    official_name: Text
    also: list[Text] = []
    collaboration_regions: list[Text] = []
    nuts3: Text | None = None
    seat: Text | None = None
    university_hospital: Text | None = None
    note: Text | None = None

    @property
    def slug(self) -> str:
        """The name in addresses: `jamtland-harjedalen`."""
        return slugify(self.name)

    @property
    def folder(self) -> str:
        """Code and slug: the name of the unit's output folder and parameter file, `12-skane`."""
        return f"{self.code}-{self.slug}"

    @property
    def is_nation(self) -> bool:
        return self.code == NATION

    @property
    def names(self) -> list[str]:
        """Every way the unit may be written."""
        return [self.code, self.name, self.official_name, self.slug, self.folder, *self.also]


@dataclass(frozen=True)
class CollaborationRegion:
    """A collaboration region (samverkansregion) and the regions that belong to it, whole or in part."""

    name: str
    members: tuple[Unit, ...]

    @property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def split(self) -> tuple[Unit, ...]:
        """The members of which a part belongs to another collaboration region; their figures are for the whole."""
        return tuple(unit for unit in self.members if len(unit.collaboration_regions) > 1)


class UnitFile(Model):
    """params/units.yml."""

    units: list[Unit]


class Units:
    """All units in order, found by any of their names."""

    def __init__(self, units: list[Unit]) -> None:
        self.all = tuple(units)
        self.by_code = {unit.code: unit for unit in units}
        self._by_name = {fold(name): unit for unit in units for name in unit.names}

    @property
    def nation(self) -> Unit:
        return self.by_code[NATION]

    @property
    def regions(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.all if not unit.is_nation)

    @cached_property
    def collaboration_regions(self) -> tuple[CollaborationRegion, ...]:
        """The collaboration regions in the order of the regions. A region that is split is in both of its own."""
        names = dict.fromkeys(name for unit in self.regions for name in unit.collaboration_regions)
        return tuple(
            CollaborationRegion(name, tuple(u for u in self.regions if name in u.collaboration_regions))
            for name in names
        )

    def find(self, name: str) -> Unit:
        """The unit called `name`: code, name, official name or slug, whatever the case and accents.

        Raises UsageError with a suggestion when no unit has that name.
        """
        unit = self._by_name.get(fold(name))
        if unit is None:
            allowed = [n for u in self.all for n in (u.name, u.official_name, u.folder)]
            raise UsageError(
                Fault(
                    f"Okänd region: «{name}».",
                    allowed="regionens namn eller kod, till exempel Skåne, Region Skåne, skane eller 12",
                    todo=did_you_mean(name, allowed),
                )
            )
        return unit
