"""A part of the keys: a file for each, below the volume."""

import hashlib
from pathlib import Path

PART = Path("/srv/part")


def app(environ, start_response):
    """PUT keeps a value, GET gives it."""
    file = PART / hashlib.sha256(environ["PATH_INFO"].encode()).hexdigest()
    if environ["REQUEST_METHOD"] == "PUT":
        file.write_bytes(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    if not file.exists():
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"no such key\n"]
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return [file.read_bytes()]
