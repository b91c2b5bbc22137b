"""`prova login SITE`, `prova logout`: a token of one's own on this machine, and its end."""

import argparse
import getpass
import platform
import sys

from grader.cli import credentials
from grader.cli.credentials import Credentials, address_of, is_encrypted
from grader.cli.site import Site, Unreachable, wait_s
from grader.cli.words import Problem, Voice

DONE = 0


def login(options: argparse.Namespace, voice: Voice) -> int:
    site = address_of(options.site)
    if not is_encrypted(site):
        print(voice.say("not_encrypted", site=site), file=sys.stderr)
    try:
        token = _given_token(site, voice) if options.token else _new_token(site, voice)
    except Unreachable as lost:
        raise Problem("site_unreachable", site=site, text=str(lost)) from None
    file = credentials.keep(Credentials(site, token))
    print(voice.say("signed_in", site=site, file=str(file)))
    return DONE


def logout(options: argparse.Namespace, voice: Voice) -> int:
    """Forgotten here even where the site cannot be asked."""
    known = credentials.find()
    try:
        Site(known.site, known.token, voice.language).delete("api/token/")
    except Unreachable as lost:
        raise Problem("site_unreachable", site=known.site, text=str(lost)) from None
    finally:
        credentials.forget()
    print(voice.say("signed_out", site=known.site))
    return DONE


def _new_token(site: str, voice: Voice) -> str:
    """For a name and a password, which are kept nowhere."""
    username = _ask(voice.say("ask_username"), secret=False)
    asked = {
        "username": username,
        "password": _ask(voice.say("ask_password"), secret=True),
        "name": f"prova, {platform.node() or platform.system()}"[:80],
    }
    answer = Site(site, language=voice.language).post_json("api/token/", asked)
    if answer.status == 400:
        raise Problem("wrong_password")
    if answer.status == 429:
        raise Problem("too_many_requests", site=site, seconds=wait_s(answer))
    try:
        return str(answer.json()["token"])
    except (ValueError, KeyError, TypeError):
        raise Problem("site_answer_strange", site=site) from None


def _given_token(site: str, voice: Voice) -> str:
    """One that was made on the site's page; tried before it is kept."""
    token = _ask(voice.say("ask_token"), secret=True)
    if not token.isascii() or not token.isprintable() or not token:
        raise Problem("token_refused", site=site)
    Site(site, token, voice.language).get("api/assignments/")
    return token


def _ask(question: str, *, secret: bool) -> str:
    """From the terminal, or a line of standard input where there is none."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return (getpass.getpass if secret else input)(f"{question}: ").strip()
