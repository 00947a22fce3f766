"""Writes an output folder in a process that is killed at one of its steps, at each in turn, and writes again.

A step is whatever changes the file system: a file opened for writing, a rename, a removal, a folder made or removed.
Run as a process of its own, since it forks.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from camp2iac.synth import folder, journal
from camp2iac.synth.folder import Output, WriteReport
from camp2iac.synth.sourcemap import SourceMap

STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree")
OLD = {"web.tf": b"old\n", "a/stays.sh": b"same\n", "a/b/goes.sh": b"old\n", "changes.sh": b"old\n", "run": b"x"}
NEW = {"web.tf": b"new\n", "a/stays.sh": b"same\n", "c/d/comes.sh": b"new\n", "changes.sh": b"new\n", "run": b"x"}
OTHER = {"web.tf": b"other\n", "e/else.sh": b"other\n"}


def output(files: Mapping[str, bytes], name: str) -> Output:
    return Output(files, SourceMap("openstack", name, None), frozenset({"run"} if name == "new" else ()))


def write(directory: Path, name: str, **options: bool) -> WriteReport:
    return folder.write(output({"old": OLD, "new": NEW, "other": OTHER}[name], name), directory, **options)


def killed(step: int, directory: Path, name: str) -> bool:
    """Whether a process that writes it was killed at that step; False when it has written it in fewer."""
    child = os.fork()
    if not child:
        left = step

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal left
            writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
            if writes or event in STEPS:
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        sys.addaudithook(hook)
        try:
            write(directory, name)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def contents(directory: Path) -> dict[str, bytes | None]:
    """Files to their bytes, folders to None."""
    found = sorted(directory.rglob("*"))
    return {str(path.relative_to(directory)): path.read_bytes() if path.is_file() else None for path in found}


def fresh(base: Path, name: str) -> dict[str, bytes | None]:
    """What the folder is when nothing was interrupted."""
    directory = base / f"fresh-{name}"
    assert not write(directory, name).refused
    found = contents(directory)
    shutil.rmtree(directory)
    return found


def states(base: Path, before: str | None, first: str) -> Iterator[Path]:
    """The folder after ``first`` was killed at its first step, its second, and so on."""
    step = 0
    while True:
        directory = base / "out"
        shutil.rmtree(directory, ignore_errors=True)
        if before:
            write(directory, before)
        if not killed(step, directory, first):
            return
        yield directory
        step += 1


def again(base: Path, before: str | None, name: str) -> int:
    """Killed at each step, the next run (of this output or another) does all of its work and leaves nothing."""
    count, wanted = 0, fresh(base, name)
    for directory in states(base, before, "new"):
        count += 1
        left = contents(directory)
        report = write(directory, name, check=True)
        assert not report.refused, (count, report.refused)
        assert contents(directory) == left
        report = write(directory, name)
        assert not report.refused, (count, report.refused)
        assert contents(directory) == wanted, count
        assert os.access(directory / "run", os.X_OK) == (name == "new") or name == "other"
        assert not write(directory, name).changed
    return count


def twice(base: Path, before: str | None, _: str) -> int:
    """The run after it is killed as well, at each of its steps, and a third one completes the work."""
    count, wanted = 0, fresh(base, "other")
    for directory in states(base, before, "new"):
        kept = base / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        if directory.exists():
            shutil.copytree(directory, kept)
        step = 0
        while killed(step, directory, "other"):
            report = write(directory, "other")
            assert not report.refused, (count, step, report.refused)
            assert contents(directory) == wanted, (count, step)
            shutil.rmtree(directory)
            if kept.exists():
                shutil.copytree(kept, directory)
            step += 1
            count += 1
    return count


def by_hand(base: Path, before: str | None, name: str) -> int:
    """What somebody changes after it was killed is refused, and stays."""
    count = 0
    for directory in states(base, before, "new"):
        for path in ("web.tf", "c/d/comes.sh", "changes.sh"):
            if not (directory / path).exists():
                continue
            (directory / path).write_bytes(b"by hand\n")
            left = contents(directory)
            report = write(directory, name)
            codes = {item.code for item in report.refused}
            assert codes == {"CAMP702"}, (count, path, codes)
            assert contents(directory) == left
            assert not write(directory, name, force=True).refused
            count += 1
            break
    return count


def foreign(base: Path, before: str | None, name: str) -> int:
    """What was never ours is not touched."""
    count = 0
    for directory in states(base, before, "new"):
        directory.mkdir(exist_ok=True)
        (directory / "mine.tf").write_bytes(b"mine\n")
        (directory / "e").mkdir(exist_ok=True)
        (directory / "e/else.sh").write_bytes(b"mine\n")
        assert {item.code for item in write(directory, "other").refused} == {"CAMP701"}
        assert not write(directory, "new").refused
        assert (directory / "mine.tf").read_bytes() == (directory / "e/else.sh").read_bytes() == b"mine\n"
        count += 1
    return count


if __name__ == "__main__":
    what, place, was, then = sys.argv[1:]
    assert journal.STAGE == ".camp2iac-new"
    action = {"again": again, "twice": twice, "by_hand": by_hand, "foreign": foreign}[what]
    print(action(Path(place), was or None, then))
