"""Writes a Terraform filesystem mirror whose provider "binaries" are scripts that start the stand-in."""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from .certificate import self_signed
from .describe import schema_response
from .schema import Provider

HOSTS = ("registry.terraform.io", "registry.opentofu.org")
_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}

_SCRIPT = """\
#!/bin/sh
# Stand-in for {source} {version}: serves its recorded schema, knows no cloud.
exec {python} -I -S -c {code} "${{0%/*}}"
"""
_CODE = "import sys; sys.path[:0] = {path!r}; from standin.serve import main; main(sys.argv[1])"

_CLI_CONFIG = """\
# Terraform takes providers from this folder only, and asks nobody about new versions.
disable_checkpoint = true
provider_installation {{
  filesystem_mirror {{
    path = {path}
  }}
}}
"""


def recorded() -> list[Path]:
    """The schema files that are served: those of STANDIN_SCHEMAS, a folder, or those beside this module."""
    folder = os.environ.get("STANDIN_SCHEMAS") or Path(__file__).resolve().parent / "schema"
    return sorted(Path(folder).glob("*.json"))


def write_mirror(folder: Path, schemas: Iterable[Path]) -> Path:
    """Write the providers of these schema files under `folder`; gives the CLI configuration file to use.

    A folder that Terraform searches by itself (~/.terraform.d/plugins) needs no CLI configuration.
    """
    folder = folder.resolve()
    system = f"{platform.system().lower()}_{_MACHINES.get(platform.machine().lower(), platform.machine().lower())}"
    for path in schemas:
        provider = Provider(path)
        _host, namespace, kind = provider.source.split("/")
        for host in HOSTS:
            _write_package(folder / host / namespace / kind / provider.version / system, path, provider, kind)
    config = folder / "terraform.rc"
    config.write_text(cli_config(folder))
    return config


def cli_config(folder: Path) -> str:
    """The text of a CLI configuration that takes providers from this mirror only."""
    return _CLI_CONFIG.format(path=json.dumps(str(folder)))


def _write_package(package: Path, schema: Path, provider: Provider, kind: str) -> None:
    package.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(schema, package / "schema.json")
    (package / "schema.pb").write_bytes(schema_response(provider))
    key, certificate = package / "handshake.key", package / "handshake.pem"
    if not (key.exists() and certificate.exists()):  # kept, so that lock files stay valid when a mirror is renewed
        key.touch(mode=0o600)
        for path, data in zip((key, certificate), self_signed(), strict=True):
            path.write_bytes(data)
    script = package / f"terraform-provider-{kind}_v{provider.version}"
    script.write_text(
        _SCRIPT.format(
            source=provider.source,
            version=provider.version,
            python=shlex.quote(sys.executable),
            code=shlex.quote(_CODE.format(path=_import_path())),
        )
    )
    script.chmod(0o755)


def _import_path() -> list[str]:
    """Where the script finds this package and its two dependencies, whatever the environment of Terraform is."""
    found = [find_spec(name) for name in ("grpc", "msgpack")]
    files = [__file__, *(spec.origin for spec in found if spec and spec.origin)]
    return list(dict.fromkeys(str(Path(each).resolve().parent.parent) for each in files))
