"""What a command line of a shell runs first: a script, or a module of Python, by its place in the content.

``cd FOLDER && python jobs/mail.py --all`` is the script ``FOLDER/jobs/mail.py``. A line that a shell would have to
expand or to choose from (``$X``, ``*``, ``sh -c``) tells nothing, and neither does what comes after another command:
that may have made it.
"""

from __future__ import annotations

import posixpath
import re
import shlex

from camp2iac.record import Record

#: Options of interpreters. ``value``: the next word belongs to it; ``stop``: what runs is no file of the content.
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
_ENDINGS = {"python": (".py",), "node": (".js", ".mjs", ".cjs", ".ts"), "ruby": (".rb",), "php": (".php",)}
_PREFIXES = ("exec", "env", "nohup", "command")
_SET = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)
_PLAIN = re.compile(r"[\w@%+:,./ -]+")
#: Where programs are that no content has: what npm, Composer, pip and buildpacks install.
_INSTALLED = ("node_modules/", "vendor/", ".venv/", "venv/", ".heroku/", "bin/start-", "/")


class Run(Record, frozen=True):
    """``file``: from the top of the content. ``module``: of Python, looked for in ``folder`` first.

    ``by``: the interpreter, empty where the file is a program itself. ``said``: as the line has it. ``path``: the line
    sets PYTHONPATH itself.
    """

    by: str
    statement: str
    file: str = ""
    module: str = ""
    folder: str = ""
    path: bool = False


def first(line: str) -> Run | None:
    """What the line runs first; None where it tells none, or nothing that could be looked for."""
    folder = ""
    for words in _commands(line):
        path = any(word.startswith("PYTHONPATH=") for word in words)
        while words and (words[0] in _PREFIXES or _SET.fullmatch(words[0])):
            words = words[1:]
        if not words or not _PLAIN.fullmatch(words[0]):
            return None
        if words[0] != "cd":
            return _run(words, folder, path)
        if len(words) != 2 or not _PLAIN.fullmatch(words[1]) or words[1].startswith(("/", "-")):
            return None
        folder = posixpath.normpath(posixpath.join(folder, words[1])).removeprefix(".")
        if folder.startswith("."):
            return None  # outside of the content
    return None


def words(line: str) -> list[str]:
    """The first command of a line without what is set before it; empty where the line tells none."""
    found = next(iter(_commands(line)), [])
    while found and (found[0] in _PREFIXES or _SET.fullmatch(found[0])):
        found = found[1:]
    return found


def _commands(line: str) -> list[list[str]]:
    """The commands that follow one another; only those before the first pipe, bracket or redirection."""
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
        return None  # bash looks for a word without a slash along PATH, too
    place = _place(rest[0], folder)
    return Run(by, rest[0], place) if place and not place.startswith(_INSTALLED) else None


def _place(word: str, folder: str) -> str | None:
    """A path from the top of the content; None where it is outside of it, or for a shell to expand."""
    if not _PLAIN.fullmatch(word) or word.startswith(("/", "-")):
        return None
    place = posixpath.normpath(posixpath.join(folder, word))
    return None if place.startswith("..") else place


def there(run: Run, names: tuple[str, ...]) -> bool:
    """Whether what is run is among these files, as its interpreter would find it."""
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
    """The ending of files like the one that is run: ``.py``."""
    own = posixpath.splitext(run.file)[1]
    return own or next(iter(_ENDINGS.get(run.by, ())), "")
