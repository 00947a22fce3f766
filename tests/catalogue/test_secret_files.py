"""No script writes a file that all users can read, and closes it afterwards: they could read it in between."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "camp2iac"
FOLDERS = PACKAGE / "catalogue" / "products", PACKAGE / "targets" / "openstack" / "machine" / "scripts"
SCRIPTS = sorted(path for folder in FOLDERS for path in folder.rglob("*.sh*") if path.name.endswith((".sh", ".sh.j2")))
CLOSES = re.compile(r"\bchmod +(?:-R +)?(?:0?[0-7][0-7]0|[ugoa,]*o?-[rwx]*r[rwx]*)\b")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_have_their_mode_from_the_start(path: Path) -> None:
    """``install -m`` creates a file that only root can read, and then sets its mode."""
    assert not CLOSES.findall(path.read_text()), "use install -m, or umask before the file is written"


def test_the_pattern() -> None:
    for line in ("chmod 0640 /etc/x", "chmod 600 x", 'chmod o-r "$x"', "chmod -R 0750 x"):
        assert CLOSES.search(line), line
    for line in ("chmod 0644 x", "chmod 2775 x", "chmod -R u+rwX,go+rX,go-w x", "chmod 0755 x"):
        assert not CLOSES.search(line), line
