"""The web side's Celery application: `celery -A prova.celery worker -Q web`."""

import os

import django
from celery import Celery
from django.apps import apps
from django.conf import settings

from grader.broker import celery_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prova.settings")
if not apps.ready:
    django.setup()

app = Celery("prova")
app.conf.update(celery_settings(settings.BROKER_URL))
app.conf.update(task_default_queue="web", imports=["prova.assignments.tasks", "prova.drawing.tasks"])
