"""Terraform and OpenTofu: their releases, and the providers that `init` finds for them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from standin.mirror import HOSTS

#: the first release that has mocked providers
SINCE = {"Terraform": (1, 7), "OpenTofu": (1, 8)}
LOCK_FILE = ".terraform.lock.hcl"
_LOCKED = re.compile(r'^provider "[^/"]+/([^"]+)" \{\n\s*version\s*=\s*"([^"]+)"', re.MULTILINE)


class NotHereError(Exception):
    """A program or a provider cannot be used here, and why."""


@dataclass(frozen=True)
class Program:
    """A program that can run tests. ``lacks``: sources of providers that `init` does not find, and what it says."""

    path: str
    name: str
    release: str
    environment: Mapping[str, str] = field(repr=False)
    lock_file: Path
    lacks: Mapping[str, str]
    initialising: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command in a folder."""
        return _run(self.path, folder, self.environment, *arguments)

    def init(self, folder: Path) -> subprocess.CompletedProcess[str]:
        """`init`; one at a time, because the plugin cache supports no more."""
        with self.initialising:
            (folder / LOCK_FILE).write_bytes(self.lock_file.read_bytes())
            return self.run(folder, "init", "-backend=false", "-input=false", "-no-color")

    @property
    def providers(self) -> dict[str, str]:
        """The name and the release of each provider that was found."""
        return {source.split("/")[1]: release for source, release in _LOCKED.findall(self.lock_file.read_text())}


def prepared(path: str, required: Mapping[str, Iterable[str]], work: Path) -> Program:
    """Find the providers for a program. ``required``: sources and their constraints. `NotHereError` if it is too old or
    finds none.
    """
    work.mkdir(parents=True)
    environment = _environment(work)
    name, release = _release(path, work, environment)
    if tuple(int(part) for part in release.split(".")[:2]) < SINCE[name]:
        raise NotHereError(f"{name} {release} has no mocked providers, {'.'.join(map(str, SINCE[name]))} has")
    if name == "OpenTofu" and (config := linked(work)):
        environment["TF_CLI_CONFIG_FILE"] = str(config)
    lacks = {}
    for number, (source, constraints) in enumerate(sorted(required.items())):
        folder = _module(work / f"provider-{number}", {source: constraints})
        done = _run(path, folder, environment, "init", "-input=false", "-no-color")
        if done.returncode:
            lacks[source] = done.stderr.strip()
    found = {source: each for source, each in required.items() if source not in lacks}
    folder = _module(work / "providers", found)
    done = _run(path, folder, environment, "init", "-input=false", "-no-color")
    lock_file = folder / LOCK_FILE
    if not found or done.returncode:
        raise NotHereError(f"{name} finds no real provider: {done.stderr or next(iter(lacks.values()), '')}".strip())
    return Program(path, name, release, environment, lock_file, lacks)


def _environment(work: Path) -> dict[str, str]:
    own = {name: each for name, each in os.environ.items() if not name.startswith(("TF_", "OS_", "HEROKU_", "KUBE"))}
    config = Path(os.environ.get("TF_CLI_CONFIG_FILE") or os.devnull)
    (work / "plugins").mkdir()
    return own | {
        "TF_CLI_CONFIG_FILE": str(config) if config.exists() else os.devnull,
        "TF_PLUGIN_CACHE_DIR": str(work / "plugins"),
        "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "true",
        "TF_REGISTRY_DISCOVERY_RETRY": "1",
        "TF_REGISTRY_CLIENT_TIMEOUT": "20",
        "TF_IN_AUTOMATION": "1",
        "CHECKPOINT_DISABLE": "1",
    }


def _release(path: str, work: Path, environment: Mapping[str, str]) -> tuple[str, str]:
    try:
        said = _run(path, work, environment, "version").stdout
    except OSError as error:
        raise NotHereError(f"{path} does not start: {error.strerror}") from error
    found = re.match(r"(Terraform|OpenTofu) v(\d+\.\d+\.\S+)", said)
    if not found:
        raise NotHereError(f"{path} is neither Terraform nor OpenTofu")
    return found[1], found[2]


def linked(work: Path) -> Path | None:
    """A CLI configuration with Terraform's implied local mirror under OpenTofu's host name, by links.

    None if there is no such mirror, or OpenTofu has one of its own.
    """
    terraform, opentofu = HOSTS
    plugins = Path.home() / ".terraform.d" / "plugins"
    packages = [path for path in (plugins / terraform).glob("*/*/*/*") if path.is_dir()]
    if not packages or (plugins / opentofu).exists():
        return None
    mirror = work / "mirror"
    for package in packages:
        link = mirror / opentofu / package.relative_to(plugins / terraform)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(package)
    names = json.dumps(sorted({f"{opentofu}/{path.parts[-4]}/{path.parts[-3]}" for path in packages}))
    config = work / "mirror.rc"
    config.write_text(
        "provider_installation {\n"
        f"  filesystem_mirror {{\n    path    = {json.dumps(str(mirror))}\n    include = {names}\n  }}\n"
        f"  direct {{\n    exclude = {names}\n  }}\n}}\n"
    )
    return config


def _module(folder: Path, required: Mapping[str, Iterable[str]]) -> Path:
    folder.mkdir()
    providers = {
        source.split("/")[1]: {"source": source, "version": ", ".join(sorted(each))}
        for source, each in required.items()
    }
    (folder / "main.tf.json").write_text(json.dumps({"terraform": {"required_providers": providers}}))
    return folder


def _run(path: str, folder: Path, environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [path, *words],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        stdin=subprocess.DEVNULL,
    )
