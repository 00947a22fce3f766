"""Programs that read a file, a script or an application of the content: ``npm run``, ``rake``, ``gunicorn``.

What each reads is data. An option that is not listed can change what a program reads, so nothing is checked then.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping

from camp2iac.diagnostics.suggest import listed, nearest
from camp2iac.record import Record
from camp2iac.targets.programs.case import Case
from camp2iac.targets.programs.contents import ContentFiles
from camp2iac.targets.programs.languages import python
from camp2iac.targets.programs.languages.jars import no_class
from camp2iac.targets.programs.lines import Command


class CommandFault(Record, frozen=True):
    """What a command runs that the content does not have, the label, and what to do."""

    what: str
    label: str
    help: str


class ReadsFile(Record, frozen=True):
    """A program that needs one of these files. ``other``: arguments with which it reads another one, as a pattern."""

    files: tuple[str, ...]
    other: str = r"$^"


class Serves(Record, frozen=True):
    """A program that imports ``module:name``. ``flags``: options without a value. ``after``: options before the name;
    empty: it is an argument. ``default``: the name if the line has only the module; empty: any.
    """

    flags: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    default: str = ""


_FILES: Mapping[str, ReadsFile] = {
    "rake": ReadsFile(("Rakefile", "rakefile", "Rakefile.rb", "rakefile.rb"), r"-[fgGN].*|--(rakefile|system).*"),
    "rails": ReadsFile(("bin/rails", "script/rails"), r"new|--?(v|version|h|help)"),
    "rackup": ReadsFile(("config.ru",), r".*\.(ru|rb)|-[b].*|--builder.*"),
    "puma": ReadsFile(("config.ru", "config/puma.rb"), r"-C.*|--config.*|.*\.ru"),
    "unicorn": ReadsFile(("config.ru",), r".*\.ru"),
    "thin": ReadsFile(("config.ru",), r"-[RaCc].*|--(rackup|adapter|config|chdir).*"),
}
_GUNICORN = frozenset(("--reload", "--preload", "--daemon", "-R", "--capture-output", "--no-sendfile"))
_UVICORN = frozenset(("--reload", "--factory", "--proxy-headers", "--no-proxy-headers", "--no-access-log"))
_SERVERS: Mapping[str, Serves] = {
    "gunicorn": Serves(_GUNICORN, default="application"),
    "uvicorn": Serves(_UVICORN),
    "hypercorn": Serves(_UVICORN),
    "daphne": Serves(),
    "waitress-serve": Serves(frozenset(("--call",))),
    "flask": Serves(after=("--app", "-A")),
    "celery": Serves(after=("-A", "--app")),
}
_CLASS = r"[A-Za-z_][\w.$]*"
_SCRIPT = r"[A-Za-z][\w:.-]*"
_MODULE = r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?::([A-Za-z_]\w*)(?:\(\))?)?"
_ELSEWHERE = ("--chdir", "--app-dir", "--pythonpath", "--workdir", "--paste", "--prefix", "-C", "--cwd", "--workspace")


def check(command: Command, case: Case) -> CommandFault | None:
    """What the first command of a line needs and the content does not have. None if nothing is known to be missing."""
    words, program = command.words, posixpath.basename(command.words[0])
    if any(word.partition("=")[0] in _ELSEWHERE for word in words[1:]):
        return None
    if program in ("npm", "pnpm", "yarn", "composer"):
        return _script(program, words[1:], command, case)
    if program != words[0]:
        return None
    if program == "java":
        return _class(command, case)
    if program in _FILES:
        return _file(program, _FILES[program], command, case)
    if program in _SERVERS:
        return _application(_SERVERS[program], command, case)
    return None


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _file(program: str, rule: ReadsFile, command: Command, case: Case) -> CommandFault | None:
    if any(re.fullmatch(rule.other, word) for word in command.words[1:]):
        return None
    if any(_inside(command.folder, name) in case.files for name in rule.files):
        return None
    first = rule.files[0]
    others = [folder for name in rule.files for folder in case.files.folders(name)]
    help_ = f"add {_inside(command.folder, first)} to the content"
    if others and not command.folder and others[0]:
        help_ = f"write  cd {others[0]} && {' '.join(command.words)}"
    return CommandFault(f"{program}, which needs {first}", f"the content has no {first} here", help_)


def _script(program: str, words: tuple[str, ...], command: Command, case: Case) -> CommandFault | None:
    """A script of package.json or composer.json. Only ``run`` names a script for certain."""
    script = words[1] if len(words) > 1 and words[0] in ("run", "run-script") else ""
    if not re.fullmatch(_SCRIPT, script, flags=re.ASCII):
        return None
    file = _inside(command.folder, "composer.json" if program == "composer" else "package.json")
    if file not in case.files:
        return CommandFault(f"{program} run {script}", f"the content has no {file}", f"add {file} to the content")
    found = _scripts(case.files.text(file))
    # yarn and pnpm also run installed programs, and npm has scripts of its own
    if found is None or script in found or script in ("start", "restart", "env") or program in ("yarn", "pnpm"):
        return None
    near = nearest(script, found)
    help_ = f"add the script {script} to {file}" + (f", or name another: {listed(found[:3])}" if found else "")
    return CommandFault(
        f"the script {script} of {file}, which does not have it",
        f"{file} has no such script",
        f"write  {program} {words[0]} {near}" if near else help_,
    )


def _scripts(text: str) -> list[str] | None:
    """The names of scripts. None if they are not known, or if those of other packages count."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    found = data.get("scripts", {}) if isinstance(data, dict) and "workspaces" not in data else None
    return list(found) if isinstance(found, dict) else None


def _class(command: Command, case: Case) -> CommandFault | None:
    """``java -cp FILE CLASS``: a class in one JAR of the content."""
    path, main, rest = "", "", list(command.words[1:])
    while rest and not main:
        word = rest.pop(0)
        if word in ("-cp", "-classpath", "--class-path") and rest:
            path = rest.pop(0)
        elif word in ("-jar", "-m", "--module", "-p", "--module-path"):
            return None
        elif not word.startswith("-"):
            main = word
    files = case.files
    file = files.single if files.single and path in (files.single, "app.jar") else _inside(command.folder, path)
    if not path.endswith(".jar") or file not in files or not re.fullmatch(_CLASS, main, flags=re.ASCII):
        return None
    missing = no_class(files.archive(file), main)
    if missing is None:
        return None
    help_ = f"write {missing[1]}" if missing[1] else f"name a class of {path}, or the JAR that has the class"
    return CommandFault(f"the class {main}, which {path} does not contain", f"no {missing[0]}.class in it", help_)


def _application(rule: Serves, command: Command, case: Case) -> CommandFault | None:
    found = named(rule, command.words[1:])
    if found is None or command.sets("PYTHONPATH"):
        return None
    module, name = found
    component, files = case.component, case.files
    file = python.source(module, component, files, command.folder)
    if file is None:
        return None if python.may_come(module, component, files) else _no_module(module, name, command, files)
    names = python.names_of(file, files)
    if not name or names is None or name in names or python.source(f"{module}.{name}", component, files):
        return None
    best = nearest(name, names) or next((each for each in ("app", "application") if each in names), "")
    help_ = f"write  {module}:{best}" if best else f"define {name} in {file}"
    return CommandFault(f"{name} from {file}, which does not define it", "the module does not define this name", help_)


def _no_module(module: str, name: str, command: Command, files: ContentFiles) -> CommandFault:
    path = module.replace(".", "/")
    shown = [] if command.folder else python.candidates(files)
    near = nearest(path, (each.rpartition("/")[0] for each in shown))
    best = next((each for each in shown if each.rpartition("/")[0] == near), shown[0] if len(shown) == 1 else "")
    above = next((folder for folder in files.folders(f"{path}.py") if folder), "")
    help_ = f"add {_inside(command.folder, path)}.py to the content, or name another module"
    if above and not command.folder:
        help_ = f"write  cd {above.removesuffix(path.rpartition('/')[0]).rstrip('/')} && {' '.join(command.words)}"
    elif best and name:
        help_ = f"write  {best.rpartition('/')[0].replace('/', '.')}:{best.rpartition('/')[2]}"
    return CommandFault(
        f"the module {module}, which its content does not have", "the content has no such module", help_
    )


def named(rule: Serves, words: tuple[str, ...]) -> tuple[str, str] | None:
    """The module and the name in it. None if the line may mean something else."""
    for before, word in zip(("", *words), words, strict=False):
        option, equals, value = word.partition("=")
        if rule.after:
            target = value if equals and option in rule.after else word if before in rule.after else ""
        else:  # an argument, but not the value of an option
            target = (
                ""
                if before.startswith("-") and before != "-" and "=" not in before and before not in rule.flags
                else word
            )
        match = re.fullmatch(_MODULE, target, flags=re.ASCII)
        if match and not match[1].endswith(".py") and (match[2] or rule.after or rule.default):
            return match[1], match[2] or rule.default
    return None
