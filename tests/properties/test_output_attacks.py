"""Output folders that are not what they seem, packages that change under the compiler: nothing is led astray."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import phases
from support.compiler import tree

from camp2iac.camp.folder import FolderPackage
from camp2iac.cli import run
from tests.properties.plan import PLAN

TARGET = ("--target", "openstack", "-q")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan in a folder of its own; beside it ``else``, where nothing may ever be written."""
    folder = tmp_path / "plan"
    (folder / "app").mkdir(parents=True)
    (folder / "camp.yaml").write_text(PLAN)
    (folder / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    (tmp_path / "else").mkdir()
    return folder / "camp.yaml"


def synth(plan: Path, *arguments: str) -> int:
    return run(["synth", str(plan), *TARGET, *arguments])


def _output_is_a_link(folder: Path, elsewhere: Path) -> None:
    (folder / "infra").mkdir()
    (folder / "infra/openstack").symlink_to(elsewhere)


def _its_parent_is_a_link(folder: Path, elsewhere: Path) -> None:
    (folder / "infra").symlink_to(elsewhere)


def _a_folder_in_it_is_a_link(folder: Path, elsewhere: Path) -> None:
    assert synth(folder / "camp.yaml") == 0
    shutil.rmtree(folder / "infra/openstack/cloud-init")
    (folder / "infra/openstack/cloud-init").symlink_to(elsewhere)


def _a_file_in_it_is_a_link(folder: Path, elsewhere: Path) -> None:
    assert synth(folder / "camp.yaml") == 0
    (folder / "infra/openstack/web.tf").unlink()
    (folder / "infra/openstack/web.tf").symlink_to(elsewhere / "web.tf")


def _the_source_map_is_a_link(folder: Path, elsewhere: Path) -> None:
    assert synth(folder / "camp.yaml") == 0
    (folder / "infra/openstack/.camp2iac.json").replace(elsewhere.parent / "map.json")
    (folder / "infra/openstack/.camp2iac.json").symlink_to(elsewhere.parent / "map.json")


def _a_folder_is_in_the_way(folder: Path, elsewhere: Path) -> None:
    (folder / "infra/openstack/web.tf").mkdir(parents=True)


def _a_file_is_in_the_way(folder: Path, elsewhere: Path) -> None:
    (folder / "infra").mkdir()
    (folder / "infra/openstack").write_text("mine")


def _a_pipe_is_in_the_way(folder: Path, elsewhere: Path) -> None:
    (folder / "infra/openstack").mkdir(parents=True)
    os.mkfifo(folder / "infra/openstack/variables.tf")


def _files_of_others_are_in_the_way(folder: Path, elsewhere: Path) -> None:
    (folder / "infra/openstack").mkdir(parents=True)
    (folder / "infra/openstack/web.tf").write_text("mine")


ATTACKS = [
    _output_is_a_link,
    _its_parent_is_a_link,
    _a_folder_in_it_is_a_link,
    _a_file_in_it_is_a_link,
    _the_source_map_is_a_link,
    _a_folder_is_in_the_way,
    _a_file_is_in_the_way,
    _a_pipe_is_in_the_way,
    _files_of_others_are_in_the_way,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda each: each.__name__.strip("_"))
@pytest.mark.parametrize("force", [(), ("--force",)], ids=["", "force"])
def test_refused(
    attack: Callable[[Path, Path], None], force: tuple[str, ...], plan: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    elsewhere = plan.parent.parent / "else"
    attack(plan.parent, elsewhere)
    before = {path: path.lstat().st_mtime_ns for path in plan.parent.rglob("*")}
    assert synth(plan, *force) == 1
    assert "error[CAMP70" in capfd.readouterr().err
    assert {path: path.lstat().st_mtime_ns for path in plan.parent.rglob("*")} == before
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "output"),
    [("app/", "."), ("app/", "app/infra"), ("app/", "app"), ("pdp:!", "."), ("pdp:!", "app/infra"), ("pdp:!", "out")],
)
def test_output_among_what_it_is_made_of(
    content: str, output: str, plan: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The plan's folder, or one inside its content: a second run finds nothing to do, and no output becomes content."""
    plan.write_text(
        PLAN.replace("app/ }", f"{content} }}").replace("app/app", "app/app" if content == "app/" else "app.app/app")
    )
    arguments = (str(plan), *TARGET, "-o", str(plan.parent / output))
    if (content, output) in (("app/", "app"), ("pdp:!", ".")):
        assert run(["synth", *arguments]) == 1
        assert "error[CAMP704]" in capfd.readouterr().err
        return
    assert run(["synth", *arguments]) == 0
    once = tree(plan.parent)
    assert run(["synth", *arguments]) == 0
    assert run(["synth", *arguments, "--check"]) == 0
    assert tree(plan.parent) == once
    listed = (plan.parent / output / "web.tf").read_text()
    assert '"app.py"' in listed or '"app/app.py"' in listed
    assert '.tf"' not in listed.replace('.yaml.tftpl"', "")


def test_plan_inside_the_output(plan: Path) -> None:
    out = plan.parent.parent
    assert synth(plan, "-o", str(out)) == 0
    assert synth(plan, "-o", str(out), "--check") == 0
    assert plan.read_text() == PLAN


@pytest.mark.parametrize("name", [b"\xff.yaml", b"a\xe9b"])
def test_names_that_are_no_text(name: bytes, plan: Path, capfd: pytest.CaptureFixture[str]) -> None:
    odd = os.fsdecode(os.fsencode(plan.parent) + b"/" + name)
    shutil.copy(plan, odd)
    assert run(["synth", odd, *TARGET]) == 2
    assert run(["synth", str(plan), "-e", odd]) == 2
    assert "is not UTF-8" in capfd.readouterr().err
    Path(odd).rename(os.fsdecode(os.fsencode(plan.parent / "app") + b"/" + name))
    assert synth(plan) == 1
    assert "error[CAMP132]" in capfd.readouterr().err
    assert not (plan.parent / "infra").exists()


@dataclass
class Somebody:
    """Runs a command, wherever it is said from."""

    command: list[str]

    def __call__(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command, capture_output=True, text=True, check=False, cwd="/")


@pytest.fixture
def somebody(plan: Path) -> Iterator[Somebody]:
    """Runs it without the superuser's right to read and write everything.

    Not as another user: pytest closes its folders to others whenever a run begins, those of this one too.
    """
    prefix = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.geteuid() == 0 else ()
    command = [*prefix, sys.executable, "-m", "camp2iac.cli", "synth", str(plan), *TARGET]
    if subprocess.run([*command[:-4], "--help"], capture_output=True, check=False, cwd="/").returncode:
        pytest.skip("NOT RUN: the superuser's rights cannot be laid down here")
    yield Somebody(command)
    for path in plan.parent.rglob("*"):
        path.chmod(0o700)


def test_a_folder_that_cannot_be_written(plan: Path, somebody: Somebody) -> None:
    (plan.parent / "infra").mkdir()
    (plan.parent / "infra").chmod(0o555)
    done = somebody()
    assert (done.returncode, done.stderr.count("CAMP704")) == (1, 2)
    assert "Permission denied" in done.stderr


def test_content_that_cannot_be_read(plan: Path, somebody: Somebody) -> None:
    (plan.parent / "app/app.py").chmod(0)
    done = somebody()
    assert (done.returncode, "error[CAMP138]: app.py cannot be read" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("option", ["", "-e", "--catalogue"])
def test_a_folder_that_cannot_be_entered(option: str, plan: Path, somebody: Somebody) -> None:
    """Whatever is named in it: not even whether it is there can be asked, and that is no bug."""
    closed = plan.parent if not option else plan.parent.parent / "closed"
    closed.mkdir(exist_ok=True)
    (closed / "product.yaml").touch()
    if option:
        somebody.command += [option, str(closed / "product.yaml" if option == "-e" else closed)]
    closed.chmod(0o600)
    done = somebody()
    closed.chmod(0o700)
    assert (done.returncode, f"error: {closed}" in done.stderr) == (1, True), done.stderr
    assert "Permission denied" in done.stderr
    assert "bug" not in done.stderr


@pytest.mark.parametrize("change", ["gone", "longer"])
@pytest.mark.parametrize("reads", range(4))
def test_files_that_change_during_the_run(change: str, reads: int, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read when: a diagnostic, or a module whose own digests notice it before an apply."""
    count = [0]
    file = plan.parent / "app/app.py"
    read = FolderPackage.read

    def hook(self: FolderPackage, path: str) -> bytes:
        count[0] += 1
        if count[0] == reads + 1:
            file.unlink() if change == "gone" else file.write_text("def app(environ, start):\n    return []\n")
        return read(self, path)

    monkeypatch.setattr(FolderPackage, "read", hook)
    for target in ("openstack", "heroku"):
        count[0] = 0
        file.write_text("def app(environ, start):\n    pass\n")
        loaded = phases.load(plan)
        compiled = phases.compile(loaded, target=target, output=plan.parent / "infra")
        assert (compiled.result is None) == phases.failed(compiled.diagnostics)
        if phases.failed(compiled.diagnostics):
            assert {each.code for each in compiled.diagnostics if each.level.value == "error"} <= {"CAMP138", "CAMP429"}
