"""The public names: each exported once, documented, in the docs' inventory, and cheap to import."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import camp2iac
from camp2iac.targets import api, kit
from camp2iac.targets.heroku import api as heroku_api
from camp2iac.targets.openstack import api as openstack_api

ROOT = Path(__file__).parents[2]
PAGES = {
    "camp2iac": camp2iac,
    "camp2iac.targets.api": api,
    "camp2iac.targets.kit": kit,
    "camp2iac.targets.openstack.api": openstack_api,
    "camp2iac.targets.heroku.api": heroku_api,
}
NAMES = [(page, name) for page, module in PAGES.items() for name in module.__all__]
PLAIN = {"Value", "__version__"}  # a union of types, a text: they have no docstring of their own


@pytest.mark.parametrize(("page", "name"), NAMES)
def test_a_public_name_is_there_and_documented(page: str, name: str) -> None:
    found = getattr(PAGES[page], name)
    assert name in dir(PAGES[page])
    if name in PLAIN:
        return
    assert found.__name__.removeprefix(f"{page}.") == name  # the kit has modules too
    own = vars(found).get("__doc__") if isinstance(found, type) else found.__doc__
    assert own, f"{name} has no docstring"


@pytest.mark.parametrize("name", ["Plan", "Check", "Compilation", "Written", "Change"])
def test_what_users_call_is_documented(name: str) -> None:
    for member, value in vars(getattr(camp2iac, name)).items():
        if not member.startswith("_") and (callable(value) or isinstance(value, property)):
            assert value.__doc__, f"{name}.{member} has no docstring"


def test_each_is_exported_once() -> None:
    objects = [id(getattr(PAGES[page], name)) for page, name in NAMES]
    assert len(objects) == len(set(objects))
    for module in PAGES.values():
        assert list(module.__all__) == sorted(module.__all__)


def test_dir_is_the_list() -> None:
    assert dir(camp2iac) == sorted(camp2iac.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'load'"):
        camp2iac.load  # noqa: B018


def test_the_inventory_of_the_docs() -> None:
    text = (ROOT / "docs/library.md").read_text()
    for page, module in PAGES.items():
        section = re.search(rf"^## Names[^\n]*`{re.escape(page)}`\n(.*?)(?=^## |\Z)", text, re.S | re.M)
        assert section, page
        rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section[1], re.M)
        listed = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
        assert sorted(listed) == sorted(module.__all__), page


HEAVY = {"jinja2", "jsonschema", "cryptography", "cdktf", "cdktn", "click", "importlib.metadata", "camp2iac.cli"}
#: what each name may import besides: those that read YAML
COMPILING = {"Check", "Compilation", "Plan", "PlanError", "Written", "read"}


@cache
def imported(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_the_package_alone_imports_nothing() -> None:
    found = {name for name in imported("import camp2iac") if name.startswith("camp2iac")}
    assert found == {"camp2iac", "camp2iac.version"}


@pytest.mark.parametrize("module", sorted(set(camp2iac._PLACES.values())))
def test_a_name_imports_no_more_than_it_needs(module: str) -> None:
    names = sorted(name for name, place in camp2iac._PLACES.items() if place == module)
    found = imported(f"from camp2iac import {', '.join(names)}")
    assert not found & HEAVY
    assert not {name for name in found if name.startswith(("camp2iac.targets.openstack", "camp2iac.targets.heroku"))}
    if not COMPILING & set(names):
        assert "camp2iac.compiler" not in found


def test_compiling_for_our_own_platforms_imports_no_metadata() -> None:
    guestbook = ROOT / "examples/guestbook"
    code = f"import camp2iac; camp2iac.read({str(guestbook)!r}).compile(target='heroku').files()"
    assert "importlib.metadata" not in imported(code)
    assert "camp2iac.targets.openstack" not in imported(code)


def test_every_place_is_a_module_that_has_the_name() -> None:
    for name, place in camp2iac._PLACES.items():
        assert getattr(import_module(f"camp2iac.{place}"), name) is getattr(camp2iac, name)
