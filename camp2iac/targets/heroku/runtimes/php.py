"""PHP: ``heroku/php`` installs the packages in ``composer.lock``. Apache serves the pages."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shlex
from typing import Any

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.heroku.runtimes import Build, below_the_root
from camp2iac.targets.kit.copies import formatted

_PLATFORM = re.compile(r"php(-64bit)?|ext-[\w-]+|lib-[\w-]+|composer(-[\w-]+)?")
# The keys in Composer's own digest of composer.json.
_RELEVANT = (
    "name",
    "version",
    "require",
    "require-dev",
    "conflict",
    "replace",
    "provide",
    "minimum-stability",
    "prefer-stable",
    "repositories",
    "extra",
)


def prepare(build: Build) -> str | None:
    """Complete ``composer.json`` and, if it requires only PHP and its extensions, write ``composer.lock``.

    The buildpack rejects requirements without a lock file.
    """
    copy, component = build.copy, build.component
    build.keep(component.statement, "heroku/php")
    at = component.content.at
    if at and f"{at}/composer.json" in copy.files:
        build.fault(below_the_root(build, "composer.json"))
        return None
    composer = _composer(build)
    if composer is None:
        return None
    require = composer.get("require", {})
    if require and "composer.lock" not in copy.files:
        if not all(_PLATFORM.fullmatch(name) for name in require) or composer.get("require-dev"):
            build.fault(
                Diagnostic(
                    "CAMP445",
                    f"{component.name} has packages in composer.json, but no composer.lock",
                    component.content.span,
                    label="Heroku cannot build this",
                    help="run composer update and add composer.lock to the content",
                )
            )
            return None
        copy.add("composer.lock", _lock(composer), copy.files["composer.json"].origin)
    command = "heroku-php-apache2"
    _upload(build)
    if root := component.options.get("root"):
        build.keep(root, "Apache's document root")
    served = posixpath.join(at, (build.literal("root") or "").strip("/")).rstrip("/")
    return f"{command} {shlex.quote(f'{served}/')}" if served or root else command


def _upload(build: Build) -> None:
    """The size of uploads, in the file that PHP reads in the document root."""
    statement = build.service.attributes.get("upload")
    if statement is None or not (limit := statement.value.literal or "").isdecimal():
        return
    root = (build.literal("root") or "").strip("/")
    file = posixpath.join(build.component.content.at, root, ".user.ini")
    if file in build.copy.files:
        build.lose(statement, f"The content has its own {file}.", f"Write upload_max_filesize into {file}.")
        return
    text = f"upload_max_filesize = {limit}M\npost_max_size = {int(limit) + 1}M\n"
    build.copy.add(file, text, statement.span)
    build.keep(statement, file)


def _composer(build: Build) -> dict[str, Any] | None:
    copy, component = build.copy, build.component
    text = copy.text("composer.json")
    try:
        composer = json.loads(text) if text and text.strip() else {}
    except ValueError:
        composer = None
    if not isinstance(composer, dict) or not isinstance(composer.get("require", {}), dict | list):
        build.fault(
            Diagnostic(
                "CAMP445",
                f"the composer.json of {component.name} is not a JSON object",
                component.content.span,
                label="Heroku cannot build this",
                help="write a JSON object into composer.json",
            )
        )
        return None
    require = dict(composer.get("require") or {})
    if "php" in require:
        build.keep_version(f"{require['php']}, from composer.json")
    elif release := build.release():
        build.keep_version(str(release))
        if "composer.lock" not in copy.files:
            require["php"] = f"~{release}.0"
            old = copy.files.get("composer.json")
            composer = {**composer, "require": require}
            copy.add(
                "composer.json",
                formatted(composer, indent=4),
                old.origin if old else component.span,
            )
    return {**composer, "require": require}


def _lock(composer: dict[str, Any]) -> str:
    relevant = {key: composer[key] for key in sorted(_RELEVANT) if key in composer}
    encoded = json.dumps(relevant, separators=(",", ":")).replace("/", "\\/")
    lock = {
        "content-hash": hashlib.md5(encoded.encode(), usedforsecurity=False).hexdigest(),
        "packages": [],
        "packages-dev": [],
        "aliases": [],
        "minimum-stability": composer.get("minimum-stability", "stable"),
        "stability-flags": {},
        "prefer-stable": bool(composer.get("prefer-stable", False)),
        "prefer-lowest": False,
        "platform": composer["require"],
        "platform-dev": {},
        "plugin-api-version": "2.6.0",
    }
    return formatted(lock, indent=4)
