"""A client of the API, with the certificate of one of the control plane's users. Needs only Python's own library."""

from __future__ import annotations

import json
import ssl
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

Object = dict[str, Any]
MERGE = "application/merge-patch+json"


class Api:
    """``run``: the folder of the control plane. ``server``: its URL. ``user``: the name of a certificate in `pki`."""

    def __init__(self, run: Path, server: str, user: str) -> None:
        self.server = server
        self.context = ssl.create_default_context(cafile=str(run / "pki/ca.crt"))
        self.context.load_cert_chain(run / f"pki/{user}.crt", run / f"pki/{user}.key")

    def call(
        self, method: str, path: str, body: Object | None = None, accept: tuple[int, ...] = (), **query: Any
    ) -> Object:
        """The answer to a request. An error of HTTP is an error, unless its status is accepted: then it is empty."""
        url = f"{self.server}{path}" + (f"?{urlencode(query)}" if query else "")
        kind = MERGE if method == "PATCH" else "application/json"
        data = None if body is None else json.dumps(body).encode()
        request = Request(url, data, {"Content-Type": kind, "Accept": "application/json"}, method=method)
        try:
            with urlopen(request, timeout=30, context=self.context) as answer:
                found: Object = json.load(answer)
                return found
        except HTTPError as error:
            if error.code in accept:
                return {}
            raise OSError(f"{method} {path}: {error.code}: {error.read().decode('utf-8', 'replace')}") from error

    def items(self, path: str, **query: Any) -> list[Object]:
        """The objects of a list. Their `kind` is not in them."""
        found: list[Object] = self.call("GET", path, **query).get("items") or []
        return found

    def made(self, path: str, body: Object) -> None:
        """Create an object, unless it exists."""
        self.call("POST", path, body, accept=(409,))

    def patched(self, path: str, body: Object) -> None:
        """Change an object. It can be gone, or have changed: the next round sees it."""
        self.call("PATCH", path, body, accept=(404, 409))
