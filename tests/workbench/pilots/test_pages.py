"""The pages of pilots: a draft is chosen or uploaded, its figures are read, it is ended."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from brightline.workbench.pilots.models import Kind, Pilot
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.making import a_case, decided, person
from tests.workbench.pilots.test_pilots import begun, refs
from tests.workbench.understanding.making import soon, stricter

pytestmark = pytest.mark.django_db


def test_a_release_that_is_ahead_is_tried_in_the_shadow(release, alice, mai, client):
    ahead = publish(stricter(), None, soon(48))
    client.force_login(mai)
    assert "Chưa chạy thử" in client.get(reverse("pilots")).content.decode()
    client.post(reverse("new_pilot"), {"name": "Dao", "sha": ahead.sha, "kind": "shadow"})
    pilot = Pilot.objects.get()
    assert (pilot.kind, pilot.base, pilot.running) == (Kind.SHADOW, release, True)
    a_case("Dao Thái")
    decided(alice, item="kitchen_knife")
    client.post(reverse("pilot_act", args=[pilot.pk]), {"do": "replay"})
    page = client.get(reverse("pilot", args=[pilot.pk])).content.decode()
    assert "Gỡ sản phẩm" in page
    client.post(reverse("pilot_act", args=[pilot.pk]), {"do": "drop"})
    assert Pilot.objects.get().running
    client.post(reverse("pilot_act", args=[pilot.pk]), {"do": "drop", "why": "Quá chặt"})
    assert Pilot.objects.get().state == "dropped"


def test_a_pilot_by_the_form_has_its_group_and_share(release, alice, mai, client):
    ahead = publish(stricter(), None, soon(48))
    client.force_login(mai)
    form = {"name": "Dao", "sha": ahead.sha, "kind": "pilot", "inclusion": "12,5", "most": "100"}
    wrong = client.post(reverse("new_pilot"), form)
    assert wrong.status_code == 422
    assert 'value="12,5"' in wrong.content.decode()
    client.post(
        reverse("new_pilot"), form | {"group": [alice.pk], "queues": ["VN/regulated", "TH/x"]}
    )
    pilot = Pilot.objects.get()
    assert (pilot.inclusion, pilot.most, pilot.queues) == (0.125, 100, ["regulated"])
    assert [one.person for one in pilot.members.all()] == [alice]


@pytest.mark.parametrize("field", [{"inclusion": "nan"}, {"most": "x"}, {"sha": "0" * 64}])
def test_what_is_no_draft_or_no_number_is_said(release, alice, mai, client, field):
    ahead = publish(stricter(), None, soon(48))
    client.force_login(mai)
    form = {"name": "Dao", "sha": ahead.sha, "kind": "pilot", "group": alice.pk} | field
    assert client.post(reverse("new_pilot"), form).status_code == 422
    assert not Pilot.objects.exists()


def test_an_upload_that_is_no_rulebook_is_said_to_be(release, mai, client):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("x/rulebook.yaml", "rulebook: [")
    client.force_login(mai)
    for name, data in (("x.zip", made.getvalue()), ("y.zip", b"no zip")):
        answer = client.post(
            reverse("new_pilot"),
            {"name": "x", "kind": "shadow", "archive": SimpleUploadedFile(name, data)},
        )
        assert answer.status_code == 422


def test_the_figures_of_both_arms_stand_on_the_page(release, alice, mai, client):
    pilot = begun(mai, alice)
    a_case("Dao Thái", ref=refs("pilot", 1)[0])
    decided(alice, item="kitchen_knife")
    client.force_login(mai)
    page = client.get(reverse("pilot", args=[pilot.pk])).content.decode()
    assert "1/1 (100 %)" in page
    assert "tự dừng khi đến 20" in page
    client.force_login(person("qa", "quality"))
    assert client.get(reverse("pilot", args=[pilot.pk])).status_code == 200
    assert client.post(reverse("pilot_act", args=[pilot.pk]), {"do": "stop"}).status_code == 403
