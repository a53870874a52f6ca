"""Pure functions on numbers: no tables, no names, no Swedish."""
