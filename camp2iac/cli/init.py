"""``camp2iac init``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import click

from camp2iac.cli.console import Console
from camp2iac.cli.options import common

PLAN = Path("camp.yaml")
LEFT_OUT = ("infra",)  # an example's output


@click.command("init")
@click.option("--from", "example", metavar="EXAMPLE", help="Copy an example, or any plan's folder, instead of asking.")
@common
@click.pass_obj
def command(console: Console, example: str | None) -> int:
    """Begin a plan in this folder: by questions, or from an example with its application.

    Nothing that is there is overwritten.

    \b
    camp2iac init
    camp2iac init --from guestbook
    camp2iac init --from ../plans/shop
    """
    if example is None:
        from camp2iac.cli.questions import ask

        _refuse([PLAN])  # before anything is asked
        files = {Path(name): text.encode() for name, text in ask().items()}
        sources: dict[Path, Path] = {}
    else:
        sources = _example(example)
        files = {}
    _refuse([*files, *sources])
    for path in sorted({*files, *sources}):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path in sources:
            shutil.copy(sources[path], path)
        else:
            with path.open("xb") as file:
                file.write(files[path])
        console.say(f"written: {path}")
    environments = sorted(path for path in {*files, *sources} if path.parts[0] == "environments")
    console.say("\nNext:\n  camp2iac validate camp.yaml")
    for path in environments:
        console.say(f"  camp2iac synth camp.yaml -e {path.as_posix()}")
    return 0


def _refuse(paths: Iterable[Path]) -> None:
    """A usage error if any is there."""
    there = sorted(str(path) for path in paths if os.path.lexists(path))
    if there:
        from camp2iac.diagnostics.suggest import listed

        raise click.UsageError(
            f"{listed(there)} {'is' if len(there) == 1 else 'are'} here already; nothing was written"
        )


def _examples() -> Path:
    """The examples' folder: in the package, or beside it in the repository."""
    package = Path(__file__).parents[1]
    inside = package / "_examples"
    return inside if inside.is_dir() else package.parent / "examples"


def _example(name: str) -> dict[Path, Path]:
    """An example's files: where they go, where they are."""
    from camp2iac.diagnostics.suggest import listed, nearest

    own = Path(name)
    if (own / PLAN).is_file() and own.resolve() != Path.cwd():  # from a library of one's own
        return _files(own)
    folder = _examples()
    names = sorted(path.parent.name for path in folder.glob("*/camp.yaml"))
    if name not in names:
        near = nearest(name, names)
        raise click.UsageError(
            f"there is no example {name!r}; " + (f"did you mean {near}?" if near else f"there are {listed(names)}")
        )
    return _files(folder / name)


def _files(folder: Path) -> dict[Path, Path]:
    """The files of a plan's folder, but for its output: where they go, where they are."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {
        path: source
        for path, source in found.items()
        if path.parts[0] not in LEFT_OUT and not {".git", "__pycache__", ".terraform"}.intersection(path.parts)
    }
