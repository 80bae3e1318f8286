"""Pictures: only those of the case in hand, only pictures, blurred as the person wants."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from brightline.workbench.cases.models import Picture
from brightline.workbench.console.actions.set_wellness import set_wellness
from brightline.workbench.console.wellness import Wellness
from tests.workbench.making import a_case

pytestmark = pytest.mark.django_db


def picture(case, name="a.jpg") -> Picture:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "JPEG")
    return Picture.objects.create(
        case=case, digest="x", file=ContentFile(drawn.getvalue(), name=name)
    )


def test_a_picture_of_the_case_in_hand_is_shown_and_cannot_run(task, client):
    one = picture(task.case)
    response = client.get(f"/review/task/{task.pk}/picture/{one.pk}/")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(response.getvalue())).size == (40, 30)


def test_a_picture_of_another_case_is_not(task, client):
    other = picture(a_case("Kiếm Nhật khác").case)
    assert client.get(f"/review/task/{task.pk}/picture/{other.pk}/").status_code == 404


def test_what_is_no_picture_by_its_name_is_not_sent(task, client):
    one = picture(task.case)
    Picture.objects.update(file=one.file.name.replace(".jpg", ".html"))
    assert client.get(f"/review/task/{task.pk}/picture/{one.pk}/").status_code == 404


def test_a_picture_whose_file_is_gone_is_missing_and_breaks_nothing(task, client):
    one = picture(task.case)
    one.file.storage.delete(one.file.name)
    assert client.get(f"/review/task/{task.pk}/picture/{one.pk}/").status_code == 404
    assert client.get(f"/review/task/{task.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "harmful", "blurred", "grey"),
    [(Wellness("all"), False, True, False), (Wellness("none"), True, False, False),
     (Wellness("harmful"), True, True, False), (Wellness("harmful"), False, False, False),
     (Wellness("none", greyscale=True), False, False, True)],
)  # fmt: skip
def test_pictures_are_veiled_as_the_person_wants(
    task, alice, client, settings, wanted, harmful, blurred, grey
):
    settings.HARMFUL_SOPS = frozenset({"knives"} if harmful else ())
    picture(task.case)
    set_wellness(alice, wanted)
    page = client.get(f"/review/task/{task.pk}/").content.decode()
    assert ('class="pictures blurred' in page) is blurred
    assert (" grey" in page) is grey
