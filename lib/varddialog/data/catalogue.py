"""The catalogue beside the store: what has figures is no gap, whatever was so when the entry was written."""

from __future__ import annotations

from varddialog.config import Project
from varddialog.data.manifest import read_manifest
from varddialog.model.catalogue import Catalogue, load_catalogue


def catalogue_with_figures(project: Project) -> Catalogue:
    """Read params/ and the store's manifest. Raises ParamsError for faulty params, DataError without a manifest."""
    return load_catalogue(project).with_figures(read_manifest(project.store, project.show(project.store)).series)
