"""`python -m prova.embedded.healthcheck URL`: exit code 0 when the answer is 200. The image has no curl."""

import sys
import urllib.error
import urllib.request


def answers_well(url: str, timeout_s: float = 5) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=timeout_s) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(0 if answers_well(sys.argv[1]) else 1)
