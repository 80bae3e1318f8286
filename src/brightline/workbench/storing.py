"""Where pictures and papers are kept: in the data folder, or in an S3-compatible store."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any


class NoBoto3(Exception):
    """Pictures are to be kept in S3, and the package that talks to it is not installed."""

    def __str__(self) -> str:
        return (
            "BRIGHTLINE_S3_BUCKET is set, and boto3 is not installed: pip install 'brightline[s3]'"
        )


def storage(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's storage for what the environment names. Raises `NoBoto3`.

    No access list is sent: buckets of today refuse any, and nothing in them is public.
    """
    bucket = environ.get("BRIGHTLINE_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if find_spec("boto3") is None:
        raise NoBoto3
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": environ.get("BRIGHTLINE_S3_ENDPOINT") or None,
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
