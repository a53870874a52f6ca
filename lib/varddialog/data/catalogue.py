"""The catalogue beside the store: what has figures is no gap, and what has none is one, whatever its entry says."""

from __future__ import annotations

from varddialog.config import Project
from varddialog.data.manifest import read_manifest
from varddialog.model.catalogue import Catalogue, load_catalogue


def catalogue_with_figures(project: Project) -> Catalogue:
    """Read params/ and the store's manifest. Raises ParamsError for faulty params, DataError without a manifest."""
    catalogue = load_catalogue(project)
    manifest = read_manifest(project.store, project.show(project.store))
    last_years = {key: series.last_year for key, series in manifest.series.items()}
    return catalogue.with_figures(last_years, manifest.lacking)
