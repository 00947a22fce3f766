"""Every command, with paths that do not exist, cannot exist or may not be read: an error, never a bug."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from running import Command, Done

from camp2iac import cli

ODD = "ODD"
# Every option and argument that is a path, in every command. A command without one is in the last line.
LINES = [
    *(f"{name} ODD" for name in ("synth", "validate", "port", "matrix", "graph", "secrets", "content")),
    *(f"{name} camp.yaml -e ODD" for name in ("synth", "validate", "port", "matrix", "graph", "secrets", "content")),
    *(f"{name} --target heroku --catalogue ODD" for name in ("synth", "validate", "port", "graph", "secrets")),
    *(f"{name} --target heroku --signer ODD" for name in ("synth", "validate", "port", "graph", "secrets")),
    "matrix --catalogue ODD",
    *("pack ODD -o shop.zip", "pack -o ODD", "unpack ODD -o out", "verify ODD", "verify . --signer ODD"),
    *("import compose ODD", "import compose . -o ODD", "import ODD ."),
    *("export ODD", "export compose ODD", "export compose camp.yaml -e ODD", "export compose --catalogue ODD"),
    *("export compose --signer ODD", "export compose -o ODD", "export score ODD", "export score -o ODD"),
    "synth -e environments/heroku.yaml -o ODD",
    "synth -e environments/heroku.yaml -o ODD --check",
    "synth --target ODD",
    "validate --fix -e ODD",
    "diff ODD .",
    "diff . ODD",
    "diff . . -e ODD",
    "diff . . --target heroku --catalogue ODD",
    "diff . . --signer ODD",
    "why ODD",
    "why ODD:3",
    "why address -o ODD",
    "why camp.yaml:3 -o ODD",
    *(f"{name} -o ODD" for name in ("trace", "progress", "inventory")),
    "init --from ODD",
    "init --from . --signer ODD",
    "catalogue list --catalogue ODD",
    "catalogue show python --catalogue ODD",
    "catalogue show ODD",
    *("explain ODD", "completion ODD", "schema ODD", "schema environment --target ODD", "targets ODD"),
]
# Commands that look for files themselves.
ALONE = [
    *(
        "synth",
        "synth --target heroku",
        "validate",
        "port",
        "matrix",
        "graph",
        "secrets",
        "content",
        "pack -o shop.zip",
        "unpack shop.zip -o out",
        "import compose .",
        "export compose",
    ),
    *("diff", "diff HEAD", "diff . .", "why a.b", "why camp.yaml:3", "trace", "progress", "inventory"),
    *("init --yes", "init --from guestbook", "init --from .", "schema --write", "catalogue list"),
    *("graph -e environments/heroku.yaml", "synth -e environments/heroku.yaml -o out"),
]


def missing(folder: Path) -> str:
    """No such file."""
    return "none/there"


def endless(folder: Path) -> str:
    """A link to itself."""
    (folder / "loop").symlink_to("loop")
    return "loop"


def within_endless(folder: Path) -> str:
    """A file behind a link to itself."""
    return f"{endless(folder)}/file.yaml"


def too_long(folder: Path) -> str:
    """A name that no file system has."""
    return "n" * 300


def path_too_long(folder: Path) -> str:
    """A path that the system does not open."""
    return "name/" * 2000 + "camp.yaml"


def no_utf_8(folder: Path) -> str:
    """An existing file with other bytes in its name."""
    name = os.fsencode(folder) + b"/\xff\xfe.yaml"
    with open(name, "wb") as file:  # noqa: PTH123 - bytes
        file.write(b"target: heroku\n")
    return os.fsdecode(b"\xff\xfe.yaml")


def folder_no_utf_8(folder: Path) -> str:
    """An existing folder with other bytes in its name."""
    os.mkdir(os.fsencode(folder) + b"/\xff\xfe")  # noqa: PTH102
    return os.fsdecode(b"\xff\xfe")


def missing_no_utf_8(folder: Path) -> str:
    """No such file, and the name has other bytes."""
    return os.fsdecode(b"none/\xff\xfe")


def controls(folder: Path) -> str:
    """A name that ends the line and paints, and exists."""
    (folder / "a\nerror: b\x1b[31m\x07.yaml").write_text("target: heroku\n")
    return "a\nerror: b\x1b[31m\x07.yaml"


def missing_controls(folder: Path) -> str:
    """The same, but it does not exist."""
    return "none\nerror: b\x1b[31m\x07"


def through_a_file(folder: Path) -> str:
    """A path that goes on below a file."""
    return "camp.yaml/more"


def with_nul(folder: Path) -> str:
    """A name that ends early for the system."""
    return "nu\0l"


KINDS: list[Callable[[Path], str]] = [
    *(missing, endless, within_endless, too_long, path_too_long, no_utf_8, folder_no_utf_8, missing_no_utf_8),
    *(controls, missing_controls, through_a_file, with_nul),
]


def sound(done: Done, line: str, *, shown: str = "") -> None:
    """The command says what is wrong, and nothing in it has an effect on the terminal."""
    said = done.out + done.err
    assert done.status in (0, 1, 2), f"{line}: {said}"
    assert "bug in camp2iac" not in said, line
    assert said, line
    odd = [c for c in said if c != "\n" and not c.isprintable()]
    assert odd == [], line
    assert all(not each.startswith("error: b") for each in said.splitlines()), f"{line}: {said}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda each: each.__name__)
def test_an_odd_path_is_an_error(kind: Callable[[Path], str], shop: Path, camp2iac: Command) -> None:
    path = kind(shop)
    exists = os.path.exists(path) if "\0" not in path else False  # noqa: PTH110 - Path.exists() raises for some
    writing = ("synth -e", "export compose -o", "export score -o")  # what does not exist is made
    for line in (each for each in LINES if not each.startswith(writing)):
        done = camp2iac(*(word.replace(ODD, path) for word in line.split(" ")))
        sound(done, line)
        if not exists:
            assert done.status in (1, 2), line
    for line in (each for each in LINES if each.startswith(writing)):
        sound(camp2iac(*(word.replace(ODD, path) for word in line.split(" "))), line)


def test_each_command_is_tried() -> None:
    tried = {line.split(" ", 1)[0] for line in LINES}
    assert tried == set(cli.COMMANDS)


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's right to enter any folder."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("path", ["closed/camp.yaml", "closed/more/camp.yaml"])
def test_a_closed_folder_is_said(path: str, shop: Path, camp2iac: Command) -> None:
    (shop / "closed").mkdir()
    (shop / "closed/camp.yaml").write_text("target: heroku\n")
    shop.chmod(0o755)
    for line in LINES:
        camp2iac(*line.split(" "))  # imports what it needs
        (shop / "closed").chmod(0)
        try:
            with nobody():
                done = camp2iac(*(word.replace(ODD, path) for word in line.split(" ")))
        finally:
            (shop / "closed").chmod(0o755)
        sound(done, line)
        assert done.status in (1, 2), line


@pytest.mark.parametrize("line", [*LINES, *ALONE])
def test_a_removed_working_directory_is_said(
    line: str, tmp_path: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = camp2iac(*line.split(" "))
    sound(done, line)
    if line != "catalogue list":
        assert done.status in (1, 2), line


@pytest.mark.parametrize("name", [b"\xff\xfe.yaml", b"a\nb\x1b[31m.yaml", b"n" * 250 + b".yaml"])
def test_an_odd_environment_file_is_said(name: bytes, shop: Path, camp2iac: Command) -> None:
    (shop / "other").mkdir()
    with open(os.fsencode(shop) + b"/environments/" + name, "wb") as file:  # noqa: PTH123
        file.write(b"target: heroku\n")
    for line in ALONE:
        sound(camp2iac(*line.split(" ")), line)
