import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from prova.whole_body import WholeBody

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
application = WholeBody(get_wsgi_application())
# Every view, now: else the first learner after a restart waits for the imports.
get_resolver().url_patterns  # noqa: B018
