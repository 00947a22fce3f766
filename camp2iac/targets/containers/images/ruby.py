"""Ruby: the gems of the Gemfile, and Puma for ``config.ru``."""

from __future__ import annotations

import re

from camp2iac.targets.containers.images import ImageBuild
from camp2iac.targets.programs.contents import ContentFiles

_LOCKED = re.compile(r"^    ([A-Za-z0-9][\w.-]*) \(", re.MULTILINE)
_READS = re.compile(r"\b(path|gemspec|eval_gemfile|File|file|require|git_source)\b")


def prepare(build: ImageBuild) -> None:
    """Find how the gems are installed and what starts the application."""
    names, read = build.copy.home
    files = ContentFiles(names, read, build.origin)
    bundle, locked = "Gemfile" in names, {"Gemfile", "Gemfile.lock"} <= set(names)
    build.compiles += _LOCKED.findall(files.text("Gemfile.lock")) if locked else []
    at = f"{build.component.content.at}/" if build.component.content.at else ""
    found = [name for name in ("Gemfile", "Gemfile.lock", ".ruby-version") if name in names]
    alone = bundle and not _READS.search(re.sub(r"#[^\n]*", "", files.text("Gemfile").replace(".ruby-version", "")))
    build.facts |= {
        "bundle": bundle,
        "locked": locked,
        "alone": tuple(f"content/{at}{name}" for name in found) if alone else (),
    }
    if not build.serves:
        return
    if "config.ru" not in names:
        build.wrong(
            "has no config.ru for Rack",
            "Puma serves it",
            "add config.ru, or a requirement org.camp2iac:Process with  web: COMMAND",
        )
        return
    run = "bundle exec puma" if bundle else "puma"
    build.processes["web"] = f"exec {run} --bind tcp://0.0.0.0:$PORT"
