"""A simulation of Heroku's Platform API, to which the real provider can apply generated modules.

    python -m heroku.api [--port 8977] [--keep FOLDER] [--team NAME]   (in tests/)
    HEROKU_API_URL=http://127.0.0.1:8977 HEROKU_API_KEY=any terraform apply

Tests use :func:`serve`. It keeps everything in memory and listens only on loopback. ``keep``: the folder for unpacked
uploads. ``url``: the URL of the servers that replace add-ons.

It follows the API's published description and the requests of the provider (5.3.2) where a module can have errors:
- requests must have version 3 in Accept (404 otherwise) and a key (401); the source upload needs no key;
- each body is checked against ``requests.json``: unknown fields, wrong types and missing fields are 422;
- app names follow Heroku's rule and are unique (422); configuration values are strings, null removes one;
- an add-on needs an existing plan (404) and starts as "provisioning"; the first PostgreSQL of an app becomes
  DATABASE_URL; private plans are for apps in a space;
- a second attachment with the same name in an app is rejected (422); an attachment NAME sets NAME_URL;
- a build is "pending" first; it unpacks the upload, removes a single top folder, and fails (with a log) if the
  buildpack detects nothing, or if there is no Procfile or no lock file that the buildpack requires;
- process types exist only after a build; before it, a formation is 404 "Couldn't find that process type";
- eco and basic run one dyno per process type and cannot be mixed (422); cedar sizes are capitalised ("Standard-1X");
- each change of configuration, add-ons (also a removal) or code is a release; with a `release` process it is "pending"
  for ``release_polls``, and then "failed" if the command uses a variable that is not set (or one of ``release_needs``),
  or with ``release_fails``, while its build stays "succeeded", as on Heroku;
- a build has the stack and buildpacks of its time; the last of nodejs, php and ruby adds a `web`, of which one dyno
  starts; the first build with a driver of PostgreSQL orders a database, unless the app has one;
- an add-on changes its plan within its tier, essential, or between the others, never from essential to another;
- configuration of more than 64 KB, and names that are none, are 422;
- apps of a Shield space have shield dynos and plans;
- apps of a space have its team, region and generation; fir has no stack, buildpacks, drains or internal routing;
- review apps are 404 until a person connects the pipeline to GitHub.
It does not simulate limits, permissions, costs or time, and runs no code of the app.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from heroku.api.code import Code
from heroku.api.teams import Teams
from heroku.api.wire import JSON, Handler


class Platform(Code, Teams):
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
        self.release_needs, self.release_polls, self.wishes = frozenset(), 1, False
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
