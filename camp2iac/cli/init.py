"""``camp2iac init``."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camp2iac.cli import options, session
from camp2iac.cli.console import Console

if TYPE_CHECKING:
    from camp2iac.camp.folder import FolderPackage
    from camp2iac.cli.prompts import Prompts
    from camp2iac.detect import Findings
    from camp2iac.diagnostics import Diagnostic

PLAN = Path("camp.yaml")
MANIFEST = "camp.mf"
LEFT_OUT = ("infra",)  # the output of an example


@click.command("init")
@click.option("--from", "example", metavar="EXAMPLE", help="Copy an example, or the folder of any plan.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take the default of each question.")
@click.option(
    "--strict", is_flag=True, help="With --from: treat warnings as errors, and reject files that camp.mf does not list."
)
@options.signer
@options.report("pretty", "json")
@options.common
@click.pass_obj
def command(console: Console, example: str | None, yes: bool, strict: bool, signer: str | None, output: str) -> int:
    """Write a plan for this folder.

    camp2iac reads the code in the folder, without running it, and writes the plan that fits. It prints which file each
    part of the plan comes from, and asks only what the files do not show. In a folder without code, it asks for
    everything. Without a terminal, each question has its default as its answer.

    In a git repository, the environment file for OpenStack names the remote: instances get content that is too large
    for user data from there. Credentials in its URL are never written.

    With --from, it copies an example or another plan's folder instead, without the output, and without files that git
    ignores or that are never content.

    Existing files are never overwritten, and links that lead out of a folder are refused.

    \b
    camp2iac init --yes
    camp2iac init --from guestbook
    camp2iac init --from ../plans/shop
    """
    if example is not None:
        return _copied(console, example, strict, signer, output)
    if strict or signer is not None:
        raise click.UsageError("--strict and --signer are for the package that --from names")
    from camp2iac.cli.prompts import Prompts

    _refuse([PLAN])  # before anything is asked
    prompts = Prompts(yes)
    package = _here()
    names = package.everything()
    console.diagnostics(package.problems, {})
    if session.failed(package.problems):
        return 1
    from camp2iac import detect
    from camp2iac.catalogue import load

    findings = detect.look(package, load()) if names else None
    if findings is not None and (findings.applications or findings.others):
        return _found(console, prompts, findings, output)
    from camp2iac.cli import releases
    from camp2iac.cli.questions import ask

    number = f"its {len(names)} files" if len(names) > 1 else "its only file"
    nothing = f"camp2iac recognises no application in this folder, in {number}" if names else "This folder has no files"
    console.say(f"{nothing}. The plan is a start: its comments say what to change.")
    files = {name: text.encode() for name, text in ask(prompts, {releases.TARGET: releases.example()}).items()}
    _refuse(map(Path, files))
    for name in sorted(files):
        _write(Path(name), files[name], 0o666)
        console.say(f"written: {name}")
    _schemas(console)
    _next(console, list(files), _helps(_unready(files)), output=output)
    return 0


def _found(console: Console, prompts: Prompts, findings: Findings, output: str) -> int:
    """A plan for the applications that were found."""
    from camp2iac.cli import repository
    from camp2iac.targets import registry

    targets = registry.names()
    chosen = repository.choose(findings, prompts, console)
    if chosen is None:
        unknown = any(each.start.question for each in findings.applications)
        more = ": the files do not show what to run. At a terminal, init asks for it" if unknown else ""
        console.error(f"no plan was written{more}")
        return 1
    _refuse([PLAN, *(Path("environments", f"{target}.yaml") for target in targets)])
    _write(PLAN, chosen.text.encode(), 0o666)
    try:
        made = repository.environments(chosen, targets, prompts, console)
    except BaseException:
        PLAN.unlink(missing_ok=True)
        raise
    console.say(f"written: {PLAN}")
    for name in sorted(made.files):
        _write(Path(name), made.files[name].encode(), 0o666)
        console.say(f"written: {name}")
    _settle([Path(name) for name in made.files])
    _schemas(console)
    unready = [] if chosen.builds else _errors(Path(), [Path(name) for name in made.files]).values()
    _next(console, [str(PLAN), *made.files], {**_helps(unready), **made.todo}, chosen.builds, output=output)
    return 0


def _settle(environments: Sequence[Path]) -> None:
    """Apply the sure fixes to the new environment files: for example, name the app that owns an add-on of several."""
    from camp2iac.cli import fixing

    for path in environments:
        for _ in range(fixing.ROUNDS):
            found = session.read(PLAN, leave_out=environments).check(path).diagnostics
            texts = {path.as_posix(): path.read_text(encoding="utf-8")}
            edits = fixing.edits(found, texts, {path.as_posix(): path}, {})
            if not edits:
                break
            fixing.save(edits[0])


def _schemas(console: Console) -> None:
    """The schemas that the first lines of the files name."""
    from camp2iac.cli import editor
    from camp2iac.detect.modelines import FOLDER

    editor.write(Path())
    console.say(f"written: {FOLDER}/  (schemas for your editor: commit them)")


def _copied(console: Console, example: str, strict: bool, signer: str | None, output: str) -> int:
    """The copy of an example or of another plan's folder."""
    folder = _example(example)
    verified = _verified(console, folder, strict, signer)
    if verified is None:
        return 1
    package = _package(folder)
    names = list(package.everything())
    console.diagnostics(package.problems, {})
    if session.failed(package.problems):
        return 1
    if str(PLAN) not in names:
        raise click.UsageError(f"{package.name} has no {PLAN} that may be copied: a rule leaves it out")
    _refuse(map(Path, names))
    for name in names:
        try:
            data, runs = package.read(name), package.is_executable(name)
            if verified.get(name, digest := hashlib.sha256(data).hexdigest()) != digest:
                raise OSError(errno.ESTALE, "it changed while camp2iac read it", name)
        except OSError as error:
            raise click.ClickException(f"{name} cannot be read: {error.strerror}") from None
        _write(Path(name), data, 0o777 if runs else 0o666)
        console.say(f"written: {name}")
    _next(console, names, {}, output=output)
    return 0


def _verified(console: Console, folder: Path, strict: bool, signer: str | None) -> Mapping[str, str] | None:
    """The SHA-256 of each file that the package's manifest lists; None after printing why it is rejected."""
    if not strict and signer is None and not os.path.lexists(folder / MANIFEST):
        return {}
    reading = session.read(folder, strict=strict, signer=signer).reading
    found = session.severe(reading.diagnostics) if strict else list(reading.diagnostics)
    console.diagnostics(found, reading.texts)
    if reading.source is None or session.failed(found):
        return None
    package = reading.source.package
    return {name: package.sha256(name) for name in package.everything() if package.listed(name)}


def _next(
    console: Console,
    names: Sequence[str],
    unready: Mapping[str, str],
    builds: Mapping[str, str] | None = None,
    *,
    output: str,
) -> None:
    """The commands to run next, and what to build and to fix before.

    ``names``: the files that were written. ``unready``: what prevents the commands from succeeding, and what to do
    about it. ``output``: the format.
    """
    first = {f"{build}  creates {content}": "" for content, build in (builds or {}).items()}
    first.update(unready)
    commands = ["camp2iac validate"]
    if any(name.startswith("environments/") for name in names):
        commands.append("camp2iac synth")
    if output == "json":
        from camp2iac.cli import reports

        items = [{"message": words, "hint": how or None} for words, how in first.items()]
        console.result(reports.text({"written": sorted(names), "first": items, "next": commands}))
        return
    console.say("\nNext:")
    for words, how in first.items():
        help_ = how.replace("\n", "\n         ")
        console.say(f"  first: {words}" + (f"\n         {help_}" if help_ else ""))
    for command_ in commands:
        console.say(f"  {command_}")


def _helps(found: Iterable[Diagnostic]) -> dict[str, str]:
    """The messages of diagnostics, and their help."""
    return {each.message: each.help for each in found}


def _unready(files: Mapping[str, bytes]) -> list[Diagnostic]:
    """What still prevents the plan from being compiled. Usually, its application does not exist yet.

    If the folder with the content does not exist either, this includes what would be wrong with an empty one.
    """
    from tempfile import TemporaryDirectory

    from camp2iac.cli.questions import content

    environments = [Path(name) for name in files if name != str(PLAN)]
    found = _errors(Path(), environments)
    folder = content(files[str(PLAN)].decode())
    if folder is not None and not os.path.lexists(folder):
        with TemporaryDirectory() as place:
            for name, data in files.items():
                _write(Path(place, name), data, 0o666)
            Path(place, folder).mkdir(parents=True, exist_ok=True)
            found |= _errors(Path(place), environments)
    return list(found.values())


def _errors(folder: Path, environments: Sequence[Path]) -> dict[str, Diagnostic]:
    """The errors in the plan of a folder, by message."""
    from camp2iac.diagnostics import Severity

    found: dict[str, Diagnostic] = {}
    places: list[Path | None] = [folder / each for each in environments]
    plan = session.read(folder / PLAN, leave_out=[each for each in places if each])
    for environment in places or [None]:
        for each in plan.check(environment).diagnostics:
            if each.level is Severity.ERROR:
                found.setdefault(each.message, each)
    return found


def _refuse(paths: Iterable[Path]) -> None:
    """A usage error if a path exists, or if something above it is not a plain folder."""
    paths = list(paths)
    there = sorted(str(path) for path in paths if os.path.lexists(path))
    if not there:
        folders = dict.fromkeys(folder for path in paths for folder in path.parents)
        there = sorted(str(folder) for folder in folders if not _may_hold(folder))
        kind = "not a plain folder"
    else:
        kind = "here already"
    if there:
        from camp2iac.diagnostics.suggest import listed

        raise click.UsageError(f"{listed(there)} {'is' if len(there) == 1 else 'are'} {kind}; nothing was written")


def _may_hold(folder: Path) -> bool:
    """Whether a folder exists and is not a link, or can be created. The working directory may be anything."""
    try:
        return folder == Path() or stat.S_ISDIR(folder.lstat().st_mode)
    except FileNotFoundError:
        return True
    except NotADirectoryError:  # reported for the folder above
        return True


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write a new file. Never overwrite a file or follow a link."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not _may_hold(path.parent):  # created since the check
            raise NotADirectoryError(20, "not a plain folder")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None


def _examples() -> Path:
    """The folder with the examples: in the package, or beside it in the repository."""
    package = Path(__file__).parents[1]
    inside = package / "_examples"
    return inside if inside.is_dir() else package.parent / "examples"


def _example(name: str) -> Path:
    """The folder of an example, or of the user's own plan."""
    from camp2iac.diagnostics.suggest import listed, nearest

    own = Path(name)
    if options.exists(own) and (own / PLAN).is_file() and not _is_here(own):  # from the user's own library
        return own
    folder = _examples()
    names = sorted(path.parent.name for path in folder.glob("*/camp.yaml"))
    if name not in names and options.is_folder(own):
        here = _is_here(own)
        raise click.UsageError(
            "this is the folder itself: name another to copy from"
            if here
            else f"the folder {options.printed(name)} has no {PLAN}"
        )
    if name not in names:
        near = nearest(name, names)
        raise click.UsageError(
            f"there is no example {options.printed(repr(name))}; "
            + (f"did you mean {near}?" if near else f"there are {listed(names)}")
        )
    return folder / name


def _is_here(folder: Path) -> bool:
    return os.path.realpath(folder) == os.path.realpath(Path.cwd())


def _here() -> FolderPackage:
    """This folder, by the rules for content, without output and environment files."""
    from camp2iac.camp.folder import FolderPackage

    return FolderPackage(Path(), "./", plan="", leave_out=[Path(session.INFRA), Path(session.ENVIRONMENTS)])


def _package(folder: Path) -> FolderPackage:
    """A plan's folder, by the rules for content, without its output."""
    from camp2iac.camp.folder import FolderPackage

    return FolderPackage(folder, f"{folder}/", plan="", leave_out=[folder / name for name in LEFT_OUT])
