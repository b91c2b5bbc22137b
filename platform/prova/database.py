"""How long a connection to PostgreSQL is waited for, and how long a request waits for what it asked. Pure."""

from typing import Any

CONNECT_S = 5
#: A server that is reached over a network and vanishes is noticed after about this time.
SILENCE_S = 10


def options(patience_s: int) -> dict[str, Any]:
    """For psycopg. `patience_s`: the longest statement of this process, half of it for a lock; 0: as long as it takes."""
    found: dict[str, Any] = {
        "connect_timeout": CONNECT_S,
        "tcp_user_timeout": 1000 * SILENCE_S,
        "keepalives_idle": SILENCE_S // 2,
        "keepalives_interval": 1,
        "keepalives_count": SILENCE_S // 2,
    }
    if patience_s:
        limits_ms = {
            "statement_timeout": 1000 * patience_s,
            "lock_timeout": 500 * patience_s,
            # a web process that was stopped must not keep its locks
            "idle_in_transaction_session_timeout": 3000 * patience_s,
        }
        found["options"] = " ".join(f"-c {name}={value}" for name, value in limits_ms.items())
    return found
