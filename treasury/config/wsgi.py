"""What the web server calls."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treasury.config.settings")

application = get_wsgi_application()
# Four seconds of imports: the server's, before it takes a request, and not those of whoever comes first.
import_module(settings.ROOT_URLCONF)
