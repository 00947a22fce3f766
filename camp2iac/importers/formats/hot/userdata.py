"""User data of Heat templates as scripts: shell scripts as they are, and cloud-config's common keys."""

from __future__ import annotations

import re

from camp2iac.camp.nodes import Plain
from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.importers.scripts import is_shell, quoted
from camp2iac.record import Record

_CONFIG = "#cloud-config"
_KNOWN = ("packages", "package_update", "package_upgrade", "runcmd", "write_files")
_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+:_-]*")
_PATH = re.compile(r"/[^\x00-\x1f]{1,400}")


class UserData(Record):
    """A script, and what of the user data it lacks. ``script``: empty if nothing of it can be run."""

    script: str
    lacks: tuple[str, ...] = ()


def user_data(text: str) -> UserData:
    """The script that does what user data says."""
    if text.lstrip().startswith(_CONFIG):
        return _config(text.lstrip())
    return UserData(text if is_shell(text) and text.startswith("#!") else "")


def _config(text: str) -> UserData:
    node = parse(text, "user_data", Diagnostics())
    data = node.plain if node is not None else None
    if not isinstance(data, dict):
        return UserData("")
    lines: list[str] = []
    lacks = [key for key in data if key not in _KNOWN]
    for key in _KNOWN:
        value = data.get(key)
        if key == "packages":
            _packages(value, lines, lacks)
        elif isinstance(value, list):
            for item in value:
                line = _file(item) if key == "write_files" else _command(item)
                if line:
                    lines.append(line)
                elif key not in lacks:
                    lacks.append(key)
    body = "\n".join(lines)
    return UserData(f"#!/bin/bash\nset -e\n{body}\n" if lines else "", tuple(lacks))


def _packages(value: Plain, lines: list[str], lacks: list[str]) -> None:
    names = (
        [each for each in value if isinstance(each, str) and _PACKAGE.fullmatch(each)]
        if isinstance(value, list)
        else []
    )
    if names:
        listed = " ".join(names)
        lines += [
            "if command -v apt-get > /dev/null; then",
            "  apt-get update",
            f"  DEBIAN_FRONTEND=noninteractive apt-get install -y {listed}",
            "else",
            f"  dnf install -y {listed}",
            "fi",
        ]
    if isinstance(value, list) and len(names) < len(value):
        lacks.append("packages")


def _command(item: Plain) -> str:
    if isinstance(item, str):
        return item
    return " ".join(quoted(str(each)) for each in item) if isinstance(item, list) and item else ""


def _file(item: Plain) -> str:
    if not isinstance(item, dict) or item.get("encoding"):
        return ""
    path, content = item.get("path"), item.get("content", "")
    if not isinstance(path, str) or not isinstance(content, str) or not _PATH.fullmatch(path):
        return ""
    mode = str(item.get("permissions", "0644"))
    mode = mode if re.fullmatch(r"[0-7]{3,4}", mode) else "0644"
    return f"install -D -m {mode} /dev/null {quoted(path)}\nprintf %s {quoted(content)} > {quoted(path)}"
