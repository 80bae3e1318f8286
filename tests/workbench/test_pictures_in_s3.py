"""Pictures and papers in an S3-compatible store, talked to over HTTP: moto's, on this machine."""

from __future__ import annotations

from urllib.request import Request, urlopen

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

from brightline.workbench import storing
from brightline.workbench.cases.models import Picture
from brightline.workbench.cases.pictures import cleaned_picture, keep_pictures
from tests.workbench.api.test_pictures import picture
from tests.workbench.making import a_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def bucket(monkeypatch, settings):
    """An empty bucket in which what is uploaded is kept."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "ap-southeast-1")
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    made = boto3.resource("s3", endpoint_url=address).Bucket("cases")
    made.create(
        CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"},
        ObjectOwnership="BucketOwnerEnforced",
    )
    named = {"BRIGHTLINE_S3_BUCKET": "cases", "BRIGHTLINE_S3_ENDPOINT": address}
    settings.STORAGES = {**settings.STORAGES, "default": storing.storage(named)}
    yield made
    urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
    server.stop()


def test_a_picture_is_kept_once_and_shown_to_who_may_see_it(bucket, release, mai, client):
    clean = cleaned_picture(picture())
    first, second = a_case().case, a_case("Kiếm Nhật khác").case
    for case in (first, second):
        keep_pictures(case, [clean])
    (stored,) = bucket.objects.all()
    assert stored.get()["Body"].read() == clean.data
    grants = {one["Grantee"]["Type"] for one in stored.Acl().grants}
    assert grants == {"CanonicalUser"}  # nobody but the owner
    client.force_login(mai)
    shown = client.get(f"/cases/pictures/{Picture.objects.first().pk}/")
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content) == clean.data


def test_a_picture_that_is_gone_from_the_store_is_missing_and_breaks_nothing(
    bucket, release, mai, client
):
    keep_pictures(a_case().case, [cleaned_picture(picture())])
    bucket.objects.all().delete()
    client.force_login(mai)
    assert client.get(f"/cases/pictures/{Picture.objects.get().pk}/").status_code == 404


def test_a_name_that_is_taken_does_not_write_over_another_file(bucket):
    names = [default_storage.save("papers/a.pdf", ContentFile(text)) for text in (b"1", b"2")]
    assert len(set(names)) == 2
    kept = []
    for name in names:
        with default_storage.open(name) as file:
            kept.append(file.read())
    assert kept == [b"1", b"2"]


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(storing, "find_spec", lambda _name: None)
    assert "FileSystem" in storing.storage({})["BACKEND"]
    with pytest.raises(storing.NoBoto3, match=r"brightline\[s3\]"):
        storing.storage({"BRIGHTLINE_S3_BUCKET": "cases"})
