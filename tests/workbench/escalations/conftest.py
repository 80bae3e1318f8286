"""A question that waits, and the people who answer."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.escalations.actions.escalate import escalate
from brightline.workbench.escalations.models import Escalation
from tests.workbench.escalations.making import QUESTION
from tests.workbench.making import a_case, answered, person


@pytest.fixture
def asked(release, alice) -> Escalation:
    """Alice's question, after one answer."""
    a_case()
    task = answered(claim(alice), alice, item="weapon")
    return escalate(task.pk, alice, f"  {QUESTION} ")


@pytest.fixture
def linh(db):
    """A legal specialist."""
    return person("linh", "legal")


@pytest.fixture
def phong(db):
    """A policy author, who answers but decides no cases."""
    return person("phong", "author")
