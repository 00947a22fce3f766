"""How an instance builds a component: once for each release, as the user camp-build, before its processes start."""

from __future__ import annotations

import shlex

from camp2iac.record import Record


class ComponentBuild(Record, frozen=True):
    """The build of a component.

    Attributes:
        command: The command line, in the component's folder; empty, with `node`: what package.json says.
        node: Node.js builds it: its packages are installed first, and those that only the build needs are removed.
        path: The folders of its programs for PATH, each with a colon, from the shell's `$top`.
        line: The command line with the folder where it runs, for bash in the content's top folder.
        output: The folder that it fills, if a web server serves that folder.
    """

    command: str = ""
    node: bool = False
    path: str = ""
    line: str = ""
    output: str = ""


def line(command: str, at: str) -> str:
    """A command line in a folder of the content."""
    return f"cd {shlex.quote(at)}\n{command}" if at else command
