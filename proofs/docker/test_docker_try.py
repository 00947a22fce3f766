"""The first command of README.md on a Docker engine: `examples/try.sh --yes`, its page, and how it says to end it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from docker_engine import curl, held, left, make_room, remove, until
from docker_images import give_images
from docker_uses import USES
from support.compiler import camp2iac

ROOT = Path(__file__).resolve().parents[2]
IMAGE = "docker_image"
KINDS = ("docker_container", IMAGE, "docker_network", "docker_volume")
SECONDS = 300

pytestmark = pytest.mark.docker


def everything() -> set[tuple[str, str]]:
    """Kinds and names of all that the engine has."""
    return {(kind, name) for kind in KINDS for name in held(kind)}


def shell(command: str, stdin: str = "") -> str:
    """What a command says that ends well."""
    done = subprocess.run(
        ["bash", "-c", command], input=stdin, capture_output=True, text=True, check=False, timeout=SECONDS, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_first_command(tmp_path: Path) -> None:
    words = "synth camp.yaml -e environments/docker.yaml -q -o"
    camp2iac(*words.split(), tmp_path / "module", cwd=ROOT / "examples/guestbook")
    give_images(tmp_path / "module")
    make_room({(kind, name) for kind, name in everything() if kind != IMAGE and name.startswith("guestbook-")})
    before = everything()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path))
        try:
            said = shell("examples/try.sh --yes")
            made = everything() - before
            assert {kind for kind, _ in made} == set(KINDS), made
            url = re.findall(r"^The page: (http://localhost:\d+)$", said, re.M)
            assert len(url) == 1, said
            until(lambda: "the first guest" in curl(url[0], fail=False), "a row of the database on the page")
            visit = USES["guestbook"].visit
            assert visit.write is not None
            rows = visit.rows(curl(url[0]))
            curl(url[0], "--output", os.devnull, *visit.write(curl(url[0])))
            assert len(visit.rows(curl(url[0]))) == len(rows) + 1
            removing = said.partition("To remove all of it:\n")[2].splitlines()
            assert len(removing) == 2, said
            for command in removing:
                shell(command, stdin="yes\n")
            assert not left(made), left(made)
            assert not list(tmp_path.glob("tmp.*"))
        finally:
            # what appeared under another name may be someone else's
            remove({(kind, name) for kind, name in everything() - before if name.startswith("guestbook-")})
