"""Runs the commands of a page as its reader does: block after block, in the same shell, as it were."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import site_text

from support.terraform import Terraform

#: `init`: one at a time, with the lock file of the first, like `Terraform.init`
_TERRAFORM = """\
#!/bin/sh
case " $* " in
*" init "*) cp {lock_file} . 2> /dev/null; exec flock {lock} {command} "$@" ;;
esac
exec {command} "$@"
"""


class Block(NamedTuple):
    """A block of commands, and the lines that the page shows of their output."""

    line: int
    commands: str
    shown: list[str]


def sections(text: str) -> dict[str, list[Block]]:
    """The blocks below each heading of the second level."""
    fences = list(site_text.fences(text))
    lines = text.splitlines()
    found: dict[str, list[Block]] = {}
    for block, after in zip_longest(fences, fences[1:]):
        if block.language == "sh":
            heading = next(each for each in reversed(lines[: block.line]) if each.startswith("## "))
            shown = after.text.splitlines() if after and after.language == "text" else []
            found.setdefault(heading[3:], []).append(Block(block.line, block.text, shown))
    return found


class PageRun:
    """A page in a folder. ``run`` runs a section; ``left`` are those that were not run."""

    def __init__(self, page: Path, folder: Path, terraform: Terraform, environment: Mapping[str, str]) -> None:
        self.page, self.here = page, folder / "reader"
        self.left = sections(page.read_text(encoding="utf-8"))
        self.here.mkdir()
        self.exported = folder / "exported"
        self.exported.touch()
        self.ended = folder / "ended"
        programs = folder / "programs"
        programs.mkdir()
        (programs / "terraform").write_text(
            _TERRAFORM.format(
                lock_file=shlex.quote(str(terraform.cache / "start/.terraform.lock.hcl")),
                lock=shlex.quote(str(terraform.cache / ".lock")),
                command=shlex.join(terraform.command),
            )
        )
        (programs / "camp2iac").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m camp2iac "$@"\n')
        for each in programs.iterdir():
            each.chmod(0o755)
        self.environment = {**terraform.environment, **environment}
        self.environment["PATH"] = f"{programs}:{self.environment['PATH']}"

    def run(self, section: str) -> str:
        """Run the blocks of a section, and return what they print. Each line that the page shows is printed."""
        return "".join(self._run(block) for block in self.left.pop(section))

    def _run(self, block: Block) -> str:
        exported, ended = shlex.quote(str(self.exported)), shlex.quote(str(self.ended))
        script = f". {exported}\n{block.commands}\nexport -p > {exported}\npwd > {ended}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        place = f"{self.page.name}:{block.line}"
        printed = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
        assert done.returncode == 0, f"{place}:\n{printed}"
        self.here = Path(self.ended.read_text().strip())
        rest = iter(printed.splitlines())
        for line in block.shown:
            assert any(each.startswith(line) for each in rest), f"{place}: not printed: {line}\n{printed}"
        return printed
