"""nginx as a reverse proxy: it serves its files as a static site. Forwarding requests is lost."""

from __future__ import annotations

from camp2iac.targets.heroku.runtimes import static

prepare = static.prepare
