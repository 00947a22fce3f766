"""How often a command calls functions of camp2iac, and how often these call functions in C: ``counted.py ARGUMENT...``.

Prints the number, with what imports cost. It does not depend on the machine, its load, or the versions of libraries.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

_EVENTS = ("call", "c_call")


def main(arguments: list[str]) -> int:
    """Run the command. Its exit status."""
    spec = find_spec("camp2iac")
    package = str(Path(spec.origin).parent) if spec is not None and spec.origin is not None else ""
    known: dict[str, bool] = {}
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        if event in _EVENTS:
            file = frame.f_code.co_filename
            ours = known.get(file)
            if ours is None:
                ours = known[file] = file.startswith(package)
            calls += ours

    sys.setprofile(count)
    from camp2iac import cli

    status = cli.run(arguments)
    sys.setprofile(None)
    sys.stdout.flush()
    sys.stderr.write(f"\ncalls: {calls}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
