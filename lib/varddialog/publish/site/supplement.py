"""The page of a unit for what region or analysts have added that has no place beside the common material."""

from __future__ import annotations

from varddialog.config import Project
from varddialog.dialogue.supplement.place import OWN_PAGE
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.units import Unit
from varddialog.pack.notes import own_page_notes
from varddialog.publish.page import render

PAGE = f"{OWN_PAGE}.html"


def supplement_page(here: Project, unit: Unit, catalogue: Catalogue, cycle: Cycle) -> str | None:
    """The page as HTML; None where there is nothing for it. Raises ParamsError with every fault in the files."""
    notes = own_page_notes(here, unit, catalogue)
    return render("site/supplement", cycle, home="../", unit=unit, notes=notes) if notes else None
