"""HTTP: routes, what every request must carry, and what a refusal looks like."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

from jsonschema import Draft202012Validator

JSON = Any
REQUESTS = Path(__file__).with_name("requests.json")


class RefusedError(Exception):
    """An answer other than success: its status, Heroku's error id, and the message a person reads."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.body = status, {"id": error, "message": message}


def missing(what: str) -> RefusedError:
    return RefusedError(404, "not_found", f"Couldn't find that {what}.")


def invalid(message: str) -> RefusedError:
    return RefusedError(422, "invalid_params", message)


@dataclass(frozen=True)
class Route:
    """One call of the API: ``/apps/{app}/addons``."""

    method: str
    path: str
    status: int
    call: Callable[..., JSON]

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{\w+\}", "([^/]+)", self.path))


ROUTES: list[Route] = []


def route(method: str, path: str, status: int = 200) -> Callable[[Callable[..., JSON]], Callable[..., JSON]]:
    """Declares a method of the platform as a call of the API: the path's parts, then the body where one is taken."""

    def declare(call: Callable[..., JSON]) -> Callable[..., JSON]:
        ROUTES.append(Route(method, path, status, call))
        return call

    return declare


@cache
def _schemas() -> dict[str, Draft202012Validator]:
    document = json.loads(REQUESTS.read_text())
    Draft202012Validator.check_schema({"$defs": document["$defs"]})
    return {
        call: Draft202012Validator({**schema, "$defs": document["$defs"]}) for call, schema in document["calls"].items()
    }


def checked(call: Route, raw: bytes) -> list[JSON]:
    """The body of a request, in a list; empty where the call takes none. 400 and 422 as Heroku has them."""
    schema = _schemas().get(f"{call.method} {call.path}")
    if schema is None:
        if raw not in (b"", b"null", b"{}"):
            raise invalid(f"{call.method} {call.path} takes no body, got {raw[:200].decode(errors='replace')}")
        return []
    try:
        body = json.loads(raw or b"{}")
    except ValueError as fault:
        raise RefusedError(400, "bad_request", f"Unable to parse the JSON: {fault}") from fault
    for error in schema.iter_errors(body):
        raise invalid(f"{call.method} {call.path}: {'.'.join(map(str, error.absolute_path))}: {error.message}")
    return [body]


@dataclass
class Fault:
    """Answers that fail: the next ``times`` calls of ``method`` under ``path`` (``*`` is anything)."""

    method: str
    path: str
    status: int
    error: str
    message: str
    times: int


@dataclass
class Wire:
    """What the server and the tests know of the conversation."""

    base: str = ""
    calls: list[tuple[str, str, JSON, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fail(self, method: str, path: str, status: int, error: str, message: str, times: int = 1) -> None:
        """Lets the next calls there fail."""
        self.faults.append(Fault(method, path, status, error, message, times))

    @property
    def refused(self) -> list[tuple[str, str, JSON, int]]:
        """Calls that were not answered with success."""
        return [call for call in self.calls if call[3] >= 400]

    @property
    def writes(self) -> list[tuple[str, str, JSON, int]]:
        """Calls that wanted to change something."""
        return [call for call in self.calls if call[0] != "GET"]

    def _faults(self, method: str, path: str) -> Iterator[Fault]:
        for fault in self.faults:
            if fault.times and fault.method == method and fnmatch.fnmatchcase(path, fault.path):
                yield fault

    def answer(self, method: str, path: str, headers: Any, raw: bytes) -> tuple[int, JSON]:
        """Status and body of one call."""
        for fault in self._faults(method, path):
            fault.times -= 1
            raise RefusedError(fault.status, fault.error, fault.message)
        if "version=3" not in headers.get("Accept", ""):
            raise RefusedError(404, "not_found", "The requested API endpoint was not found. Ask for version=3.")
        if not headers.get("Authorization"):
            raise RefusedError(401, "unauthorized", "Invalid credentials provided.")
        for each in ROUTES:
            if each.method == method and (found := each.pattern.fullmatch(path)):
                return each.status, each.call(self, *found.groups(), *checked(each, raw))
        raise RefusedError(404, "not_found", f"The requested API endpoint was not found: {method} {path}")

    def blob(self, method: str, path: str, raw: bytes) -> tuple[int, bytes] | None:
        """What is no part of the API: uploads and logs, which take no key. None: it is none of these."""
        raise NotImplementedError


class Handler(BaseHTTPRequestHandler):
    """One request at a time: the platform is a simple one."""

    platform: ClassVar[Wire]
    lock: ClassVar[Lock]

    def respond(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.split("?")[0]
        with self.lock:
            try:
                blob = self.platform.blob(self.command, path, raw)
                status, body = blob or self.platform.answer(self.command, path, self.headers, raw)
            except RefusedError as refused:
                status, body = refused.status, refused.body
            sent = json.loads(raw) if raw[:1] == b"{" else f"{len(raw)} bytes" if raw else None
            self.platform.calls.append((self.command, self.path, sent, status))
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = respond  # noqa: N815 - the base class wants these names

    def log_message(self, *_: Any) -> None:
        pass
