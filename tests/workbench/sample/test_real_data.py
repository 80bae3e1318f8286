"""Sample data keeps away from real data, and pages say nothing of it where there is none."""

from __future__ import annotations

import pytest
from django.test import Client

from brightline.workbench.cases.models import Case
from brightline.workbench.sample.filling import NotEmpty, fill
from tests.workbench.sample.conftest import UPTO

pytestmark = pytest.mark.django_db


def test_made_up_data_is_never_mixed_with_real_people(alice):
    with pytest.raises(NotEmpty):
        fill(UPTO, 60)
    assert not Case.objects.exists()


def test_no_page_says_so_without_sample_data(db):
    assert "Dữ liệu mẫu" not in Client().get("/accounts/login/").content.decode()
