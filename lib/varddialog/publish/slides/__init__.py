"""The slides of a unit."""
