"""The first script or Python module that a command line runs, as a path in the content.

``cd FOLDER && python jobs/mail.py --all`` runs the script ``FOLDER/jobs/mail.py``. Lines that a shell expands or
evaluates (``$X``, ``*``, ``sh -c``) have no result, and neither have scripts after another command, which may create
them.
"""

from __future__ import annotations

import posixpath
import re
import shlex

from camp2iac.record import Record

#: Options of interpreters that have a value (_VALUE), and after which no file of the content runs (_STOP).
_VALUE = {
    "python": ("-W", "-X"),
    "node": ("-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "--title"),
    "ruby": ("-I", "-r", "-E"),
    "php": ("-d", "-c"),
    "sh": ("-o", "-O"),
}
_STOP = {
    "python": ("-c", "-"),
    "node": ("-e", "-p", "--eval", "--print", "--test", "--run", "-"),
    "ruby": ("-e", "-C", "-S", "-"),
    "php": ("-r", "-S", "-t", "-a", "-i", "-m", "-"),
    "sh": ("-c", "-s", "-"),
}
_ENDINGS = {
    "python": (".py",),
    "node": (".js", ".mjs", ".cjs", ".ts"),
    "ruby": (".rb",),
    "php": (".php",),
    "java": (".jar",),
}
_PREFIXES = ("exec", "env", "nohup", "command")
#: They run the rest of the line with the packages of the application.
_RUNNERS = (("bundle", "exec"), ("poetry", "run"), ("pipenv", "run"), ("uv", "run"))
_SET = r"[A-Za-z_]\w*=.*"
_PLAIN = r"[\w@%+:,./ -]+"
#: Folders of installed programs: by npm, Composer, pip and buildpacks.
_INSTALLED = ("node_modules/", "vendor/", ".venv/", "venv/", ".heroku/", "bin/start-", "/")


class Run(Record, frozen=True):
    """What a line runs. ``file``: a path in the content. ``module``: of Python, searched first in ``folder``.

    ``by``: the interpreter, empty if the file itself is a program. ``statement``: as in the line. ``path``: whether the
    line sets PYTHONPATH.
    """

    by: str
    statement: str
    file: str = ""
    module: str = ""
    folder: str = ""
    path: bool = False


class Command(Record, frozen=True):
    """The first command of a line after ``cd FOLDER``. ``settings``: the variables that the line sets for it."""

    words: tuple[str, ...]
    folder: str = ""
    settings: tuple[str, ...] = ()

    def sets(self, name: str) -> bool:
        """Whether the line sets a variable for it."""
        return any(each.startswith(f"{name}=") for each in self.settings)


def command(line: str) -> Command | None:
    """The first command of a line. None if the line does not show it, or if it is outside the content."""
    folder = ""
    for found in _commands(line):
        settings = tuple(word for word in found if re.fullmatch(_SET, word, flags=re.DOTALL))
        words = _bare(found)
        if not words or not re.fullmatch(_PLAIN, words[0]):
            return None
        if words[0] != "cd":
            return Command(tuple(words), folder, settings)
        if len(words) != 2 or not re.fullmatch(_PLAIN, words[1]) or words[1].startswith(("/", "-")):
            return None
        folder = posixpath.normpath(posixpath.join(folder, words[1])).removeprefix(".")
        if folder.startswith("."):
            return None  # outside the content
    return None


def _bare(found: list[str]) -> list[str]:
    """A command without what only prepares it: variables, ``exec``, ``poetry run``."""
    while found:
        if found[0] in _PREFIXES or re.fullmatch(_SET, found[0], flags=re.DOTALL):
            found = found[1:]
        elif tuple(found[:2]) in _RUNNERS and len(found) > 2 and not found[2].startswith("-"):
            found = found[2:]
        else:
            break
    return found


def first(line: str) -> Run | None:
    """What the line runs first. None if the line does not show it, or it is not a path or a module."""
    found = command(line)
    return _run(list(found.words), found.folder, found.sets("PYTHONPATH")) if found is not None else None


def words(line: str) -> list[str]:
    """The first command of a line without variables before it. Empty if the line does not show it."""
    found = next(iter(_commands(line)), [])
    while found and (found[0] in _PREFIXES or re.fullmatch(_SET, found[0], flags=re.DOTALL)):
        found = found[1:]
    return found


def _commands(line: str) -> list[list[str]]:
    """The commands of a line, up to the first pipe, bracket or redirection."""
    reader = shlex.shlex(line.strip(), posix=True, punctuation_chars=True)
    reader.whitespace_split, reader.commenters = True, ""
    found: list[list[str]] = [[]]
    try:
        for token in reader:
            if token in ("&&", ";"):
                found.append([])
            elif token and set(token) <= set("();<>|&"):
                break
            else:
                found[-1].append(token)
    except ValueError:
        return []
    return found


def _run(found: list[str], folder: str, path: bool) -> Run | None:
    if found[0] == "java":
        return _jar(found, folder)
    match = re.fullmatch(r"(python)[23]?(?:\.\d+)?|(node|ruby|php)|(?:ba|da)?(sh)", found[0])
    by = next((group for group in match.groups() if group), "") if match else ""
    if not by:
        place = _place(found[0], folder) if "/" in found[0] else None
        return Run("", found[0], place) if place and not place.startswith(_INSTALLED) else None
    rest = found[1:]
    while rest and rest[0].startswith("-"):
        if by == "python" and rest[0] == "-m":
            name = rest[1] if len(rest) > 1 else ""
            return Run(by, name, module=name, folder=folder, path=path) if re.fullmatch(r"\w+(\.\w+)*", name) else None
        if rest[0] in _STOP[by]:
            return None
        rest = rest[2:] if rest[0] in _VALUE[by] else rest[1:]
    if not rest or (by == "sh" and "/" not in rest[0] and not rest[0].endswith(".sh")):
        return None  # bash also searches PATH for a word without a slash
    place = _place(rest[0], folder)
    return Run(by, rest[0], place) if place and not place.startswith(_INSTALLED) else None


def _jar(found: list[str], folder: str) -> Run | None:
    """The file after ``java -jar``."""
    word = found[found.index("-jar") + 1] if "-jar" in found[:-1] else ""
    place = _place(word, folder) if word else None
    return Run("java", word, place) if place and not place.startswith(_INSTALLED) else None


def _place(word: str, folder: str) -> str | None:
    """A path in the content. None if it is outside, or a shell expands it."""
    if not re.fullmatch(_PLAIN, word) or word.startswith(("/", "-")):
        return None
    place = posixpath.normpath(posixpath.join(folder, word))
    return None if place.startswith("..") else place


def there(run: Run, names: tuple[str, ...]) -> bool:
    """Whether the interpreter finds it among these files."""
    if run.file == "." or run.file in names:
        return True
    prefix = f"{run.file}/"
    inside = any(name.startswith(prefix) for name in names)
    if run.by == "node":
        if inside:
            return any(f"{prefix}{name}" in names for name in ("package.json", "index.js", "index.json", "index.node"))
        return any(f"{run.file}{ending}" in names for ending in (".js", ".json", ".node"))
    return inside and run.by == "python" and f"{prefix}__main__.py" in names


def ending(run: Run) -> str:
    """The usual ending of files like this one: ``.py``."""
    own = posixpath.splitext(run.file)[1]
    return own or next(iter(_ENDINGS.get(run.by, ())), "")
