"""Heroku's Platform API, as far as generated modules use it, so that the real provider can apply them.

    python -m heroku.api [--port 8977] [--keep FOLDER] [--team NAME]   (in tests/)
    HEROKU_API_URL=http://127.0.0.1:8977 HEROKU_API_KEY=any terraform apply

Tests use :func:`serve`. It holds everything in memory and listens on loopback only. ``keep`` leaves each upload
unpacked in a folder, for a look or a run; ``url`` gives add-ons the URL of something real.

Faithful to the API's published description and to what the provider (5.3.2) sends, in what a module can get wrong:
- version 3 must be asked for in Accept (404 otherwise), and a key given (401); the source upload takes no key;
- every body is checked against ``requests.json``: unknown fields, wrong types and absent ones are 422;
- app names follow Heroku's rule and are unique (422); configuration values are strings, null removes one;
- an add-on needs a plan that there is (404) and starts as "provisioning"; the first PostgreSQL of an app becomes
  DATABASE_URL; private plans are for apps in a space;
- a second attachment under a name that the app already has is refused (422); an attachment NAME makes NAME_URL;
- a build is "pending" first; it unpacks the upload, drops a single top folder, and fails (with a log) where the root
  has nothing that the app's buildpack detects, or no Procfile, or no lock file where the buildpack wants one;
- process types exist only after a build; before it, a formation is 404 "Couldn't find that process type";
- eco and basic run one dyno per process type and stand alone (422); cedar sizes come back capitalised ("Standard-1X");
- every change of configuration, add-ons or code is a release; with a `release` process it is "pending" first and, where
  ``release_fails``, "failed", while its build stays "succeeded", as on Heroku;
- apps of a space are of its team, region and generation; fir has no stack, buildpacks, drains or internal routing;
- review apps are 404 until somebody has connected the pipeline to GitHub by hand.
Not modelled: limits, permissions, money, time. It runs no code of the app.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from heroku.api.addons import Addons
from heroku.api.code import Code
from heroku.api.teams import Teams
from heroku.api.wire import JSON, Handler


class Platform(Addons, Code, Teams):
    """The state of the platform."""

    def __init__(
        self,
        base: str,
        keep: Path | None = None,
        *,
        release_fails: bool = False,
        url: Callable[[str, int], str] | None = None,
    ) -> None:
        super().__init__(base)
        self.keep, self.release_fails, self.url = keep, release_fails, url
        self.slow, self.deprovisions = 1, False
        self.apps, self.sources, self.fetched = {}, {}, {}
        self.start_addons()
        self.start_teams()

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return not any(
            (
                self.apps,
                self.addons,
                self.attachments,
                self.pipelines,
                self.couplings,
                self.spaces,
                self.review,
                self.stage_vars,
                self.telemetry,
            )
        )

    def forget(self, app: JSON) -> None:
        super().forget(app)
        self.couplings = {i: c for i, c in self.couplings.items() if c["app"]["id"] != app["id"]}
        self.telemetry = {i: d for i, d in self.telemetry.items() if d["owner"]["id"] != app["id"]}

    def named(self, name: str) -> JSON:
        """An app by its name."""
        return self.app(name)


@contextlib.contextmanager
def serve(
    port: int = 0,
    keep: Path | None = None,
    *,
    release_fails: bool = False,
    url: Callable[[str, int], str] | None = None,
) -> Iterator[Platform]:
    """The platform, served on loopback while the context lasts; ``platform.base`` is its URL."""
    handler = type("Served", (Handler,), {"lock": Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    platform = Platform(f"http://127.0.0.1:{server.server_port}", keep, release_fails=release_fails, url=url)
    handler.platform = platform  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
