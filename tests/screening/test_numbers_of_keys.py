"""Numbers for keys, while other threads add keys."""

from __future__ import annotations

import numpy as np
import pytest

from brightline.screening import keys as keys_module
from brightline.screening.keys import KeyIndex


def test_a_key_that_another_thread_adds_meanwhile_has_its_own_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = {5: 40, 6: 41}
    index = KeyIndex(numbers.__getitem__)
    take, added = np.take, []

    def interrupted(*arguments: object, **options: object) -> object:
        """Between the two looks of `numbers`, as if by another thread, the key is added."""
        found = take(*arguments, **options)  # type: ignore[call-overload]
        if not added:
            added.append(index._number(5))
        return found

    monkeypatch.setattr(keys_module.np, "take", interrupted)
    assert index.numbers(np.array([5, 6, 5], np.uint64)).tolist() == [40, 41, 40]
    assert added == [40]
