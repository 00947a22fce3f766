"""Keeps what it is sent, and says by which scheme users came."""

import secrets
from pathlib import Path


def app(environ, start_response):
    if environ["REQUEST_METHOD"] == "POST":
        name = secrets.token_hex(4)
        folder = Path("/srv/media", name)
        folder.mkdir()
        (folder / "picture").write_bytes(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        text = f"/media/{name}/picture"
    else:
        text = f"{environ['wsgi.url_scheme']} {environ['HTTP_HOST']}"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [text.encode()]
