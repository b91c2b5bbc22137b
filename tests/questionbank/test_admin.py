import pytest
from django.test import Client
from django.urls import reverse
from prova.accounts.models import User

from questionbank.actions import publish_question
from tests.questionbank.samples import RATIO_VARIANT, numeric

pytestmark = pytest.mark.django_db


def test_published_questions_can_be_looked_at_and_not_changed(client: Client) -> None:
    version = publish_question(numeric(), [RATIO_VARIANT]).version
    client.force_login(User.objects.create_superuser("root", password="x"))
    for name, row in (("question", version.question), ("questionversion", version)):
        assert client.get(reverse(f"admin:questionbank_{name}_changelist")).status_code == 200
        page = client.get(reverse(f"admin:questionbank_{name}_change", args=[row.pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert client.get(reverse(f"admin:questionbank_{name}_add")).status_code == 403
        assert client.get(reverse(f"admin:questionbank_{name}_delete", args=[row.pk])).status_code == 403
