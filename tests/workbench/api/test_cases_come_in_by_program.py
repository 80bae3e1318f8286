"""The calls that bring cases in: what they answer, what they refuse, in whose language."""

from __future__ import annotations

import pytest

from brightline.workbench.accounts.permissions import Permission
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Case, Task
from tests.workbench.api.calling import a_token, call, listing, service
from tests.workbench.making import shares

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settled(release):
    shares()


def test_a_case_comes_in_and_waits():
    got = call("/cases", a_token(), listing())
    assert got.status_code == 201
    said = got.json()
    assert (said["status"], said["queue"], said["new"]) == ("waiting", "regulated", True)
    assert Case.objects.get().attributes == {"title": "Kiếm Nhật trang trí"}
    assert Event.objects.get(kind="case.received").actor.username == "shop"


def test_a_case_the_rules_settle_is_decided_at_once():
    said = call("/cases", a_token(), listing(title="Gối ôm")).json()
    assert (said["status"], said["action"], said["queue"]) == ("decided", "allow", None)


def test_the_same_ref_again_changes_nothing():
    token = a_token()
    call("/cases", token, listing())
    again = call("/cases", token, listing(title="Gối ôm"))
    said = again.json()
    assert (again.status_code, said["new"], said["status"]) == (200, False, "waiting")
    assert Case.objects.count() == Task.objects.count() == 1


def test_a_batch_tells_case_by_case():
    batch = [
        listing("a"), listing("b", title="Gối ôm"), {"ref": "c"}, listing("d", subject="boat"),
        listing("e", market="TH"), listing("f", facts={"item": "sword"}), "nonsense", listing("a"),
        listing("g", attributes={"title": "x\x00y"}),
    ]  # fmt: skip
    got = call("/cases/batch", a_token(), {"cases": batch}, Accept_Language="en")
    assert got.status_code == 200
    said = got.json()
    assert (said["received"], said["known"], said["refused"]) == (2, 1, 6)
    assert [item["index"] for item in said["results"]] == list(range(9))
    errors = {item["index"]: item["error"] for item in said["results"] if item["error"]}
    assert errors[2] == {"message": "it is missing", "hint": None, "field": "market"}
    assert errors[3]["message"] == "no subject named boat"
    assert errors[4]["field"] == "market"
    assert errors[5]["field"] == "facts"
    assert errors[8] == {"message": "it holds a NUL character", "hint": None, "field": "attributes"}
    assert set(Case.objects.values_list("ref", flat=True)) == {"a", "b"}


def test_a_batch_has_a_limit():
    token = a_token()
    many = {"cases": [listing(str(n)) for n in range(1001)]}
    assert call("/cases/batch", token, many).status_code == 422
    assert call("/cases/batch", token, {"cases": []}).status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ref": ""}, "ref"), ({"ref": "x" * 121}, "ref"), ({"ref": " x"}, "ref"),
        ({"ref": "a\nb"}, "ref"), ({"ref": None}, "ref"), ({"risk": 2}, "risk"),
        ({"attributes": {"title": {"a": 1}}}, "attributes"),
        ({"attributes": {"price": 1e300}}, "attributes"),
        ({"attributes": {"price": 10**400}}, "attributes"),
        ({"attributes": {"title": "x" * 50_001}}, "attributes"),
        ({"attributes": {"x" * 161: 1}}, "attributes"),
        ({"attributes": {"tags": ["x"] * 201}}, "attributes"),
        ({"attributes": [1]}, "attributes"), ({"language": "VI!"}, "language"),
        ({"source": "rumour"}, "source"), ({"colour": "red"}, "colour"),
        ({"pictures": [{"data": "%%%"}]}, "pictures.0.data"),
        ({"pictures": [{"data": "ảnh"}]}, "pictures.0.data"),
        ({"pictures": [{}]}, "pictures.0"), ({"subject": "boat"}, None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(wrong, field):
    got = call("/cases", a_token(), {**listing(), **wrong})
    assert got.status_code in (400, 422)
    assert got.json()["error"]["field"] == field
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "nonsense", '{"ref": NaN}', b"\xff\xfe", '{"ref": "\\ud800"}', "[" * 100_000,
     '{"ref":"a","market":"VN","attributes":{"n":1e999}}', "9" * 10_000],
)  # fmt: skip
def test_what_is_no_json_is_refused(body):
    got = call("/cases", a_token(), body)
    assert got.status_code in (400, 422)
    assert got.json()["error"]["message"]


def test_errors_are_told_in_the_callers_language():
    token = a_token()
    short = call("/cases", token, listing(""), Accept_Language="en").json()["error"]
    assert short["message"] == "it is too short: the least length is 1"
    english = call("/cases", token, {}, Accept_Language="en-GB,vi;q=0.5").json()["error"]
    assert english["message"] == "it is missing"
    answer = call("/cases", token, {}, Accept_Language="fr, vi;q=0.9, en;q=0.2")
    assert answer["Content-Language"] == "vi"
    assert call("/cases", token, {})["Content-Language"] == "vi"


def test_no_rulebook_is_no_fault_of_the_server():
    got = call("/cases", a_token(), listing(market="TH"))
    assert (got.status_code, got.json()["error"]["field"]) == (422, "market")


def test_a_case_is_read_with_reasons_in_both_languages():
    token = a_token()
    facts = {"item": "weapon", "hidden": "no"}
    call("/cases", token, listing("lot/7 ü", facts=facts))
    said = call("/cases/VN/lot/7%20%C3%BC", token).json()
    decision = said["decision"]
    assert (decision["action"], decision["points"]) == ("remove_listing", 12)
    assert [(c["sop"], c["clause"]) for c in decision["clauses"]] == [("knives", "K-2")]
    notices = {name: of["reasons"][0]["notice"] for name, of in decision["reasons"].items()}
    assert notices["en"].startswith("The listing was removed")
    assert notices["vi"].startswith("Sản phẩm đã bị gỡ")
    waiting = call("/cases", token, listing("w"))
    assert waiting.status_code == 201
    assert call("/cases/VN/w", token).json()["decision"] is None


def test_what_is_not_there_is_told_as_json():
    token = a_token()
    for path in (
        "/cases/VN/nothing",
        "/nothing",
        "/cases/VN/a%00b",
        "/cases/XX/a",
        "/cases/VN/a%0Ab",
    ):
        got = call(path, token, Accept_Language="en")
        assert got.status_code == 404
        assert set(got.json()["error"]) == {"message", "hint", "field"}
    assert call("/queues", token, {}).status_code == 405


def test_queues_and_releases(release):
    token = a_token()
    call("/cases", token, listing())
    queues = {one["queue"]: one for one in call("/queues", token).json()}
    assert (queues["regulated"]["open"], queues["general"]["open"]) == (1, 0)
    assert call("/releases", token).json()[0]["rulebook"] == release.sha


def test_the_description_needs_no_key():
    said = call("/openapi.json", None).json()
    assert "/api/v1/cases" in said["paths"]
    assert all(
        operation["security"] for path in said["paths"].values() for operation in path.values()
    )


ROUTES = [
    ("/cases", {"cases": 1}, Permission.CASES_CASE_RECEIVE),
    ("/cases/batch", {"x": 1}, Permission.CASES_CASE_RECEIVE),
    ("/cases/VN/x/pictures", {}, Permission.CASES_CASE_RECEIVE),
    ("/cases/VN/x", None, Permission.CASES_CASE_READ),
    ("/queues", None, Permission.QUEUES_QUEUE_WATCH),
    ("/releases", None, Permission.RULEBOOKS_RELEASE_READ),
    ("/releases/VN", None, Permission.RULEBOOKS_RELEASE_READ),
    ("/rulebooks/0", None, Permission.RULEBOOKS_RELEASE_READ),
    ("/releases/VN", {}, Permission.RULEBOOKS_RELEASE_PUSH),
]


@pytest.mark.parametrize(("path", "body", "permission"), ROUTES)
def test_each_call_needs_its_permission(path, body, permission):
    others = [
        p for p in (Permission.CASES_CASE_RECEIVE, Permission.CASES_CASE_READ) if p != permission
    ]
    assert call(path, None, body).status_code == 401
    assert call(path, "blk_wrong", body).status_code == 401
    assert call(path, a_token(*others), body).status_code == 403
    assert call(path, a_token(permission), body).status_code not in (401, 403, 500)


def test_a_key_reaches_no_further_than_its_market_and_its_account():
    in_th = a_token(market="TH")
    assert call("/cases", in_th, listing()).status_code == 403
    assert call("/queues", in_th).json() == call("/releases", in_th).json() == []
    account = service("thai", market="TH")
    assert call("/cases", a_token(user=account), listing()).status_code == 403
    account.grants.all().delete()
    assert call("/queues", a_token()).status_code == 200


def test_a_key_is_worth_nothing_once_its_account_lost_the_role():
    account = service("gone")
    token = a_token(user=account)
    assert call("/queues", token).status_code == 200
    account.grants.all().delete()
    assert call("/queues", token).status_code == 403
    account.is_active = False
    account.save()
    assert call("/queues", token).status_code == 401
