"""Apache, from ``heroku/php``: it serves files unchanged and reads ``.htaccess`` files."""

from __future__ import annotations

import re
import shlex

from camp2iac.targets.heroku.runtimes import Build, builds


def prepare(build: Build) -> str | None:
    """Add an empty ``composer.json``, which the buildpack detects, and Apache's configuration."""
    copy, component = build.copy, build.component
    if component.statement.value.startswith("org.cgi:"):
        build.lose(
            component.statement,
            "Heroku's Apache does not run CGI programs: it serves them as files.",
            "Rewrite it as an application in a language that Heroku builds.",
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
            "The buildpack has only one release of Apache.",
            "None needed for static files.",
        )
    content = builds.content(copy)
    output = builds.site(build, content, "Apache")
    if output and not component.statement.value.startswith("org.cgi:"):
        build.keep(component.statement, "heroku/nodejs, heroku/php, Apache")
    command = "heroku-php-apache2"
    if option := component.options.get("not_found"):
        page = (option.value.literal or "").lstrip("/")
        if re.fullmatch(r"[\w./-]+", page):
            copy.add("apache.conf", f"ErrorDocument 404 /{page}\n", option.span)
            command += " -C apache.conf"
            build.keep(option, f"Apache: {page}")
    folders = [content.at, output]
    if root := component.options.get("root"):
        build.keep(root, "Apache's document root")
        folders.append((root.value.literal or "").strip("/"))
    if any(folders) or root:
        command += f" {shlex.quote('/'.join(filter(None, folders)) + '/')}"
    return command
