"""What Arrow's type stubs cannot say."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def taken(array: pa.Array[Any], at: npt.NDArray[np.integer]) -> pa.Array[Any]:
    """The values at these places, in this order."""
    index: Any = pa.array(at, pa.int64())
    found: pa.Array[Any] = array.take(index)
    return found
