"""Sharing: a unit's pack as one archive that opens offline, tells what it is made of, and nothing of the machine."""
