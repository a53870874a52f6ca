"""Bringing the store up to date: what to ask, what the sources gave, the new snapshot, and what changed."""
