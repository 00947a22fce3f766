"""Static sites that a build creates: the folder that it fills, which a web server serves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.programs.builds.node import NodeContent
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.languages.nodejs import package_json
from camp2iac.topology import command_places
from camp2iac.topology.model import Component

#: The package of a tool, and the folder that it fills. Tools that use others come first: Astro uses Vite.
OUTPUTS: Mapping[str, str] = {
    "astro": "dist",
    "gatsby": "public",
    "@docusaurus/core": "build",
    "@11ty/eleventy": "_site",
    "@sveltejs/adapter-static": "build",
    "react-scripts": "build",
    "@vue/cli-service": "dist",
    "vite": "dist",
    "parcel": "dist",
}
_SETTING = re.compile(r"""\boutDir\s{0,9}:\s{0,9}["'](?:\./)?([^"'\n]+)["']""")
_FOLDER = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
_SETTINGS = re.compile(r"(vite|astro)\.config\.[cm]?[jt]s")


def output(content: NodeContent, option: str | None = None) -> str:
    """The folder that the build fills, from the folder of the site. Empty: nothing builds it.

    Args:
        content: the files of the site.
        option: the folder that the plan names.
    """
    if option is not None:
        return folder(option)
    return found(content.home) if content.script else ""


def folder(option: str) -> str:
    """The folder that the plan names. Empty: it is not a plain path in the content."""
    path = option.strip("/")
    return path if _FOLDER.fullmatch(path) and not {".", ".."} & set(path.split("/")) else ""


def found(files: ContentFiles) -> str:
    """The folder that the usual tools fill, or the one in their settings. Empty: not known."""
    package = package_json(files) or {}
    known: set[str] = set()
    for key in ("dependencies", "devDependencies"):
        names = package.get(key)
        known |= set(names) if isinstance(names, dict) else set()
    usual = next((output for tool, output in OUTPUTS.items() if tool in known), "")
    if not usual:
        return ""
    for name in files.names:
        if _SETTINGS.fullmatch(name) and (match := _SETTING.search(files.text(name))):
            return folder(match[1])
    return usual


def unknown(component: Component) -> Diagnostic:
    """CAMP222: the plan builds a site, and it is not known which folder to serve."""
    return Diagnostic(
        "CAMP222",
        f"the folder that the build of {component.name} fills is not known",
        command_places.written(component.build) if component.build else component.span,
        label="the web server serves the result of this command",
        help="name the folder in the requirement for its web server:  org.html.output: dist",
    )
