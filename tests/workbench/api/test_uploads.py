"""Files of cases: looked at first, then read row by row; bad rows set aside, never twice."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from brightline.workbench.api.models import BadRow, Upload
from brightline.workbench.api.uploads import keeping, working
from brightline.workbench.api.uploads.working import read_uploads
from brightline.workbench.audit.models import Event
from brightline.workbench.cases.models import Case
from tests.workbench.making import person, shares

pytestmark = pytest.mark.django_db

CSV = """sku,product_name,mô tả,seller_id,junk
a-1,Kiếm Nhật trang trí,đẹp,s1,x
a-2,Gối ôm hình gấu,êm,s2,y
,Không có mã,z,s3,z
a-4,"Dao, thái",bếp,s4
a-1,Lặp lại,x,s1,x
"=cmd()",Gối ôm,x,s5,x
"""


@pytest.fixture(autouse=True)
def _settled(release):
    shares()


@pytest.fixture
def browser(mai):
    client = Client()
    client.force_login(mai)
    return client


def sent(browser, name: str, data: bytes | str, what: str = "VN|listing"):
    raw = data.encode() if isinstance(data, str) else data
    return browser.post("/api/uploads/", {"what": what, "file": SimpleUploadedFile(name, raw)})


def drafted(browser, name: str, data: bytes | str) -> Upload:
    got = sent(browser, name, data)
    assert got.status_code == 302, got.content.decode()
    return Upload.objects.latest("id")


def begun(browser, upload: Upload, *columns: str):
    given = {f"column-{at}": choice for at, choice in enumerate(columns)}
    return browser.post(f"/api/uploads/{upload.pk}/start/", given)


CHOICES = ("ref", "attribute:title", "attribute:description", "attribute:seller_id", "")


def test_a_csv_file_comes_in_and_bad_rows_are_set_aside(browser, mai):
    upload = drafted(browser, "lots.csv", CSV)
    assert not Case.objects.exists()
    page = browser.get(f"/api/uploads/{upload.pk}/").content.decode()
    for guess in ("ref", "attribute:title", "attribute:description", "attribute:seller_id"):
        assert f'<option value="{guess}" selected>' in page
    assert begun(browser, upload, *CHOICES).status_code == 302
    assert (read_uploads(), read_uploads()) == (1, 0)
    upload.refresh_from_db()
    assert (upload.status, upload.new, upload.known, upload.bad, upload.done) == (
        "done",
        3,
        1,
        2,
        6,
    )
    assert upload.automatic == 2
    case = Case.objects.get(ref="a-1")
    wanted = {"title": "Kiếm Nhật trang trí", "description": "đẹp", "seller_id": "s1"}
    assert case.attributes == wanted
    assert [(b.row, b.line) for b in BadRow.objects.all()] == [(3, 4), (4, 5)]
    assert Event.objects.get(kind="file.uploaded").actor == mai
    assert set(Event.objects.filter(kind="case.received").values_list("actor", flat=True)) == {
        mai.pk
    }
    page = browser.get(f"/api/uploads/{upload.pk}/").content.decode()
    assert "Không có mã" in page


def test_the_list_of_bad_rows_holds_no_formula(browser):
    upload = drafted(browser, "lots.csv", "id,title\n=1+1,\n")
    begun(browser, upload, "ref", "attribute:title")
    read_uploads()
    BadRow.objects.create(upload=upload, row=9, reason="=HYPERLINK(1)", raw="@x")
    got = browser.get(f"/api/uploads/{upload.pk}/bad-rows.csv")
    text = b"".join(got.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[-1]["reason"] == "'=HYPERLINK(1)" and rows[-1]["raw"] == "'@x"
    assert "attachment" in got["Content-Disposition"]


def test_the_same_file_again_changes_nothing(browser):
    for _time in range(2):
        begun(browser, drafted(browser, "lots.csv", CSV), *CHOICES)
        read_uploads()
    first, second = Upload.objects.order_by("id")
    assert (first.new, second.new, second.known) == (3, 0, 4)
    assert Case.objects.count() == 3
    assert Event.objects.filter(kind="case.received").count() == 3


def test_json_lines_name_their_own_parts(browser):
    lines = [
        {"id": "j-1", "attributes": {"title": "Kiếm Nhật"}, "source": "user_report", "risk": 0.4},
        {"ref": "j-2", "title": "Gối ôm", "facts": {"item": "other"}},
        {"ref": "j-3", "facts": {"item": "sword"}}, "no object", {"attributes": {"title": "x"}},
        {"ref": "j-6", "risk": 7},
    ]  # fmt: skip
    upload = drafted(browser, "lots.jsonl", "\n".join(json.dumps(one) for one in lines))
    begun(browser, upload)
    read_uploads()
    upload.refresh_from_db()
    assert (upload.status, upload.new, upload.bad) == ("done", 2, 4)
    case = Case.objects.get(ref="j-1")
    assert (case.source, case.risk) == ("user_report", 0.4)
    assert Case.objects.get(ref="j-2").given == {"item": "other"}


def test_a_parquet_file_comes_in(browser):
    out = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "title": ["Kiếm Nhật", "Gối ôm"]}), out)
    upload = drafted(browser, "lots.parquet", out.getvalue())
    begun(browser, upload, "ref", "attribute:title")
    read_uploads()
    assert sorted(Case.objects.values_list("ref", flat=True)) == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("lots.zip", b"PK\x03\x04x"), ("lots.csv", b"PK\x03\x04x"), ("lots.csv", b""),
     ("lots.xlsx", b"x"),
     ("lots.exe", b"x"), ("lots.parquet", b"PAR1 nonsense PAR1"), ("lots.csv.gz", b"\x1f\x8b"),
     ("lots.csv", b"a,a\n1,2"), ("lots.csv", "x".encode("utf-16"))],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_words(browser, name, data):
    before = set(keeping.folder().glob("*"))
    got = sent(browser, name, data)
    assert got.status_code == 422
    assert 'role="alert"' in got.content.decode()
    assert not Upload.objects.exists()
    assert set(keeping.folder().glob("*")) == before


def test_a_file_too_large_is_refused(browser, settings, monkeypatch):
    settings.UPLOAD_MEGABYTES = 0
    assert sent(browser, "lots.csv", CSV).status_code == 422
    settings.UPLOAD_MEGABYTES = 1
    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["a" * 1000] * 200_000}), out)
    monkeypatch.setattr(keeping, "MOST_ROWS", 100_000)
    assert sent(browser, "bomb.parquet", out.getvalue()).status_code == 422


def test_without_a_ref_it_is_not_begun(browser):
    upload = drafted(browser, "lots.csv", CSV)
    assert begun(browser, upload, "", "attribute:title").status_code == 422
    assert begun(browser, upload, "ref", "ref").status_code == 422
    assert begun(browser, upload, "ref", "nonsense").status_code == 422
    assert Upload.objects.get().status == "draft"


def test_a_reader_that_died_is_taken_up_where_it_left_off(browser, monkeypatch):
    text = "id,title\n" + "".join(f"r{n},Gối ôm {n}\n" for n in range(450))
    upload = drafted(browser, "lots.csv", text)
    begun(browser, upload, "ref", "attribute:title")
    real, calls = working.receive_many, []

    def dies(*told):
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit
        return real(*told)

    with monkeypatch.context() as killed:
        killed.setattr(working, "receive_many", dies)
        with pytest.raises(SystemExit):
            read_uploads()
    upload.refresh_from_db()
    assert (upload.status, upload.done, upload.new) == ("waiting", 200, 200)
    assert read_uploads() == 0  # its lease still runs
    Upload.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert read_uploads() == 1
    upload.refresh_from_db()
    assert (upload.status, upload.new, upload.known, upload.done) == ("done", 450, 0, 450)


def test_a_stopped_upload_goes_no_further(browser):
    upload = drafted(browser, "lots.csv", CSV)
    begun(browser, upload, *CHOICES)
    browser.post(f"/api/uploads/{upload.pk}/stop/")
    assert read_uploads() == 0
    assert Upload.objects.get().status == "stopped"


def test_uploads_need_the_right_to_bring_cases_in_in_that_market(browser, alice):
    upload = drafted(browser, "lots.csv", CSV)
    paths = ["/api/uploads/", *(f"/api/uploads/{upload.pk}/{x}" for x in ("", "bad-rows.csv"))]
    posts = [f"/api/uploads/{upload.pk}/{x}/" for x in ("start", "stop")]
    other = person("thai", "manager", market="TH")
    for who, market_too in ((alice, True), (other, False)):
        client = Client()
        client.force_login(who)
        for path in paths[0 if market_too else 1 :]:
            assert client.get(path).status_code == 403
        for path in posts:
            assert client.post(path).status_code == 403
    assert Client().get("/api/uploads/").status_code == 302
    assert all(browser.get(path).status_code == 200 for path in paths)
