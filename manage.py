#!/usr/bin/env python3
"""`python3 manage.py up` starts the site, `python3 manage.py test` checks it; any other word is a Django command."""

import sys
from pathlib import Path

SUPPORTED = ((3, 11), (3, 12))

if __name__ == "__main__":
    if sys.version_info[:2] not in SUPPORTED:
        found, words = ".".join(map(str, sys.version_info[:2])), " ".join(sys.argv[1:]) or "up"
        sys.exit(
            f"Prova runs on Python 3.11 or 3.12, and this is {found}: install python3.11 and its venv module, "
            f"then say `python3.11 manage.py {words}`."
        )
    root = Path(__file__).resolve().parent
    sys.path.insert(0, str(root / "platform"))

    from prova.embedded.command_line import main

    sys.exit(main(root, sys.argv[1:]))
