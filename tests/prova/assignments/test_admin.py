"""What operators see of submissions, and who of them may act."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from prova.accounts.models import User

SUBMISSIONS = reverse("admin:assignments_submission_changelist")


@pytest.fixture
def looker(db) -> User:
    """On the staff, with the permission to look and no other."""
    person = User.objects.create_user("vera", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_submission"))
    return person


def test_who_may_only_look_may_not_grade_again(looker, submission, client):
    client.force_login(looker)
    assert "grade_again" not in client.get(SUBMISSIONS).content.decode()


def test_who_may_change_submissions_may_grade_again(looker, submission, client):
    looker.user_permissions.add(Permission.objects.get(codename="change_submission"))
    client.force_login(looker)
    assert "grade_again" in client.get(SUBMISSIONS).content.decode()


def test_the_seed_of_hidden_inputs_is_not_shown(admin_client, submission):
    page = admin_client.get(reverse("admin:assignments_submission_change", args=[submission.pk]))
    assert page.status_code == 200
    assert str(submission.seed) not in page.content.decode()
