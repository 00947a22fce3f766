"""Scripts that a page loads are no Node.js application; a server without package.json is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.detect import look

PAGE = "document.querySelector('h1').addEventListener('click', () => alert(1))\n"
SERVER = "require('http').createServer((q, r) => r.end('Hello')).listen(process.env.PORT)\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"index.html": "<h1>Hello</h1>", "app.js": PAGE}, ["static"]),
        ({"mix.exs": "", "assets/js/app.js": PAGE}, []),  # Phoenix
        ({"server.js": SERVER}, ["nodejs"]),
        ({"index.html": "<h1>Hello</h1>", "app.js": SERVER}, ["nodejs"]),
        ({"package.json": "{}", "index.js": "console.log(1)\n"}, ["nodejs"]),
    ],
)
def test_a_script(files: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = look(FolderPackage(tmp_path, "./"), load())
    assert [each.project.language.kind for each in found.applications] == expected


def test_the_language_without_a_product_is_named(tmp_path: Path) -> None:
    (tmp_path / "mix.exs").write_text("")
    (tmp_path / "assets/js").mkdir(parents=True)
    (tmp_path / "assets/js/app.js").write_text(PAGE)
    [(file, language)] = look(FolderPackage(tmp_path, "./"), load()).others
    assert (file, language.title) == ("mix.exs", "Elixir")
