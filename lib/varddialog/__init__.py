"""Vårddialog: open Swedish health statistics turned into fact packs for the dialogue between state and regions."""

__version__ = "0.1.0"
