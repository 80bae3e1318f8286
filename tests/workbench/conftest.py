"""The people and the rulebook that the workbench's tests share."""

from __future__ import annotations

import pytest

from brightline.workbench.cases import leases
from brightline.workbench.escalations.shelf import forget as forget_precedents
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import forget
from brightline.workbench.rulebooks.models import Release
from tests.workbench.making import a_rulebook, person


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """No release of one test is in force in the next."""
    forget()
    forget_precedents()
    leases.forget()
    yield
    forget()
    forget_precedents()


@pytest.fixture
def release(db) -> Release:
    """A small rulebook in force in VN."""
    return publish(a_rulebook(), None)


@pytest.fixture
def alice(db):
    """A moderator."""
    return person("alice", "moderator")


@pytest.fixture
def bob(db):
    """Another moderator."""
    return person("bob", "moderator")


@pytest.fixture
def carol(db):
    """A senior moderator."""
    return person("carol", "senior")


@pytest.fixture
def dave(db):
    """An administrator."""
    return person("dave", "admin")


@pytest.fixture
def mai(db):
    """The programme manager."""
    return person("mai", "manager")
