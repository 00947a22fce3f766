"""What the user sees for a wrong plan. Each folder here is a case:

- ``camp.yaml`` and the files beside it;
- ``args`` (optional): arguments for ``camp2iac validate``, one per line (another PLAN than camp.yaml, or options);
- ``expected.txt``: the exact standard output, in the format plain.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from camp2iac.cli import run
from camp2iac.diagnostics.codes import PAGES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CASES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and path.name != "__pycache__")
ELSEWHERE = dict(line.split(maxsplit=1) for line in (HERE / "elsewhere.txt").read_text().splitlines() if line.strip())

TAKE_A_VALUE = {"-e", "--environment", "--target", "--set", "--catalogue", "--output", "--signer"}


def arguments(case: str) -> list[str]:
    """The arguments of ``camp2iac validate``."""
    file = HERE / case / "args"
    extra = file.read_text().splitlines() if file.exists() else []
    words = [word for word, before in zip(extra, ["", *extra], strict=False) if before not in TAKE_A_VALUE]
    plan = [] if any(not word.startswith("-") or word == "-" for word in words) else ["camp.yaml"]
    return [*plan, *extra]


@pytest.mark.parametrize("case", CASES)
def test_the_report(
    case: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[Path, str], None],
) -> None:
    shutil.copytree(HERE / case, tmp_path / case, symlinks=True, ignore=shutil.ignore_patterns("expected.txt", "args"))
    monkeypatch.chdir(tmp_path / case)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    status = run(["validate", *arguments(case)])
    out, err = capsys.readouterr()
    assert not err
    golden(HERE / case / "expected.txt", out)
    assert status == (1 if re.search(r"^error\[", out, re.MULTILINE) else 0)
    code = re.match(r"CAMP\d+", case)
    assert code is None or f"[{code[0]}]" in out, f"{case} does not show {code and code[0]}"


@cache
def shown() -> set[str]:
    """The codes in the expected output of all cases."""
    texts = (file.read_text() for file in HERE.glob("*/expected.txt"))
    return {code for text in texts for code in re.findall(r"^\w+\[(CAMP\d+)\]", text, re.MULTILINE)}


@cache
def raised() -> set[str]:
    """The codes in the source."""
    sources = (file.read_text() for file in (ROOT / "camp2iac").rglob("*.py"))
    return {code for source in sources for code in re.findall(r"[\"'](CAMP\d{3})[\"']", source)}


def test_every_code_has_a_page() -> None:
    assert not raised() - set(PAGES)


def test_every_page_is_of_a_code() -> None:
    assert not set(PAGES) - raised()


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_explains(code: str) -> None:
    page = PAGES[code]
    assert page.title
    assert not page.title.endswith(".")
    assert len(page.title) <= 100
    assert re.search(
        r"\b(right|instead|remedy|write|add|remove|give|use|rename|keep|put|name)\b", page.text, re.IGNORECASE
    )
    assert "/work" not in page.text


@pytest.mark.parametrize("code", sorted(PAGES))
def test_every_code_has_a_case(code: str) -> None:
    if code in shown():
        assert code not in ELSEWHERE, f"{code} has a case: take it out of elsewhere.txt"
        return
    assert code in ELSEWHERE, f"no case shows {code}, and elsewhere.txt names no test"
    file, _, name = ELSEWHERE[code].partition("::")
    source = (ROOT / file).read_text()
    assert f"def {name}(" in source
    assert code in source, f"{file} does not speak of {code}"
