"""What the tests of this room share."""

from __future__ import annotations

import pytest

from brightline.workbench.delivery.telling import forget_hooks
from brightline.workbench.understanding.current import forget


@pytest.fixture(autouse=True)
def _no_notice_remembered():
    """No notice of one test keeps anyone out in the next."""
    forget()
    forget_hooks()
    yield
    forget()
    forget_hooks()
