"""Kernels for notebooks: forked from a parent that has imported everything, or each a Python of its own."""

from varddialog.batch.kernels.engine import Engine, EngineName, open_engine

__all__ = ["Engine", "EngineName", "open_engine"]
