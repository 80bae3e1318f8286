"""Who has not passed by the time gets no cases of the touched queue; who has, at once."""

from __future__ import annotations

import pytest

from brightline.workbench.cases.actions.claim import claim
from tests.workbench.making import a_case, person
from tests.workbench.understanding.making import second_release, sent, taken

pytestmark = pytest.mark.django_db


def test_a_moderator_is_kept_out_until_the_quiz_is_passed(release, alice, mai):
    a_case("Kiếm Nhật trang trí")
    notice = sent(mai, second_release())
    assert claim(alice) is None
    assert not taken(notice, alice, right=False).passed
    assert claim(alice) is None
    assert taken(notice, alice).passed
    task = claim(alice)
    assert task is not None
    assert task.queue == "regulated"
