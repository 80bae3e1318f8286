"""A precedent is retired and restored with a reason, and the others see it at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from brightline.workbench.audit.models import Event
from brightline.workbench.cases.actions.claim import claim
from brightline.workbench.cases.working import Turn
from brightline.workbench.escalations.actions.change_precedent import change_precedent
from brightline.workbench.escalations.precedents import precedents_for
from tests.workbench.escalations.making import precedent
from tests.workbench.making import a_case, person

pytestmark = pytest.mark.django_db


def test_a_retired_one_is_not_shown_until_it_is_restored(release, alice, carol, mai):
    made = precedent(carol, "Kiếm Nhật", about="knives/?item")
    a_case()
    turn = Turn(claim(alice))
    assert precedents_for(turn) == [made]
    change_precedent(made.pk, mai, False, "Luật đã đổi")
    assert precedents_for(turn) == []
    made.refresh_from_db()
    assert (made.active, made.why, made.reviewed_by) == (False, "Luật đã đổi", mai)
    change_precedent(made.pk, mai, True, "Luật đổi lại")
    assert precedents_for(turn) == [made]
    event = Event.objects.filter(kind="precedent.changed").last()
    assert (event.before, event.after) == ({"active": False}, {"active": True})


def test_it_has_a_reason(release, carol):
    with pytest.raises(ValueError, match="reason"):
        change_precedent(precedent(carol, "?").pk, carol, False, "")


def test_only_those_who_answer_change_it(release, alice, carol, dave):
    made = precedent(carol, "?")
    for who in (alice, dave, person("thai", "senior", market="TH")):
        with pytest.raises(PermissionDenied):
            change_precedent(made.pk, who, False, "vì")
