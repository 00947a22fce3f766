"""nginx before other machines: its files are served as a static site; whom it hands requests on to is lost."""

from __future__ import annotations

from camp2iac.targets.heroku.runtimes import static

prepare = static.prepare
