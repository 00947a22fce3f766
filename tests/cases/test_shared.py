"""What several cases expect stands once, and is called what it was called before."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from support.plans import CASES
from support.share import SHARED, expected, in_full, share


def test_no_expected_file_is_a_copy_of_another() -> None:
    groups: dict[tuple[str, bytes, bool], list[Path]] = defaultdict(list)
    for path in expected(CASES):
        groups[path.name, path.read_bytes(), bool(path.stat().st_mode & 0o100)].append(path)
    copies = [path for paths in groups.values() if len(paths) > 1 for path in paths if not path.is_symlink()]
    assert not copies, "pytest --regen makes links of them"
    linked = {path.resolve() for path in expected(CASES) if path.is_symlink()}
    assert linked == set(SHARED.iterdir())


def _cases(folder: Path, texts: dict[str, str]) -> Path:
    for case, text in texts.items():
        file = folder / f"cases/area/{case}/expected/openstack/scripts/wait.sh"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)
    return folder / "cases"


def _shown(folder: Path) -> dict[str, str]:
    """Of each case: what it links to; of what it does not link: its text."""
    return {
        path.parts[-5]: path.resolve().name if path.is_symlink() else path.read_text()
        for path in expected(folder / "cases")
    }


def test_what_two_expect_stands_once(tmp_path: Path) -> None:
    cases = _cases(tmp_path, {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2", "f": "3"})
    share(cases, tmp_path / "shared", {})
    assert _shown(tmp_path) == dict.fromkeys("ab", "wait-2.sh") | dict.fromkeys("cde", "wait.sh") | {"f": "3"}
    shared = {path.name: (path.read_text(), path.stat().st_mode & 0o777) for path in (tmp_path / "shared").iterdir()}
    assert shared == {"wait.sh": ("2", 0o755), "wait-2.sh": ("1", 0o755)}


def test_a_name_outlives_the_text(tmp_path: Path) -> None:
    """So that a script that changes everywhere changes one file."""
    first = dict.fromkeys("abc", "old") | dict.fromkeys("de", "other")
    share(_cases(tmp_path, first), tmp_path / "shared", {})
    assert _shown(tmp_path) == dict.fromkeys("abc", "wait.sh") | dict.fromkeys("de", "wait-2.sh")
    were = in_full(tmp_path / "cases")
    assert _shown(tmp_path) == first
    second = dict.fromkeys("ab", "new") | {"c": "its own"} | dict.fromkeys("dez", "other")
    share(_cases(tmp_path, second), tmp_path / "shared", were)
    assert _shown(tmp_path) == dict.fromkeys("ab", "wait.sh") | {"c": "its own"} | dict.fromkeys("dez", "wait-2.sh")
    assert (tmp_path / "shared/wait.sh").read_text() == "new"


def test_shared_no_longer(tmp_path: Path) -> None:
    share(_cases(tmp_path, {"a": "1", "b": "1"}), tmp_path / "shared", {})
    were = in_full(tmp_path / "cases")
    share(_cases(tmp_path, {"b": "2"}), tmp_path / "shared", were)
    assert _shown(tmp_path) == {"a": "1", "b": "2"}
    assert not list((tmp_path / "shared").iterdir())
