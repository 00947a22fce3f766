"""Plans in folders: which files are content, and where links can point."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from camp2iac.camp import Source, read
from camp2iac.camp.ignore import Work, ignored, parse
from camp2iac.diagnostics import Diagnostics
from tests.camp.build import PLAN, laid_out, reading, tgz, zipped

WHOLE = PLAN.replace(b"{ href: web/ }", b'{ href: "pdp:!" }')


def opened(source: Path | bytes, leave_out: tuple[Path, ...] = ()) -> Source:
    found = Diagnostics()
    source_ = read(source, name="shop", diagnostics=found, leave_out=leave_out)
    assert source_ is not None
    assert not found.items
    return source_


MIXED = {
    "camp.yaml": WHOLE,
    "app.py": b"",
    ".env": b"SECRET=x",
    ".gitignore": b"*.log\n/build/\n!keep.log\n",
    "a.log": b"",
    "keep.log": b"",
    "build/x": b"",
    "lib/build/x": b"",
    "lib/.hidden": b"",
    "lib/.gitignore": b"*.tmp\n",
    "lib/x.tmp": b"",
    "x.tmp": b"",
    ".git/config": b"",
    "environments/prod.yaml": b"",
    "infra/prod/.camp2iac.json": b"{}",
    "infra/prod/main.tf": b"",
    "out/main.tf": b"",
}


def test_content_of_the_package_itself(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "shop", MIXED)
    content = ("app.py", "keep.log", "lib/build/x", "x.tmp")
    assert opened(folder, (folder / "out",)).package.files() == content
    assert opened(folder / "camp.yaml", (folder / "out", tmp_path, Path("/"))).package.files() == content
    packed = {name: data for name, data in MIXED.items() if not name.startswith("out/")}
    for pack in (zipped, tgz):
        assert opened(pack(packed)).package.files() == content


def test_content_of_a_named_folder(tmp_path: Path) -> None:
    files = {
        "camp.yaml": PLAN,
        ".gitignore": b"web/dist/\n*.pyc\n",
        "web/app.py": b"",
        "web/.profile": b"",
        "web/a.pyc": b"",
    }
    folder = laid_out(tmp_path, files | {"web/.git/x": b"", "web/dist/x.pyc": b""})
    package = opened(folder).package
    assert package.files("web") == ("web/.profile", "web/app.py")
    assert package.files("web/dist") == ("web/dist/x.pyc",)  # named, so rules above do not exclude it


def test_a_plan_of_another_name_is_no_content(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"shop.yaml": WHOLE, "app.py": b""})
    assert opened(folder / "shop.yaml").package.files() == ("app.py",)


def test_executable_bits(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"camp.yaml": PLAN, "web/run": b"", "web/data": b""})
    (folder / "web/run").chmod(0o755)
    package = opened(folder).package
    assert [package.is_executable(path) for path in package.files("web")] == [False, True]


def test_links_inside_are_followed(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"camp.yaml": PLAN, "web/app.py": b"x", "shared/lib.py": b"y"})
    (folder / "web/lib.py").symlink_to("../shared/lib.py")
    (folder / "web/all").symlink_to("../shared")
    package = opened(folder).package
    assert package.files("web") == ("web/all/lib.py", "web/app.py", "web/lib.py")
    assert package.read("web/lib.py") == b"y"


@pytest.mark.parametrize("target", ["../../secret", "/etc/passwd", "../..", ".", "..", "nowhere"])
def test_links_that_leave(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret").write_text("x")
    folder = laid_out(tmp_path / "shop", {"camp.yaml": PLAN, "web/app.py": b"x"})
    (folder / "web/link").symlink_to(target)
    source, codes = reading(folder)
    assert source is not None
    assert codes == ["CAMP133"]
    assert source.package.files("web") == ("web/app.py",)
    (folder / ".gitignore").write_text("link\n")
    assert reading(folder)[1] == []


@pytest.mark.parametrize("named", ["web/link", "web/link/", "web/link/secret"])
def test_content_behind_a_link_that_leaves(tmp_path: Path, named: str) -> None:
    (tmp_path / "secret").write_text("x")
    folder = laid_out(tmp_path / "shop", {"camp.yaml": PLAN.replace(b"web/", named.encode()), "web/app.py": b"x"})
    (folder / "web/link").symlink_to("../..")
    assert reading(folder)[1] == ["CAMP212"]
    with pytest.raises(KeyError):
        read(folder, name="", diagnostics=Diagnostics()).package.read("web/link/secret")  # type: ignore[union-attr]


def test_a_plan_behind_a_link_that_leaves(tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "shop", {"web/app.py": b"x"})
    (tmp_path / "camp.yaml").write_bytes(PLAN)
    (folder / "camp.yaml").symlink_to("../camp.yaml")
    assert reading(folder) == (None, ["CAMP131"])


def test_a_link_to_a_pipe(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, {"camp.yaml": PLAN, "web/app.py": b""})
    os.mkfifo(folder / "pipe")
    (folder / "web/link").symlink_to("../pipe")
    found = Diagnostics()
    source = read(folder, name="shop", diagnostics=found)
    assert source is not None
    assert source.package.files("web") == ("web/app.py",)
    assert [each.message for each in found] == ["a link in the content leads to a pipe, a socket or a device: web/link"]


def test_nothing_there(tmp_path: Path) -> None:
    for name in ("camp.yaml", "a\0b", "x" * 5000):
        assert reading(tmp_path / name) == (None, ["CAMP138"])
    assert reading(tmp_path) == (None, ["CAMP131"])


PATTERNS = """
# comment
*.log
!keep.log
/root
dir/
a/*.txt
**/deep/x
a/**/z
b/**
[ab]?c
[!x]yz
\\#hash
\\!bang
trailing\\\x20
sp ace\x20\x20
**foo
"""
PATHS = [
    "a.log",
    "keep.log",
    "sub/b.log",
    "root",
    "sub/root",
    "dir/x",
    "sub/dir/x",
    "dir2/x",
    "a/1.txt",
    "a/b/1.txt",
    "deep/x",
    "q/deep/x",
    "q/r/deep/x",
    "a/z",
    "a/1/z",
    "a/1/2/z",
    "a/1/2/y",
    "b/1",
    "b/2/2",
    "bb",
    "axc",
    "cxc",
    "ayz",
    "xyz",
    "#hash",
    "!bang",
    "trailing ",
    "sp ace",
    "sp ace  ",
    "foo",
    "1foo",
    "foo1",
    "c/dir",
    "é.log",
    "z/#hash",
]


def test_gitignore_as_git_has_it(tmp_path: Path) -> None:
    laid_out(tmp_path, dict.fromkeys(PATHS, b"") | {".gitignore": PATTERNS.encode()})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    command = ["git", "-C", str(tmp_path), "-c", "core.quotePath=false", "ls-files", "-o", "--exclude-standard", "-z"]
    listing = subprocess.run(
        command, check=True, capture_output=True, text=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    )
    rules = [parse(PATTERNS.encode(), "")]

    def left_out(path: str) -> bool:
        parts = path.split("/")
        above = any(ignored("/".join(parts[:n]), True, rules, Work()) for n in range(1, len(parts)))
        return above or ignored(path, False, rules, Work())

    assert {path for path in PATHS if not left_out(path)} == set(listing.stdout.split("\0")) - {"", ".gitignore"}


def test_no_pattern_takes_for_ever() -> None:
    rules = [parse("\n".join(["*a" * 400 + "b", "**/" * 300 + "x", "a*" * 200 + "/**/" + "*b" * 200]).encode(), "")]
    assert not ignored("/".join(["a" * 250] * 15), False, rules, Work())
