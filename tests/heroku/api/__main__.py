"""Serves the platform until it is interrupted."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from threading import Event

from heroku.api import serve

options = argparse.ArgumentParser(description="Heroku's Platform API on loopback")
options.add_argument("--port", type=int, default=8977)
options.add_argument("--keep", type=Path, help="leave each uploaded source unpacked here")
options.add_argument("--team", action="append", default=[], help="a team that there is")
options.add_argument("--release-fails", action="store_true")
given = options.parse_args()
with serve(given.port, given.keep, release_fails=given.release_fails) as platform:
    for team in given.team:
        platform.add_team(team)
    print(f"HEROKU_API_URL={platform.base}")
    with contextlib.suppress(KeyboardInterrupt):
        Event().wait()
