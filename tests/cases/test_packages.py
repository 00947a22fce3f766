"""One plan in every form that it may come in: what comes out is the same."""

from __future__ import annotations

import io
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support.compiler import camp2iac, difference, tree
from support.plans import EXAMPLES

SOURCE_MAPS = (".camp2iac.json", ".camp2iac.digests.json")  # name the package


def _members(package: Path) -> dict[str, bytes]:
    kept = (each for each in sorted(package.rglob("*")) if each.is_file())
    return {each.relative_to(package).as_posix(): each.read_bytes() for each in kept}


def zip_of(package: Path) -> bytes:
    """A PDP as a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _members(package).items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(package: Path, mode: str = "w") -> bytes:
    """A PDP as a TAR archive, compressed or not."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in _members(package).items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def tgz_of(package: Path) -> bytes:
    """A PDP as a compressed TAR archive."""
    return tar_of(package, "w:gz")


@pytest.fixture(scope="module", params=["openstack", "heroku"])
def environment(request: pytest.FixtureRequest) -> Path:
    """Each environment of the example whose content is the package itself."""
    return EXAMPLES / "wsgi" / "environments" / f"{request.param}.yaml"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The example without output and environments."""
    shutil.copytree(EXAMPLES / "wsgi", tmp_path / "wsgi", ignore=shutil.ignore_patterns("infra", "environments"))
    return tmp_path / "wsgi"


def _out(source: Path, environment: Path, output: Path) -> dict[str, tuple[bool, bytes]]:
    camp2iac("synth", source, "-e", environment, "-o", output)
    return {path: each for path, each in tree(output).items() if path not in (*SOURCE_MAPS, "README.md")}


@pytest.mark.parametrize("form", [zip_of, tar_of, tgz_of], ids=lambda form: form.__name__)
def test_archives_are_as_their_folder(
    form: Callable[[Path], bytes], package: Path, environment: Path, tmp_path: Path
) -> None:
    folder = _out(package, environment, tmp_path / "of-folder")
    assert folder
    archive = tmp_path / "package"  # told apart by content: no suffix says what it is
    archive.write_bytes(form(package))
    assert not difference(folder, _out(archive, environment, tmp_path / "of-archive"))


def test_the_plan_stands_for_its_folder(package: Path, environment: Path, tmp_path: Path) -> None:
    folder = _out(package, environment, tmp_path / "of-folder")
    assert not difference(folder, _out(package / "camp.yaml", environment, tmp_path / "of-plan"))


def test_archive_by_standard_input(package: Path, environment: Path, tmp_path: Path) -> None:
    folder = _out(package, environment, tmp_path / "of-folder")
    output = tmp_path / "of-input"
    camp2iac("synth", "-", "-e", environment, "-o", output, stdin=zip_of(package))
    found = {path: each for path, each in tree(output).items() if path not in (*SOURCE_MAPS, "README.md")}
    assert not difference(folder, found)


def test_output_on_standard_output(package: Path, environment: Path) -> None:
    assert "required_providers" in camp2iac("synth", package, "-e", environment, "-o", "-")
