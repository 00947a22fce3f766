"""Packages on the command line: --strict, --signer, and endless input."""

from __future__ import annotations

import base64
import hashlib
import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from running import Command

from camp2iac import cli
from tests.conformance.signing import certificate

COMMANDS: dict[str, tuple[str, ...]] = {
    "synth": ("synth", "{}", "--target", "heroku", "-o", "out"),
    "validate": ("validate", "{}"),
    "port": ("port", "{}", "--target", "heroku"),
    "diff": ("diff", "{}", "{}", "--target", "heroku"),
    "graph": ("graph", "{}", "--target", "heroku"),
    "matrix": ("matrix", "{}", "-e", "environments/heroku.yaml"),
    "secrets": ("secrets", "{}", "-e", "environments/heroku.yaml"),
    "verify": ("verify", "{}"),
    "export": ("export", "compose", "{}", "-o", "exported"),
    "pack": ("pack", "{}", "-o", "packed.zip"),
}
# These read no package; unpack reads only archives (tests/packing)
WITHOUT_PLAN = {"explain", "schema", "catalogue", "targets", "completion", "why", "trace", "inventory", "progress"} | {
    "unpack",
    "import",
}
CAMP2IAC = [sys.executable, "-m", "camp2iac.cli"]


def command(name: str, plan: str, *more: str) -> list[str]:
    return [*(word.format(plan) for word in COMMANDS[name]), *more]


def sign(shop: Path) -> bytes:
    """Sign the plan's folder and pack it as shop.zip; returns the certificate in DER form."""
    files = ["camp.yaml", "web/guestbook.py"]
    listing = "".join(f"SHA256({name})= {hashlib.sha256((shop / name).read_bytes()).hexdigest()}\n" for name in files)
    signed = certificate(listing.encode())
    (shop / "camp.mf").write_text(listing)
    (shop / "camp.cert").write_bytes(signed)
    with zipfile.ZipFile(shop / "shop.zip", "w") as archive:
        for name in (*files, "camp.mf", "camp.cert"):
            archive.write(shop / name, name)
    return base64.b64decode(signed.split(b"-----")[2])


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("plan", ["camp.yaml", "shop.zip", "."])
def test_a_signer(name: str, plan: str, shop: Path, camp2iac: Command) -> None:
    der = sign(shop)
    digest = hashlib.sha256(der).hexdigest()
    (shop / "signer.der").write_bytes(der)
    colons = ":".join(digest[at : at + 2].upper() for at in range(0, 64, 2))
    for given in (digest, colons, "camp.cert", "signer.der"):
        done = camp2iac(*command(name, plan, "--signer", given))
        assert done.status == 0, given
        assert "note[CAMP161]: the package is signed by CN=Packager" in done.out + done.err
        assert digest in done.out + done.err
    (shop / "other.pem").write_bytes(certificate(b"", "rsa"))
    for given in ("0" * 64, "other.pem"):
        done = camp2iac(*command(name, plan, "--signer", given))
        assert done.status == 1
        assert "error[CAMP162]" in done.out + done.err
    assert camp2iac(*command(name, plan, "--signer", "camp.yaml")).status == 2
    assert camp2iac(*command(name, plan, "--signer", "none.pem")).status == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_no_signature_at_all(name: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac(*command(name, "camp.yaml", "--signer", "0" * 64))
    assert done.status == 1
    assert "error[CAMP162]" in done.out + done.err
    assert not (shop / "out").exists()


# diff does not print warnings, and verify accepts only signed packages (tests/packing)
@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"diff", "verify"}))
def test_strict_makes_warnings_errors(name: str, shop: Path, camp2iac: Command) -> None:
    assert camp2iac(*command(name, "camp.yaml", "--strict")).status == 0
    (shop / "camp.yaml").write_text((shop / "camp.yaml").read_text() + "descripton: x\n")
    done = camp2iac(*command(name, "camp.yaml"))
    assert done.status == 0
    assert "warning[CAMP128]" in done.out + done.err
    if name == "synth":
        assert (shop / "out/.camp2iac.json").exists()
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    (shop / "camp.yaml").write_text((shop / "camp.yaml").read_text().replace("guestbook\n", "other\n", 1))
    before[shop / "camp.yaml"] = (shop / "camp.yaml").read_bytes()
    done = camp2iac(*command(name, "camp.yaml", "--strict"))
    assert done.status == 1
    assert "error[CAMP128]" in done.out + done.err
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"verify"}))
def test_strict_wants_all_files_listed(name: str, shop: Path, camp2iac: Command) -> None:
    sign(shop)
    (shop / "camp.cert").unlink()
    assert camp2iac(*command(name, "camp.yaml", "--strict")).status == 0
    (shop / "web/more.py").write_text("")
    assert camp2iac(*command(name, "camp.yaml")).status == 0
    done = camp2iac(*command(name, "camp.yaml", "--strict"))
    assert done.status == 1
    assert "error[CAMP156]" in done.out + done.err


def large(path: Path, size: int = 3 * 2**30) -> str:
    """A sparse file."""
    with path.open("wb") as file:
        file.truncate(size)
    return path.name


def zipped() -> bytes:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").writestr("camp.yaml", "")
    return out.getvalue()


ENDLESS: dict[str, tuple[Callable[[Path], list[str]], str]] = {
    "an environment file": (
        lambda shop: command(
            "synth", "camp.yaml", "-e", large(shop / "environments/e.yaml")[:0] + "environments/e.yaml"
        ),
        "CAMP107",
    ),
    "an endless environment file": (lambda shop: command("synth", "camp.yaml", "-e", "/dev/zero"), "CAMP107"),
    "a plan": (lambda shop: command("validate", large(shop / "x.yaml")), "CAMP107"),
    "an endless plan": (lambda shop: command("validate", "/dev/zero"), "CAMP107"),
    "endless standard input": (lambda shop: command("port", "-"), "CAMP107"),
    "a manifest": (lambda shop: [large(shop / "camp.mf"), *command("synth", "camp.yaml")][1:], "CAMP135"),
    "content": (lambda shop: [large(shop / "web/disk.img"), *command("synth", "camp.yaml")][1:], "CAMP135"),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_input_without_end(case: str, shop: Path) -> None:
    """A process with 1 GiB of memory can reject it."""
    make, code = ENDLESS[case]

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

    with Path("/dev/zero").open("rb") as zero:
        done = subprocess.run(
            [*CAMP2IAC, *make(shop)], stdin=zero, capture_output=True, text=True, preexec_fn=bound, timeout=120
        )
    assert done.returncode == 1, done.stderr
    assert f"error[{code}]" in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["synth", "validate"])
def test_strict_looks_at_all_of_a_folder_that_is_named(name: str, shop: Path, camp2iac: Command) -> None:
    sign(shop)
    (shop / "shop.zip").unlink()
    for path in (shop / "environments").iterdir():
        path.unlink()
    given = command(name, ".", *(() if name == "synth" else ("--target", "heroku")), "--strict")
    assert "CAMP156" not in camp2iac(*given).err
    (shop / ".hidden").write_text("x")
    done = camp2iac(*given)
    assert done.status == 1
    assert "error[CAMP156]: camp.mf does not list .hidden" in done.out + done.err
    given[1] = "camp.yaml"  # only the plan was named
    done = camp2iac(*given)
    assert "CAMP156" not in done.out + done.err


@pytest.mark.parametrize("name", sorted(cli.COMMANDS.keys() - WITHOUT_PLAN))
def test_every_command_that_reads_a_package_has_both_options(name: str) -> None:
    command = cli.Lazy("camp2iac").get_command(click.Context(cli.cli), name)
    assert command is not None
    assert {"strict", "signer"} <= {param.name for param in command.params}


def test_a_copy_of_a_signed_folder(shop: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    sign(shop)
    new = shop.parent / "copy"
    new.mkdir()
    monkeypatch.chdir(new)
    source = f"../{shop.name}"
    for options in (["--signer", "0" * 64], ["--strict"]):  # shop.zip is not listed
        done = camp2iac("init", "--from", source, *options)
        assert done.status == 1, options
        assert "error[CAMP162]" in done.err or "error[CAMP156]" in done.err
        assert list(new.iterdir()) == []
    (shop / "web/guestbook.py").write_text("changed")
    assert "error[CAMP155]" in camp2iac("init", "--from", source).err
    assert list(new.iterdir()) == []
    digest = hashlib.sha256(sign(shop)).hexdigest()
    done = camp2iac("init", "--from", source, "--signer", digest)
    assert done.status == 0
    assert f"the SHA-256 of the certificate is {digest}" in done.err
    assert camp2iac("init", "--strict", "--yes").status == 2
