"""What every function of this floor asks of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def finite_array(name: str, values: Sequence[float]) -> npt.NDArray[np.float64]:
    """The values as a one-dimensional array. ValueError names `name`: a gap, an infinity or a list of lists."""
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or not np.all(np.isfinite(array)):
        raise ValueError(f"{name}: a plain list of finite numbers, no gaps")
    return array
