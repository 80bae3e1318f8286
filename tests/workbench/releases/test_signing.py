"""Who must sign a change, by what it touches; four eyes; a signature is for one content."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from brightline.rulebook.canonical import from_json, to_json
from brightline.workbench.accounts.roles import Role
from brightline.workbench.rulebooks.actions.publish import Terms, publish
from brightline.workbench.rulebooks.actions.sign import CannotSign, sign, sign_release, take_back
from brightline.workbench.rulebooks.models import Release, SignRule
from brightline.workbench.rulebooks.signing import needs, signatures
from tests.workbench.making import a_case, a_rulebook, person
from tests.workbench.releases.changing import changed

pytestmark = pytest.mark.django_db


def roles(book, base="") -> dict[str, list[str]]:
    return {
        need.role.value: [i for _w, ids in need.because for i in ids]
        for need in needs("VN", base or a_rulebook().sha, book)
    }


def with_law(base):
    form = json.loads(to_json(base))
    form["law"] = {"decree-1": {"cite": {"vi": "Nghị định 1", "en": "Decree 1"},
                                "title": {"vi": "Về dao", "en": "On knives"},
                                "status": "verified", "checked_on": "2026-11-01",
                                "owner": "team", "recheck_by": "2027-06-01"}}  # fmt: skip
    form["sops"][0]["clauses"][1]["basis"] = ["decree-1"]
    return from_json(json.dumps(form))


def test_a_wording_takes_the_manager_alone(release):
    def purpose(sop):
        sop["purpose"]["en"] = "No weapons at all."

    assert roles(changed(purpose)) == {"manager": []}


def test_points_take_the_market_lead_and_law_the_legal_specialist(release):
    assert roles(a_rulebook(13)) == {"manager": [], "lead": ["K-2"]}
    law = with_law(a_rulebook())
    found = roles(law)
    assert set(found) == {"manager", "legal"} and found["legal"] == ["K-2", "decree-1"]
    publish(law, None)

    def notice(sop):
        sop["clauses"][1]["notice"]["en"] = "Removed: a weapon."

    assert set(roles(changed(notice, law), law.sha)) == {"manager", "legal"}


def test_grave_actions_take_the_market_lead(release):
    def hides(sop):
        sop["clauses"][0]["when"] = [{"item": "weapon"}]

    assert "K-1" in roles(changed(hides))["lead"]


def test_a_market_sets_its_own_rules_and_the_manager_stays_among_them(release):
    SignRule.objects.create(market="VN", what="owner", value="team", role="quality")
    assert roles(a_rulebook(13)) == {"manager": [], "quality": ["knives"]}


def test_nobody_signs_what_they_wrote_nor_twice_nor_in_a_role_they_have_not(release, mai):
    book, base = a_rulebook(13), release.sha
    both = person("both", "manager", "lead")
    for who, role, authors in (
        (mai, "manager", [mai.pk]), (mai, "lead", []), (mai, "legal", []),
        (person("th", "lead", market="TH"), "lead", []),
        (person("queue", "lead", queue="regulated"), "lead", []),
    ):  # fmt: skip
        with pytest.raises(CannotSign):
            sign(book, base, who, role, authors=authors)
    first = sign(book, base, both, "lead")
    assert sign(book, base, both, "manager") == first  # one signature each
    sign(book, base, mai, "manager")
    assert len(signatures("VN", book.sha, base)) == 2
    assert not signatures("VN", a_rulebook(14).sha, base)  # edited: nobody signed that
    take_back(first, both)
    assert [one.by for one in signatures("VN", book.sha, base)] == [mai]


def test_an_emergency_is_marked_everywhere_until_others_have_signed(
    client: Client, release, mai, bob
):
    urgent = publish(a_rulebook(13), mai, terms=Terms(emergency=True, note="Lệnh khẩn"))
    a_case("Gối ôm")
    pages = [reverse("releases"), reverse("release", args=["VN", 2]),
             reverse("case", args=[_case_id()])]  # fmt: skip
    client.force_login(person("boss", "manager"))
    mark = "chưa được duyệt"
    assert all(mark in client.get(page).content.decode() for page in pages)
    with pytest.raises(CannotSign):
        sign_release(urgent, mai, "manager")  # she published it
    client.post(reverse("sign_release", args=["VN", 2]), {"role": "manager"})
    assert Release.objects.get(number=2).unsigned
    sign_release(urgent, person("lead", "lead"), Role.LEAD.value)
    assert not Release.objects.get(number=2).unsigned
    assert not any(mark in client.get(page).content.decode() for page in pages)
    client.force_login(bob)
    assert client.post(reverse("sign_release", args=["VN", 2])).status_code == 403


def _case_id() -> int:
    from brightline.workbench.cases.models import Case

    return Case.objects.get().pk
