"""The WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# What is loaded stays for good, and is not gone through for rubbish again and again:
# one page in twenty waited a tenth of a second for that.
gc.collect()
gc.freeze()
