"""Where OpenStack's instances download content that user data has no room for, as the repository's remote suggests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from camp2iac.cli import session
from camp2iac.cli.console import Console
from camp2iac.cli.prompts import NONE, Prompts
from camp2iac.detect import host_keys, remotes
from camp2iac.detect.plan import comment, scalar
from camp2iac.detect.remotes import Remote, UnusableRemote
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import listed
from camp2iac.record import Record, field

TARGET = "openstack"
_FILE = f"{session.ENVIRONMENTS}/{TARGET}.yaml"
_TOO_LARGE, _NOT_IN_GIT = "CAMP428", "CAMP430"
_GIT, _STORE = "git", "object_store"
_NO, _YES = "no", "yes"
_LONGEST = 400  # characters of a message
_ABOUT = "# Content that does not fit into user data comes from this repository. Push what you compile, then apply it."
_ANY = {"releases": json.dumps({"from": "git", "repository": "https://git.example.org/shop.git"})}
_BUILT = (
    "what a build creates is not in the git repository. If it does not fit into user data (48 KiB), write in "
    f"{_FILE}  object_store: true  or  releases: {{ from: https, ... }}"
)


class Decision(Record, frozen=True):
    """What the environment file has.

    ``lines``: settings with comments. ``examples``: settings as comments. ``todo``: what is left to the user, and how.
    """

    lines: tuple[str, ...] = ()
    examples: Mapping[str, str] = field(default_factory=dict)
    todo: Mapping[str, str] = field(default_factory=dict)


def example() -> Mapping[str, str]:
    """The setting for the remote of this folder's repository, to be written as a comment."""
    remote = remotes.look(str(Path.cwd()))
    return _example(remote) if isinstance(remote, Remote) else {}


def decide(overrides: Mapping[str, str], prompts: Prompts, console: Console, *, built: bool) -> Decision:
    """Decide for the plan in this folder, and say why. ``built``: a build still has to create content."""
    remote = remotes.look(str(Path.cwd()))
    if isinstance(remote, UnusableRemote):
        _say(console, f"instances cannot clone {comment(remote.name)}: {remote.why}")
    if built:
        if remote is not None:
            _say(console, _BUILT)
        return Decision()
    usable = remote if isinstance(remote, Remote) else None
    if usable is not None and usable.credentials:
        token = ". Instances get a token from the variable repository_token" if usable.way != "ssh" else ""
        _say(console, f"the credentials in the URL of {comment(usable.name)} are not in {_FILE}{token}")
    if not _found(overrides, _TOO_LARGE):
        if usable is not None:
            _say(console, f"the content fits into user data. The git repository is in a comment of {_FILE}")
        return Decision(examples=_example(usable) if usable is not None else {})
    return _large(usable, overrides, prompts, console)


def _large(remote: Remote | None, overrides: Mapping[str, str], prompts: Prompts, console: Console) -> Decision:
    """Ask where instances download content that does not fit into user data."""
    problem = _problem(remote, overrides) if remote is not None else ""
    ways = [_GIT] if remote is not None and not problem else []
    if problem:
        _say(console, problem)
    elif remote is None:
        _say(console, "the content does not fit into user data, and instances can clone no remote")
    names = [*ways, _STORE, NONE]
    question = f"{TARGET}: instances download content that does not fit into user data from {listed(names, 'or')}"
    way = prompts.one(question, names, names[0] if ways else NONE)
    if way == _STORE:
        return Decision(
            ("# The cloud's object store (Swift) has content that does not fit into user data.", f"{_STORE}: true")
        )
    if remote is None or way == NONE:
        return Decision(examples={_STORE: "true", **(_example(remote) if remote is not None else _ANY)})
    return _from_git(remote, prompts, console)


def _from_git(remote: Remote, prompts: Prompts, console: Console) -> Decision:
    lines = [_ABOUT, "releases:", "  from: git", f"  repository: {scalar(remote.url)}"]
    lines.append(f"  branch: {scalar(remote.branch)}")
    said = f"the content does not fit into user data, so it comes from {remote.url}, branch {remote.branch}"
    if remote.way == "ssh":
        return _over_ssh(remote, lines, said, console)
    default = _YES if remote.credentials else _NO
    private = prompts.one(f"{TARGET}: a clone needs a token, {_YES} or {_NO}", [_YES, _NO], default) == _YES
    asks = "# Terraform asks for the token: repository_token"
    lines.append(f"  private: true  {asks}" if private else "  # private: true  # if a clone needs a token")
    _say(console, said)
    return Decision(tuple(lines))


def _over_ssh(remote: Remote, lines: Sequence[str], said: str, console: Console) -> Decision:
    lines = [*lines, "  # Terraform asks for a deploy key that may read the repository: repository_key"]
    key, source = _host_key(remote)
    if key:
        _say(console, f"{said}. host_key: from {source}")
        return Decision((*lines, f"  # from {source}", f"  host_key: {scalar(key)}"))
    _say(console, f"{said}. The host key of {remote.host} is not known here")
    port = f"-p {remote.port} " if remote.port != host_keys.PORT else ""
    scan = f"ssh-keyscan -t ed25519 {port}{remote.host.strip('[]')}"
    compare = "compare it with the key that the server's operator publishes"
    alias = f"if {remote.host} in {_FILE} is an alias in ~/.ssh/config"
    return Decision(
        (*lines, f"  # run  {scan}  and {compare}:", "  # host_key: ssh-ed25519 AAAA..."),
        todo={} if "." in remote.host else {alias: "write the server's name"},
    )


def _host_key(remote: Remote) -> tuple[str, str]:
    """The host key for SSH, and where it is from: the hosting service, or the user's SSH. Empty: it is not known."""
    published = host_keys.published().get(remote.host.lower())
    if published is not None:
        return published.key, published.source
    file = Path("~/.ssh/known_hosts")
    return host_keys.known(remote.host, remote.port, file.expanduser()), str(file)


def _problem(remote: Remote, overrides: Mapping[str, str]) -> str:
    """Why the content cannot come from the repository; empty if it can."""
    found = _found({**overrides, **_example(remote)}, _NOT_IN_GIT, _TOO_LARGE)
    return "; ".join(f"{comment(each.message, _LONGEST)} ({each.code})" for each in found[:1])


def _example(remote: Remote) -> Mapping[str, str]:
    """The setting in one line."""
    value: dict[str, str | bool] = {"from": "git", "repository": remote.url, "branch": remote.branch}
    if remote.way != "ssh":
        value |= {"private": True} if remote.credentials else {}
    elif key := _host_key(remote)[0]:
        value["host_key"] = key
    return {"releases": json.dumps(value)}


def _found(overrides: Mapping[str, str], *codes: str) -> Sequence[Diagnostic]:
    """The diagnostics with these codes, in the order of the codes."""
    found = session.read(Path(session.PLAN)).check(target=TARGET, overrides=overrides).diagnostics
    return [each for code in codes for each in found if each.code == code]


def _say(console: Console, words: str) -> None:
    console.say(f"{TARGET}: {words}")
