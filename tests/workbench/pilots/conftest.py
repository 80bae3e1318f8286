"""What the tests of pilots share."""

from __future__ import annotations

import pytest

from brightline.workbench.pilots.drawing import forget


@pytest.fixture(autouse=True)
def _no_pilot_remembered():
    """No pilot of one test draws cases of the next."""
    forget()
    yield
    forget()
