"""Who is signed in, read by one short statement: every request asks, and nothing of the answer is kept."""

from django.contrib.auth.backends import ModelBackend

from prova.accounts.models import User
from prova.rows import Columns, read_row

PERSON = Columns(User, "person")
_PERSON = f"SELECT {PERSON} FROM accounts_user person WHERE person.id = %s"


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        row = read_row(_PERSON, [user_id], PERSON)
        if row is None or not self.user_can_authenticate(row[0]):
            return None
        found: User = row[0]
        return found
