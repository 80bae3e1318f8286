"""A draft of the desk that is tried: its trial is chosen from its page, and ends in its release."""

from __future__ import annotations

import pytest
from django.urls import reverse

from brightline.workbench.drafts.actions.open_draft import open_draft
from brightline.workbench.drafts.actions.save_file import save_file
from brightline.workbench.drafts.models import Draft
from brightline.workbench.drafts.reading import files
from brightline.workbench.pilots.actions.begin_pilot import begin_pilot
from brightline.workbench.pilots.actions.end_pilot import NotEnded, promote_pilot
from brightline.workbench.pilots.models import Kind, Pilot
from brightline.workbench.publishing.actions.hand_in import hand_in
from brightline.workbench.publishing.actions.sign_draft import sign_draft
from brightline.workbench.publishing.standing import standing
from brightline.workbench.rulebooks.actions.publish import publish
from brightline.workbench.rulebooks.in_force import release_now
from tests.workbench.making import person
from tests.workbench.releases.changing import sound

pytestmark = pytest.mark.django_db
KNIVES = "sops/knives.yaml"


@pytest.fixture
def draft(db) -> Draft:
    """One point more for a weapon."""
    thu = person("thu", "author")
    made = open_draft(publish(sound(), None), thu, "Thêm điểm")
    save_file(made.pk, thu, KNIVES, files(made)[KNIVES].replace("points: 12", "points: 13"), 0)
    made.refresh_from_db()
    return made


def tried(draft: Draft, mai) -> Pilot:
    book = standing(draft).gate.rulebook
    assert book is not None
    return begin_pilot(book, mai, name="Thử", kind=Kind.SHADOW, from_draft=draft)


def test_its_form_has_the_draft_chosen_and_says_that_it_was_tried_before(client, draft, mai):
    client.force_login(mai)
    address = reverse("new_pilot") + f"?draft={draft.pk}"
    assert address in client.get(reverse("draft_approval", args=[draft.pk])).content.decode()
    page = client.get(address).content.decode()
    assert f'<option value="{draft.pk}" selected>' in page and 'value="Thêm điểm"' in page
    tried(draft, mai)
    assert "Bản thảo này đã được chạy thử" in client.get(address).content.decode()


def test_promoted_it_goes_through_its_gate_and_is_closed_as_released(draft, mai):
    pilot = tried(draft, mai)
    with pytest.raises(NotEnded):
        promote_pilot(pilot, mai, "Tốt")  # nobody has signed
    assert Pilot.objects.get().running and Draft.objects.get().open
    hand_in(draft.pk, draft.owner)
    draft.refresh_from_db()
    for who, role in ((mai, "manager"), (person("duc", "lead"), "lead")):
        sign_draft(draft, who, role, standing(draft).sha)
    release = promote_pilot(pilot, mai, "Tốt")
    draft.refresh_from_db()
    assert release_now("VN") == release and draft.released_as == release
    assert Pilot.objects.get().state == "promoted"


def test_what_was_edited_since_is_not_what_was_tried(draft, mai):
    pilot = tried(draft, mai)
    text = files(draft)[KNIVES].replace("points: 13", "points: 14")
    save_file(draft.pk, draft.owner, KNIVES, text, draft.revision)
    with pytest.raises(NotEnded, match="edited since"):
        promote_pilot(pilot, mai, "Tốt")
    assert Pilot.objects.get().running
