"""What the server runs."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brightline.workbench.settings")

from django.core.wsgi import get_wsgi_application

from brightline.workbench.orphans import end_with_server
from brightline.workbench.warming import warm

end_with_server()
application = get_wsgi_application()
warm()
