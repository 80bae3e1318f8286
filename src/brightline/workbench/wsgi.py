"""What the server runs."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brightline.workbench.settings")

from django.core.wsgi import get_wsgi_application

from brightline.workbench.warming import warm

application = get_wsgi_application()
warm()
