"""The door for a web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kursvis.config.settings")
application = get_wsgi_application()

from kursvis.core.startup import refuse_powerful_connection  # noqa: E402  (needs the settings loaded)

refuse_powerful_connection()
