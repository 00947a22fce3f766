"""What builds the application on Heroku: the stack, the buildpacks, Dockerfiles."""

from __future__ import annotations

import re

from camp2iac.importers.formats.heroku import files
from camp2iac.importers.formats.heroku.state import HerokuSource, setting
from camp2iac.importers.part import SourcePart

_STACK = re.compile(r"heroku-(\d{2})")
_OLDEST = 22  # of the stacks that still build; devcenter.heroku.com/articles/stack
_PACK = re.compile(r"[\w./:@#-]{1,300}", re.ASCII)
_BUILD = "camp2iac builds the code that it recognises, without a Dockerfile"


def read(state: HerokuSource) -> None:
    """The settings of the environment file for Heroku."""
    stack(state, state.value(files.APPS, "app", "stack", "name") or state.value(files.APPS, "app", "stack"))
    stack(state, state.value(files.APP, "stack"))
    buildpacks = state.value(files.APP, "buildpacks")
    for item in buildpacks.items("a list of buildpacks") if buildpacks is not None else ():
        _buildpack(state, item)
    build = state.value(files.MANIFEST, "build", "docker")
    if build is not None:
        build.changed(f"artifact {state.id}: {state.code.title}", _BUILD, "see docs/images.md for images")


def stack(state: HerokuSource, part: SourcePart | None) -> None:
    """The stack: that of the app that runs counts."""
    if part is None or part.has_fate or not part.is_scalar:
        return
    text = part.text("a stack")
    match = _STACK.fullmatch(text)
    if "stack" in state.settings:
        part.changed(setting("stack"), "the app that runs has its own stack")
    elif match is not None and int(match[1]) >= _OLDEST:
        state.settings["stack"] = text
        part.kept(setting("stack"))
    elif match is not None:
        part.changed("the default stack", "Heroku does not build on this stack any more")
    elif text in ("container", "cnb"):
        part.changed("the default stack", _BUILD)
    else:
        part.left_out("Heroku has no such stack")


def _buildpack(state: HerokuSource, item: SourcePart) -> None:
    url = item.get("url") if item.is_mapping else item
    text = url.text("a buildpack") if url is not None else ""
    if url is None or not text:
        item.wrong("a mapping with the url of a buildpack")
        return
    name = text.removeprefix("urn:buildpack:")
    if not _PACK.fullmatch(name):
        url.left_out("it is not the name or the URL of a buildpack")
        return
    state.listing("buildpacks").append(name)
    url.kept(setting("buildpacks"))
