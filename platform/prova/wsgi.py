import os

from django.core.wsgi import get_wsgi_application

from prova.whole_body import WholeBody

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
application = WholeBody(get_wsgi_application())
