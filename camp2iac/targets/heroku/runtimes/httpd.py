"""Apache: ``heroku/php`` brings it; files are served as they are, and ``.htaccess`` files hold."""

from __future__ import annotations

import re
import shlex

from camp2iac.targets.base import Remedy
from camp2iac.targets.heroku.runtimes import Build


def prepare(build: Build) -> str | None:
    """Adds an empty ``composer.json``, by which the buildpack knows its own, and Apache's further words."""
    copy, component = build.copy, build.component
    if component.statement.value.startswith("org.cgi:"):
        build.lose(
            component.statement,
            "Heroku's Apache runs no CGI programs: it hands them out as files.",
            Remedy("Let it be an application of a language that Heroku builds."),
        )
    else:
        build.keep(component.statement, "heroku/php, Apache")
    copy.single = None
    if "composer.json" not in copy.files:
        copy.add("composer.json", "{}\n", component.span)
    if build.service.version is not None:
        build.degrade(
            build.service.version,
            "the buildpack's Apache",
            "The buildpack brings one release of Apache.",
            Remedy("None needed for files served as they are."),
        )
    command = "heroku-php-apache2"
    if option := component.options.get("not_found"):
        page = (option.value.literal or "").lstrip("/")
        if re.fullmatch(r"[\w./-]+", page):
            copy.add("apache.conf", f"ErrorDocument 404 /{page}\n", option.span)
            command += " -C apache.conf"
            build.keep(option, f"Apache: {page}")
    if root := component.options.get("root"):
        build.keep(root, "Apache's document root")
        command += f" {shlex.quote((root.value.literal or '').strip('/') + '/')}"
    return command
