"""A server that answers as GitLab's API does: the user, and the notes of merge request 7, in pages of two."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "glpat-t0ken"
NOTES = "/api/v4/projects/42/merge_requests/7/notes"


@dataclass
class GitLab:
    """The state: ``notes``, and the ``calls`` that wrote. ``readonly``: the token cannot write. ``instead``: what it
    answers instead, for a method and a path.
    """

    url: str = ""
    readonly: bool = False
    notes: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    instead: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, author: int, body: str) -> None:
        """A note of a user; 1 is the user of the token."""
        self.notes.append({"id": 100 + len(self.notes), "author": {"id": author}, "body": body})

    def answer(self, method: str, path: str, token: str, body: dict[str, Any]) -> tuple[int, Any, str]:
        """Status, content, and the next page."""
        parts = urlsplit(path)
        if token != TOKEN:
            return 401, {"message": "401 Unauthorized"}, ""
        if (method, parts.path) == ("GET", "/api/v4/user"):
            return 200, {"id": 1}, ""
        if (method, parts.path) == ("GET", NOTES):
            page = int(parse_qs(parts.query)["page"][0])
            more = str(page + 1) if page * 2 < len(self.notes) else ""
            return 200, self.notes[page * 2 - 2 : page * 2], more
        if self.readonly:
            return 403, {"message": "403 Forbidden"}, ""
        self.calls.append(method)
        if (method, parts.path) == ("POST", NOTES):
            self.add(1, body["body"])
            return 201, self.notes[-1], ""
        found = re.fullmatch(rf"{NOTES}/(\d+)", parts.path)
        assert found, path
        assert method == "PUT"
        (note,) = (each for each in self.notes if each["id"] == int(found[1]))
        note["body"] = body["body"]
        return 200, note, ""


@contextmanager
def serve() -> Iterator[GitLab]:
    """The server on a free port of this computer, until the end of the block."""
    state = GitLab()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            status, content, more = state.answer(self.command, self.path, self.headers.get("PRIVATE-TOKEN", ""), body)
            other = state.instead.get((self.command, urlsplit(self.path).path))
            data = json.dumps(content).encode() if other is None else other.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("X-Next-Page", more)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = _any  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}/api/v4"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
