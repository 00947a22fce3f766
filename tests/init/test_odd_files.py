"""Whatever the files of a repository are called and hold: no traceback, and a plan that can be read."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camp2iac import read
from camp2iac.camp.folder import FolderPackage
from camp2iac.camp.yaml import parse
from camp2iac.catalogue import load
from camp2iac.cli import run
from camp2iac.detect import look
from camp2iac.detect.plan import comment, scalar, text
from camp2iac.diagnostics import Diagnostics

HERE = Path(__file__).parent / "repositories"
CATALOGUE = load()
NAMES = sorted(path.name for path in HERE.iterdir())
MARKS = [
    "package.json",
    "pyproject.toml",
    "requirements.txt",
    "Procfile",
    "compose.yaml",
    "Dockerfile",
    "composer.json",
]
MARKS += [
    ".env.example",
    "go.mod",
    "pom.xml",
    "Gemfile",
    "build.gradle",
    ".python-version",
    "Pipfile",
    "main.go",
    "app.py",
]
SCRAPS = [
    "\x00",
    "\x1b[31m",
    "{",
    "}",
    '"',
    "'",
    "\n",
    "\t",
    "# ",
    ": ",
    "- ",
    "\u2028",
    "\ufeff",
    "é",
    "\ud83d",
    "${x}",
    "&a *a",
]
SCRAPS += [
    "web: ",
    '"name": ',
    "[project]\n",
    "=",
    "<",
    "${",
    "!!python/object:x",
    "../",
    "//",
    "99999999999999999999",
    "%{ }",
]


@contextmanager
def within(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def planned(folder: Path) -> None:
    """Look at a folder, and read the plan for what was found."""
    found = look(FolderPackage(folder, "./", plan=""), CATALOGUE)
    ready = [each for each in found.applications if not each.start.question]
    if not ready:
        return
    written = text(found.name or "x", ready, CATALOGUE)
    problems = Diagnostics()
    assert parse(written, "camp.yaml", problems) is not None
    assert not list(problems.ordered()), written
    (folder / "camp.yaml").write_text(written, encoding="utf-8")
    wrong = [each for each in read(folder).diagnostics if each.code < "CAMP130" and each.level.value == "error"]
    assert not wrong, written


@pytest.mark.parametrize("name", ["TRUE", "null", "007", "1e3", "0x1f", "no"])
def test_a_folder_named_like_another_scalar(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "index.html").write_text("<p>")
    planned(tmp_path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.data())
def test_mutated_files(name: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        for source in sorted((HERE / name / "files").rglob("*")):
            if source.is_file():
                path = Path(place, source.relative_to(HERE / name / "files"))
                path.parent.mkdir(parents=True, exist_ok=True)
                content = source.read_text()
                for _ in range(data.draw(st.integers(0, 2))):
                    at, length = data.draw(st.integers(0, len(content))), data.draw(st.integers(0, 12))
                    scrap = data.draw(st.sampled_from(SCRAPS))
                    content = content[:at] + scrap + content[at + length :]
                path.write_bytes(content.encode("utf-8", "surrogatepass"))
        planned(Path(place))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(MARKS), st.lists(st.sampled_from(SCRAPS + MARKS), max_size=30)), st.data())
def test_made_up_files(files: dict[str, list[str]], data: st.DataObject) -> None:
    names = st.text(st.characters(exclude_characters="/\x00", exclude_categories=("Cs",)), min_size=1, max_size=20)
    with tempfile.TemporaryDirectory() as place:
        for name, scraps in files.items():
            Path(place, name).write_bytes("".join(scraps).encode("utf-8", "surrogatepass"))
        odd = data.draw(names.filter(lambda name: name not in (".", "..")))
        folder = Path(place, odd)
        if not folder.exists():
            folder.mkdir()
            (folder / "index.html").write_text("")
            (folder / "package.json").write_text('{"scripts": {"start": "node index.js"}}')
        planned(Path(place))


HOSTILE = {
    "deep-json": {"package.json": "[" * 100_000},
    "deep-toml": {"pyproject.toml": "a = " + "[" * 5_000},
    "deep-yaml": {"compose.yaml": "[" * 100_000, "index.html": ""},
    "yaml-bomb": {
        "compose.yaml": "a: &a [x, x]\n"
        + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=False)),
        "app.py": "app = 1\n",
    },
    "entities": {"pom.xml": '<!DOCTYPE x [<!ENTITY a "b">]><project>&a;<artifactId>x</artifactId></project>'},
    "unclosed": {"pom.xml": "<project>" + "<properties>" * 2_000 + "<build>" * 2_000},
    "long-line": {"requirements.txt": "a" * 900_000 + "\n", "app.py": "app = 1\n"},
    "spaces": {
        "Procfile": "web:" + " " * 200_000 + "x\n",
        ".env.example": "A" + " " * 200_000 + "\n",
        "main.py": "x = 1\n",
    },
    "wrong-types": {
        "package.json": '{"name": [1], "scripts": "x", "dependencies": [], "engines": 3, "main": {}}',
        "server.js": "",
    },
    "versions": {
        "package.json": '{"engines": {"node": "' + ">=1 || " * 20_000 + '"}, "scripts": {"start": "node a.js"}}',
        "a.js": "",
    },
    "surrogates": {"package.json": '{"name": "\\ud800", "scripts": {"start": "node \\udfff.js"}}', "server.js": ""},
    "lazy": {
        ".env.example": "A=a" + " " * 300_000 + "b\n",
        "app.py": "app = 1\n",
    },
    "comments": {"pom.xml": "<project>" + "<!--" * 200_000},
    "dots": {"go.mod": "module x\n" + "a." * 200_000 + "\n", "main.go": "package main\n"},
    "parameters": {"requirements.txt": "flask\n", "x.py": "def create_app(" + "a=b " * 60 + "\n"},
    "go-spaces": {"go.mod": "module x" + " " * 100_000 + "y\n", "main.go": "package main\n"},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, content in HOSTILE[name].items():
        (tmp_path / file).write_text(content)
    with within(tmp_path):
        assert run(["init", "--yes"]) in (0, 1)
    out, err = capsys.readouterr()
    assert "bug" not in out + err
    planned(tmp_path)


def test_links_that_lead_out_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "secret.json").write_text('{"name": "secret"}')
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "package.json").symlink_to("../secret.json")
    with within(folder):
        assert run(["init", "--yes"]) == 1
    assert "CAMP133" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["package.json"]


def test_pipes_and_large_files_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "package.json")
    with (tmp_path / "requirements.txt").open("wb") as file:
        file.truncate(3 * 2**20)
    (tmp_path / "app.py").write_text("app = 1\n")
    with within(tmp_path):
        assert run(["init", "--yes"]) == 0
    assert "com.python.wsgi.application: app/app" in (tmp_path / "camp.yaml").read_text()


@settings(max_examples=50)
@given(st.text(max_size=30))
def test_scalars_are_strings(value: str) -> None:
    node = parse(f"key: {scalar(value)}  # {comment(value)}\n", "x", Diagnostics())
    assert node is not None
    assert node.plain == {"key": re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", value)}
