"""Password guessing is slowed down per person, without locking a whole classroom out.

Every try is written down before the password is looked at, so that parallel tries count too; a right password
erases that person's tries from that address.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from prova.accounts.models import SignInTry

WINDOW = timedelta(minutes=15)
TRIES_PER_ADDRESS = 6
#: from all addresses together: higher, so that nobody locks somebody else out by a few wrong passwords
TRIES_PER_PERSON = 40
#: for all names together: a whole class may sit behind one address, and mistype
TRIES_FROM_ADDRESS = 100


def begin_try(username: str, address: str | None) -> bool:
    """Write the try down. False: too many lately, do not even look at the password."""
    person, since = _pseudonym(username), timezone.now() - WINDOW
    SignInTry.objects.filter(at__lt=since).delete()
    this = SignInTry.objects.create(person=person, address=address)
    lately = SignInTry.objects.filter(at__gte=since)
    if address and lately.filter(address=address).count() > TRIES_FROM_ADDRESS:
        this.delete()  # or those who wait for the class's turn would keep pushing it away
        return False
    recent = lately.filter(person=person)
    return recent.count() <= TRIES_PER_PERSON and recent.filter(address=address).count() <= TRIES_PER_ADDRESS


def forgive(username: str, address: str | None) -> None:
    SignInTry.objects.filter(person=_pseudonym(username), address=address).delete()


def _pseudonym(username: str) -> str:
    # People type passwords into the name field; it must not be readable in a table.
    return salted_hmac("prova.accounts.throttle", username.strip().casefold()).hexdigest()
