"""A wheel has what it needs of its templates and YAML in a form that is quick to read, and it means the same."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.plans import ROOT

from camp2iac import prepared

# Nothing of ours is parsed or compiled, and Jinja is not imported: with a wheel's files, that is an error.
RUN = """
import sys
from camp2iac import cli, prepared

sys.modules["jinja2"] = None

def refuse(*_, **__):
    raise AssertionError("not prepared")

prepared.parse_yaml = refuse
sys.exit(cli.run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("environment", ["openstack", "docker", "heroku"])
@pytest.mark.parametrize("example", ["guestbook", "board", "ledger", "tickets"])
def test_wheels_parse_nothing_of_their_own(example: str, environment: str, installed: Path, tmp_path: Path) -> None:
    folder = ROOT / "examples" / example
    arguments = ["synth", str(folder / "camp.yaml"), "-e", str(folder / "environments" / f"{environment}.yaml")]
    for side, path in (("wheel", installed), ("checkout", ROOT)):
        program = RUN if side == "wheel" else "import sys; from camp2iac import cli; sys.exit(cli.run(sys.argv[1:]))"
        command = [sys.executable, "-c", program, *arguments, "-o", str(tmp_path / side)]
        environ = {"PYTHONPATH": str(path)}
        done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    written = {
        side: {each.relative_to(tmp_path / side): each.read_bytes() for each in _files(tmp_path / side)}
        for side in ("wheel", "checkout")
    }
    assert written["wheel"] == written["checkout"]


# The committed output comes from a checkout, whose templates Jinja renders.
CHECK = """
import sys

from camp2iac import cli

sys.exit(max(cli.run(["synth", "--check", plan]) for plan in sys.argv[1:]))
"""


def test_wheels_write_the_committed_output(installed: Path, tmp_path: Path) -> None:
    plans = [str(each.parent / "camp.yaml") for each in sorted(ROOT.glob("examples/*/infra"))]
    assert len(plans) > 10
    command, environ = [sys.executable, "-c", CHECK, *plans], {"PYTHONPATH": str(installed)}
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


# A template with an error, and one that our part of Jinja's runtime cannot render: Jinja has the word.
UNSURE = """
from camp2iac.targets.kit import quick_templates as quick

code = compile("blocks = {}\\ndef root(context):\\n yield str(context.environment.filters['upper']('a'))", "t", "exec")
quick.quick_code = lambda *_: code
assert quick.QuickEnvironment("machine", lambda name: "text", {"upper": str.upper}, str).render("t", {}) == "A"
assert quick.QuickEnvironment("machine", lambda name: "text", {}, str).render("t", {}) is None
assert quick.QuickEnvironment("machine", lambda name: None, {}, str).render("t", {}) is None
"""


def test_what_is_not_sure_is_left_to_jinja(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", UNSURE], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_checkouts_have_nothing_prepared() -> None:
    assert not prepared.FOLDER.exists(), "the sources would not be read"


def test_changed_files_are_not_those_that_were_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "FOLDER", tmp_path)
    file = tmp_path / "product.yaml"
    file.write_text("a: 1\n")
    (tmp_path / f"{prepared.digest('a: 1' + chr(10))}.json").write_text('{"a": "prepared"}')
    assert prepared.read_yaml(file) == {"a": "prepared"}
    file.write_text("a: 2\n")
    assert prepared.read_yaml(file) == {"a": 2}
