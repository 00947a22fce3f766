"""Process types: their commands, how many dynos of which size run, and the release phase."""

from __future__ import annotations

import re

from camp2iac.importers.amounts import at_least
from camp2iac.importers.draft import DraftService, DraftValue
from camp2iac.importers.formats.heroku import files
from camp2iac.importers.formats.heroku.state import HerokuSource, setting
from camp2iac.importers.part import SourcePart
from camp2iac.record import Record

_TYPE = re.compile(r"[a-z][a-z0-9-]{0,30}")
_LINE = re.compile(r"[\x00-\x1f\x7f]+")
_MOST = 100  # dynos in an environment file
_PROCESSES = "org.camp2iac:Process"
_ONE_OFF = ("run", "release", "console", "scheduler")
#: MiB of dyno sizes that have more than the smallest; devcenter.heroku.com/articles/dyno-tiers.
_MEMORY = {
    "standard-2x": 1024,
    "performance-m": 2560,
    "performance-l": 14336,
    "performance-l-ram": 30720,
    "performance-xl": 63488,
    "performance-2xl": 129024,
    "private-s": 1024,
    "private-m": 2560,
    "private-l": 14336,
    "shield-s": 1024,
    "shield-m": 2560,
    "shield-l": 14336,
}
_SIZES = {"eco", "basic", "standard-1x", *_MEMORY}
_OLD_SIZES = {
    "free": "eco",
    "hobby": "basic",
    "1x": "standard-1x",
    "2x": "standard-2x",
    "px": "performance-l",
    "performance": "performance-l",
}
_SIZE = re.compile(r"(?:private|shield|dyno)-[a-z0-9.-]{1,30}")


class FormationWish(Record):
    """What the source has for a process type. ``at``: the place of each."""

    count: int | None = None
    size: str = ""


def read(state: HerokuSource) -> None:
    """The processes of the plan, and their dynos on Heroku."""
    procfile = state.documents.get(files.PROCFILE)
    for type_, part in procfile.entries() if procfile is not None else ():
        if type_.startswith(files.IGNORED):
            part.left_out("Heroku does not read this line, or another line has the same process type")
        else:
            _command(state, type_, part, part.text())
    _manifest(state)
    _release(state)
    wishes: dict[str, FormationWish] = {}
    _running(state, wishes)
    formation = state.value(files.APP, "formation")
    for type_, part in formation.entries("a mapping of process types") if formation is not None else ():
        _stated(state, type_, part, wishes)
    for type_, wish in wishes.items():
        _dynos(state, type_, wish)
    if not _processes(state):
        state.artifact.requirements.remove(state.artifact.requirement(_PROCESSES))


def _processes(state: HerokuSource) -> dict[str, DraftValue]:
    """The process types of the plan."""
    return state.artifact.requirement(_PROCESSES).values


def _known(state: HerokuSource, type_: str) -> bool:
    """Whether the plan has a process type, or the code answers requests without naming it."""
    return type_ in _processes(state) or (type_ == "web" and state.code.web)


def _command(state: HerokuSource, type_: str, part: SourcePart, command: str) -> None:
    """A process of the plan."""
    line = _LINE.sub(" ", command).strip()
    own = _processes(state)
    name = re.sub(r"[^a-z0-9]+", "-", type_.lower()).strip("-")[:31]
    to = f"artifact {state.id}: Process, {name}"
    if not _TYPE.fullmatch(name) or (name != type_ and name in own):
        part.left_out("a plan has no such process type", "write a name of lower-case letters, digits and dashes")
    elif not line:
        part.wrong("the command of a process")
    elif name == "web" and "web" not in own and state.code.web and part.file == files.PROCFILE:
        found = state.artifact.requirements[0].type
        part.changed(
            f"artifact {state.id}: {found}",
            "Heroku runs the line; other platforms start what camp2iac finds in the code",
            "write  web: COMMAND  in org.camp2iac:Process for the same command everywhere",
        )
    else:
        own[name] = line
        if name == type_:
            part.kept(to)
        else:
            part.changed(to, "process types of a plan have lower-case letters, digits and dashes")


def _manifest(state: HerokuSource) -> None:
    """``run`` and ``release`` of ``heroku.yml``. A Procfile counts only if there is no ``run``."""
    run, release = state.value(files.MANIFEST, "run"), state.value(files.MANIFEST, "release")
    for type_, part in run.entries("a mapping of process types") if run is not None else ():
        _entry(state, type_, part)
    if release is not None:
        _entry(state, "release", release)


def _release(state: HerokuSource) -> None:
    """Remove the release command that only the framework suggests: the app that runs has none."""
    own = _processes(state)
    stated = state.value(files.PROCFILE, "release") or state.value(files.MANIFEST, "release")
    if state.running and stated is None:
        own.pop("release", None)


def _entry(state: HerokuSource, type_: str, part: SourcePart) -> None:
    command = part.get("command") if part.is_mapping else part
    image = part.get("image") if part.is_mapping else None
    if image is not None:
        image.changed(f"artifact {state.id}", "the plan has one image or build for all processes")
    if command is None:
        part.left_out("it has no command")
    elif command.is_list:
        _command(state, type_, command, " && ".join(each.text() for each in command.items()))
    elif command.is_scalar:
        _command(state, type_, command, command.text())
    else:
        command.wrong("a command")


def _running(state: HerokuSource, wishes: dict[str, FormationWish]) -> None:
    """The dynos that run: their numbers and sizes. Process types without a dyno are stopped."""
    document = state.documents.get(files.PS)
    if document is None:
        return
    for dyno in document.items("the list of dynos that  heroku ps --json  prints"):
        type_, size = dyno.get("type"), dyno.get("size")
        name = type_.text("a process type") if type_ is not None else ""
        if type_ is None or not name:
            dyno.wrong("a dyno with its type")
            continue
        if name in _ONE_OFF or not _known(state, name):
            dyno.left_out("it is a one-off dyno, or no file has its process type", "add its command to the Procfile")
            continue
        wish = wishes.setdefault(name, FormationWish(0))
        wish.count = (wish.count or 0) + 1
        type_.kept(setting(f"processes, {name}"))
        if size is not None:
            wish.size = _size(size, setting(f"dynos, {name}")) or wish.size
        dyno.kept("nothing: it is about a dyno that runs now")
    known = _processes(state)
    for name in [each for each in known if each not in ("release", "build", *wishes)]:
        wishes[name] = FormationWish(0)
    state.adopted["processes"] = sorted(wishes)


def _stated(state: HerokuSource, type_: str, part: SourcePart, wishes: dict[str, FormationWish]) -> None:
    """What ``app.json`` has for a process type, which is what new apps have."""
    quantity, size = part.get("quantity"), part.get("size")
    if not part.is_mapping:
        part.wrong("a mapping with quantity and size")
        return
    if files.PS in state.documents:
        part.changed(setting("dynos"), "the plan has what runs now, as .heroku/ps.json says")
        return
    if not _known(state, type_):
        part.left_out("no file has the command of this process type", "add it to the Procfile")
        return
    wish = wishes.setdefault(type_, FormationWish())
    if quantity is not None:
        text = quantity.text("a number of dynos")
        if not text.isascii() or not text.isdecimal() or len(text) > 6:
            quantity.wrong("a number of dynos")
        elif int(text) > _MOST:
            quantity.left_out(f"an environment file has at most {_MOST} dynos", "write  max  in org.camp2iac:Scale")
        else:
            wish.count = int(text)
            quantity.kept(f"artifact {state.id}: Process, {type_}" if type_ != "web" else f"service {state.id}: Scale")
    if size is not None:
        wish.size = _size(size, setting(f"dynos, {type_}"))


def _size(part: SourcePart, to: str) -> str:
    """A dyno size. Empty if Heroku has none of this name."""
    text = part.text("a dyno size").lower()
    if text in _SIZES or _SIZE.fullmatch(text):
        part.kept(to)
        return text
    if text in _OLD_SIZES:
        part.changed(to, "it is the earlier name of a size, or of one that Heroku does not have any more")
        return _OLD_SIZES[text]
    part.left_out("Heroku has no such dyno size", "write the size below  dynos  in the environment file")
    return ""


def _dynos(state: HerokuSource, type_: str, wish: FormationWish) -> None:
    """The number and size of the dynos of a process type, in the plan and in the environment file."""
    process = _processes(state)
    if wish.size:
        state.setting("dynos")[type_] = wish.size
    memory = _MEMORY.get(wish.size)
    main = type_ == "web" or (not state.code.web and next(iter(process)) == type_)
    if main:
        if memory:
            at_least(state.service, "memory", memory)
        if wish.count and wish.count > 1:
            state.service.characteristic("org.camp2iac:Scale").values["min"] = wish.count
        elif wish.count == 0:
            state.plan.steps.append(f"{type_} has no dyno: on Heroku, apply with  -var {state.id}_count=0")
        return
    own = DraftService(type_)
    values: dict[str, DraftValue] = {"command": process[type_]}
    if wish.count == 0:
        state.setting("processes")[type_] = 0
    elif wish.count and wish.count > 1:
        values["scale"] = wish.count
    if memory:
        at_least(own, "memory", memory)
        values["compute"] = dict(own.characteristic("org.camp2iac:Compute").values)
    if len(values) > 1:
        process[type_] = values
