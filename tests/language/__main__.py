"""``python -m tests.language [--count | --prune] [PATH...]``: what is wrong with the project's English.

Without paths: every text that is finished. With paths: these files and folders, finished or not. ``--count`` prints a
number for each unfinished file. ``--prune`` takes entries without findings out of unfinished.txt.
"""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from pathlib import Path

from tests.language.check import ROOT, UNFINISHED, check, is_unfinished, texts, unfinished


def main(arguments: list[str]) -> int:
    """Exit status 1 where anything was found."""
    options = {each for each in arguments if each.startswith("--")}
    paths = [Path(each).resolve() for each in arguments if not each.startswith("--")]
    if options - {"--count", "--prune"}:
        print(__doc__)
        return 2
    if "--prune" in options:
        return _prune()
    found = texts()
    if paths:
        found = [path for path in found if any(path == each or each in path.parents for each in paths)]
    else:
        found = [path for path in found if is_unfinished(path) == ("--count" in options)]
    if "--count" in options:
        for path in found:
            if number := sum(1 for _ in check(path)):
                print(f"{number:5} {path.relative_to(ROOT)}")
        return 0
    findings = [finding for path in found for finding in check(path)]
    print("\n".join(map(str, findings)) or f"{len(found)} files, nothing found")
    return bool(findings)


def _prune() -> int:
    dirty = [path.relative_to(ROOT).as_posix() for path in texts() if is_unfinished(path) and any(check(path))]
    kept = {entry for entry in unfinished() if any(fnmatchcase(name, entry) for name in dirty)}
    lines = UNFINISHED.read_text(encoding="utf-8").splitlines()
    UNFINISHED.write_text("".join(f"{line}\n" for line in lines if not line or line[0] == "#" or line in kept))
    return 0


sys.exit(main(sys.argv[1:]))
