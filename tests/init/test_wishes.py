"""Declared releases, in the notations of npm, Composer, PEP 440 and RubyGems, as the range of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.camp.folder import FolderPackage
from camp2iac.catalogue import load
from camp2iac.catalogue.notations import Form, intervals
from camp2iac.detect.files import Folder
from camp2iac.detect.wishes import find, released
from camp2iac.targets.programs.demands.sources import Declaration

CATALOGUE = load()


def wished(folder: Path, value: str, form: Form, product: str) -> str | None:
    (folder / "file").write_text(value)
    here = Folder(FolderPackage(folder, "./"), "", ("file",))
    found = find(here, [Declaration("file", pattern="^(.*)$", form=form)], CATALOGUE[product])
    return found.range if found is not None else None


@pytest.mark.parametrize(
    ("value", "form", "product", "expected"),
    [
        ("18", "npm", "nodejs", "18"),
        ("18.x", "npm", "nodejs", "18"),
        ("18.17.1", "npm", "nodejs", "18"),
        (">=18", "npm", "nodejs", "[18,)"),
        (">=18.17", "npm", "nodejs", "[18.17,)"),
        (">=18 <21", "npm", "nodejs", "[18,21)"),
        (">= 18.0.0 <= 20", "npm", "nodejs", "[18.0.0,21)"),
        ("^20.1", "npm", "nodejs", "[20.1,21)"),
        ("~20.1", "npm", "nodejs", "20.1"),
        ("18.x || 20.x", "npm", "nodejs", "[18,21)"),  # no release of the catalogue is between them
        ("12 || 20", "npm", "nodejs", "20"),
        ("18 - 20", "npm", "nodejs", "[18,21)"),
        ("v20.11.1", "npm", "nodejs", "20"),
        ("*", "npm", "nodejs", None),
        ("latest", "npm", "nodejs", None),
        (">=30", "npm", "nodejs", ""),
        ("^7.4 || ^8.0", "npm", "php", "[7.4,9)"),
        (">=8.1", "npm", "php", "[8.1,)"),
        ("~8.2.0", "npm", "php", "[8.2.0,8.3)"),
        ("5.6.*", "npm", "php", ""),
        ("~8.1", "composer", "php", "[8.1,9)"),
        ("~8.1 || ^7.4", "composer", "php", "[7.4,9)"),
        ("lts/jod", "nvm", "nodejs", "22"),
        ("20.11.1", "nvm", "nodejs", "20"),
        ("lts/new", "nvm", "nodejs", None),
        ('">= 3.1", "< 3.4"', "ruby", "ruby", "[3.1,3.4)"),
        (">=3.9", "pep440", "python", "[3.9,)"),
        (">=3.9,<4", "pep440", "python", "[3.9,4)"),
        ("~=3.10", "pep440", "python", "[3.10,4)"),
        ("==3.11.*", "pep440", "python", "3.11"),
        (">=3.9,!=3.10.1", "pep440", "python", "[3.9,)"),
        ("3.11.4", "exact", "python", "3.11"),
        ("3.2.2", "ruby", "ruby", "3.2"),
        ("~> 3.1", "ruby", "ruby", "[3.1,4)"),
        ("~> 3.1.2", "ruby", "ruby", "[3.1.2,3.2)"),
        ("1.19", "minimum", "go", "[1.19,)"),
        ("17", "minimum", "java", "[17,)"),
        (">=20 <18", "npm", "nodejs", None),
        ("", "npm", "nodejs", None),
    ],
)
def test_a_declaration(value: str, form: Form, product: str, expected: str | None, tmp_path: Path) -> None:
    assert wished(tmp_path, value, form, product) == expected


def test_the_declaration_that_a_system_has_goes_first(tmp_path: Path) -> None:
    (tmp_path / "pin").write_text("3.14.1\n")
    (tmp_path / "range").write_text(">=3.10\n")
    here = Folder(FolderPackage(tmp_path, "./"), "", ("pin", "range"))
    pin, wide = Declaration("pin", pattern="^(.*)$"), Declaration("range", pattern="^(.*)$", form="pep440")
    both = find(here, [pin, wide], CATALOGUE["python"])
    only = find(here, [pin], CATALOGUE["python"])
    assert both is not None
    assert only is not None
    assert (both.file, both.range, only.range) == ("range", "[3.10,)", "3.14")


def test_long_declarations_take_no_time() -> None:
    assert intervals(">=1 || " * 30, "npm", 1) == [((1,), None)]


@pytest.mark.parametrize(("tag", "expected"), [("8", "8"), ("8.0", "8.0"), ("7.2", "[7.2,)"), ("8.4", "")])
def test_the_release_of_an_image(tag: str, expected: str) -> None:
    """The catalogue has 7.0 and 8.0."""
    assert released(tag, CATALOGUE["redis"]) == expected
