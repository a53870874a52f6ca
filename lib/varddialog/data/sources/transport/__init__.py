"""The shared way to the open APIs: polite, patient, bounded, and told in Swedish when it fails."""

from varddialog.data.sources.transport.client import Client, open_client
from varddialog.data.sources.transport.told import NotThere

__all__ = ["Client", "NotThere", "open_client"]
