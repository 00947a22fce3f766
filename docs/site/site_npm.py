"""Scripts from npm that make the site independent of other hosts: Mermaid, and the search without a server.

They are fetched once into ``.venv/site``, and checked. Their licences become part of the site.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import shutil
import subprocess
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import site_paths

_LOG = logging.getLogger("mkdocs.hooks.site")
_HOME = site_paths.ROOT / ".venv/site"


class Script(NamedTuple):
    """A file of a package of npm. ``integrity``: the package's SHA-512, as npm writes it."""

    package: str
    integrity: str
    path: str


MERMAID = Script(
    "@mermaid-js/tiny@11.17.2",
    "PmFr1c5cSfNf5AngLLR98DrbvR4U5KeD7I+hQkGqG5w5Veu3QT4dG0qu9f99cpn/sKj2XxRBK0q7EL6hr9NY/A==",
    "package/dist/mermaid.tiny.js",
)
SEARCH = Script(
    "iframe-worker@1.0.4",
    "roeaaI+Lg1LJNfgpCjoRe/+WzEjy9+Z08LoEvu85MCPbBjwm+qXz8Ag5U05lHa6V1CysZyGzE0SOkAtSUA5q7Q==",
    "package/shim/index.js",
)


@cache
def script(of: Script) -> Path | None:
    """The file, with its licence beside it as ``LICENSE``. None without npm: the theme then loads it from its CDN.

    Raises:
        ValueError: the package is not the one that was checked.
    """
    home = _HOME / of.package.rpartition("@")[0].rpartition("/")[2]
    file = home / Path(of.path).name
    if file.is_file():
        return file
    with tempfile.TemporaryDirectory() as folder:
        archive = _packed(of, Path(folder))
        if archive is None:
            return None
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != of.integrity:
            raise ValueError(f"{of.package} has the SHA-512 {digest}, and not {of.integrity}")
        home.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as opened:
            for member, name in (("package/LICENSE", "LICENSE"), (of.path, file.name)):
                found = opened.extractfile(member)
                if found is None:
                    raise ValueError(f"{of.package} has no {member}")
                part = home / f"{name}.{os.getpid()}"  # another process can fetch it at the same time
                part.write_bytes(found.read())
                part.replace(home / name)
    return file


def _packed(of: Script, folder: Path) -> Path | None:
    npm = shutil.which("npm")
    command = [npm or "npm", "pack", "--silent", "--ignore-scripts", of.package]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False) if npm else None  # noqa: S603 - a fixed command
    if done is None or done.returncode:
        why = "there is no npm" if done is None else done.stderr.strip()[-200:]
        _LOG.info("%s is loaded from the theme's CDN: %s", of.package, why)
        return None
    return folder / done.stdout.split()[-1]
