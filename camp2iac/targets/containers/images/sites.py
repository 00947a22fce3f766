"""Files that a web server serves: as they are, or what Node.js builds from them."""

from __future__ import annotations

import re

from camp2iac.targets.containers.images import ImageBuild, nodejs, served
from camp2iac.targets.programs.builds import node, sites
from camp2iac.topology.model import Statement, TextValue

_PAGE = re.compile(r"[\w./-]+", re.ASCII)


def root(build: ImageBuild) -> str:
    """The folder that is served. Notes what builds it."""
    copy, place = build.copy, build.component.content
    content = node.of(tuple(copy.files), copy.read, place.at, place.span)
    option = build.component.options.get("output")
    output = sites.output(content, build.literal("output"))
    if option is not None and output:
        build.keep(option, f"the web server serves {output}")
    elif option is not None:
        build.lose(option, "It is not a path in the content.", "Write a folder, such as  dist.")
    build.facts["output"] = output
    if output:
        nodejs.packages(build)
    elif build.component.build is not None:
        build.faults.append(sites.unknown(build.component))
    return "/".join(filter(None, ("/app", place.at, output)))


def page(build: ImageBuild) -> str:
    """The page for what does not exist; empty: none."""
    option = build.component.options.get("not_found")
    if option is None:
        return "404.html" if not build.facts["output"] and "404.html" in build.copy.home[0] else ""
    named = (option.value.literal or "").lstrip("/")
    if not _PAGE.fullmatch(named):
        build.lose(option, "It is not a path in the content.", "Name a file of the site.")
        return ""
    build.keep(option, f"the page /{named}")
    return named


def folders(build: ImageBuild) -> tuple[tuple[str, str], ...]:
    """Pairs of a path and the folder of a volume that is served there (the attribute ``files``)."""
    statement: Statement[TextValue] | None = build.service.attributes.get("files")
    if statement is None:
        return ()
    pairs, found = (statement.value.literal or "").split(","), served.pairs(build.service)
    if len(found) == len(pairs):
        build.keep(statement, "the web server serves the volume")
        return found
    why = "A container has the files of its own artifact and volumes, not those of other artifacts."
    advice = "Serve a folder of a volume, such as  /media/=/srv/media."
    if found:
        paths = ", ".join(path for path, _ in found)
        build.degrade(statement, f"the web server serves {paths}", why, advice)
    else:
        build.lose(statement, why, advice)
    return found
