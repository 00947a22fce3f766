"""The remote of the application's git repository, and whether instances can clone it."""

from __future__ import annotations

import re
from typing import Literal

from camp2iac.camp import git
from camp2iac.record import Record

_ORIGIN, _MAIN = "origin", "main"
_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:(?P<login>[^/]*)@)?(?P<rest>.*)", re.DOTALL)
_SCP = re.compile(r"(?:(?P<user>[^@/:]*)@)?(?P<host>[^@/:\[\]]+):(?P<path>.+)", re.DOTALL)
_HELPER = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*::")
_PLACE = re.compile(r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?=/.)")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
_PLAIN = re.compile(r"[!#-&(-?A-\[\]-~]+")  # printable, without quotes, backslashes and @
_PORTS = {"ssh": 22, "http": 80, "https": 443}
_HERE = re.compile(r"localhost|.*\.localhost|127\.[0-9.]+|\[::1\]", re.IGNORECASE)
_FOLDER = "it is a folder on this machine"


class Remote(Record, frozen=True):
    """A remote that instances can clone. ``credentials``: the repository's configuration has a user, a password or a
    token, which ``url`` does not have.
    """

    name: str
    url: str
    branch: str
    way: Literal["ssh", "https", "http"]
    host: str
    port: int
    credentials: bool = False


class UnusableRemote(Record, frozen=True):
    """A remote that instances cannot clone. ``why`` never quotes its URL, which can have credentials."""

    name: str
    why: str


class _Address(Record, frozen=True):
    """A URL without credentials."""

    url: str
    way: Literal["ssh", "https", "http"]
    host: str
    port: int
    credentials: bool = False


def look(folder: str) -> Remote | UnusableRemote | None:
    """The remote ``origin`` of the repository that contains a folder (an absolute path), or its only remote."""
    root = git.top(folder)
    try:
        found = git.remotes(root) if root is not None else {}
        if root is None or not found:
            return None
        if _ORIGIN not in found and len(found) > 1:
            return UnusableRemote("a remote", f"the repository has {len(found)}, and none is named {_ORIGIN}")
        name = _ORIGIN if _ORIGIN in found else next(iter(found))
        address, branch = _address(found[name]), git.branch(root, name) or _MAIN
    except git.GitError:
        return None
    if isinstance(address, str):
        return UnusableRemote(name, address)
    if not _BRANCH.fullmatch(branch):
        return UnusableRemote(name, "the name of its branch has characters other than letters, digits, ., _, / and -")
    return Remote(name, address.url, branch, address.way, address.host, address.port, address.credentials)


def _address(url: str) -> _Address | str:
    """A remote's URL without credentials; or why instances cannot use it."""
    if _HELPER.match(url):
        return "it needs a remote helper of git"
    if (found := _URL.fullmatch(url)) is None:
        return _scp(url)
    scheme, login, rest = found["scheme"].lower(), found["login"], found["rest"]
    match scheme:
        case "https" | "http":
            return _web(scheme, login, rest)
        case "ssh":
            return _ssh(login or "", rest)
        case "file":
            return _FOLDER
        case "git":
            return "git:// is not authenticated. Set an address for HTTPS or SSH"
        case _:
            return f"{scheme}:// is neither HTTPS nor SSH"


def _web(scheme: Literal["https", "http"], login: str | None, rest: str) -> _Address | str:
    """HTTP: without the user, and without a query, which can have a token."""
    plain = re.split(r"[?#]", rest, maxsplit=1)[0]
    place = _PLACE.match(plain)
    if place is None or not _PLAIN.fullmatch(plain):
        return "its URL has characters that an environment file cannot have"
    if _HERE.fullmatch(place["host"]):
        return "its server is this machine"
    secret = login is not None or plain != rest
    if secret and scheme == "http":
        return "its URL has credentials, which HTTP would not encrypt"
    return _Address(
        f"{scheme}://{plain}", scheme, place["host"], int(place["port"] or _PORTS[scheme]), credentials=secret
    )


def _ssh(login: str, rest: str) -> _Address | str:
    user, colon, _ = login.partition(":")
    place = _PLACE.match(rest)
    if not user:
        return "its URL has no user. Most servers have git@"
    if not _USER.fullmatch(user) or place is None or not _PLAIN.fullmatch(rest):
        return "its URL has characters that an environment file cannot have"
    if _HERE.fullmatch(place["host"]):
        return "its server is this machine"
    port = int(place["port"] or _PORTS["ssh"])
    return _Address(f"ssh://{user}@{rest}", "ssh", place["host"], port, credentials=bool(colon))


def _scp(url: str) -> _Address | str:
    """``git@git.example.org:shop.git``, or a path."""
    found = _SCP.fullmatch(url)
    if found is None:
        return _FOLDER
    user, host, path = found["user"], found["host"], found["path"]
    if not user:
        return "its URL has no user. Most servers have git@"
    if not (_USER.fullmatch(user) and _HOST.fullmatch(host) and _PLAIN.fullmatch(path)) or path.startswith("-"):
        return "its URL has characters that an environment file cannot have"
    if _HERE.fullmatch(host):
        return "its server is this machine"
    return _Address(url, "ssh", host, _PORTS["ssh"])
