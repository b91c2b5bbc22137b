"""A form with one file, as a browser sends it. Pure."""

import secrets


def form_with_file(field: str, name: str, content: bytes) -> tuple[bytes, str]:
    """Body and content type."""
    boundary = secrets.token_hex(16)
    safe = "".join("_" if c in '"\\\r\n' or ord(c) < 32 else c for c in name)
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="{field}"; filename="{safe}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
