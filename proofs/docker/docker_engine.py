"""The engine of a run: its containers and images, and what it publishes, which is in its network namespace."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from typing import Any

#: Of the network namespace in which the engine publishes ports. Empty: ports are published here
NAMESPACE = os.environ.get("ENGINE_NAMESPACE", "")


def run(*command: str, accept: tuple[int, ...] = (0,), stdin: bytes = b"", timeout: int = 600) -> str:
    """The standard output of a command. Another exit status than these is an error."""
    done = subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=timeout)
    out, err = (each.decode("utf-8", "replace") for each in (done.stdout, done.stderr))
    assert done.returncode in accept, f"{' '.join(command)}, exit {done.returncode}:\n{out}{err}"
    return out


def docker(*words: str, accept: tuple[int, ...] = (0,)) -> str:
    """The standard output of `docker`, without the end of the line."""
    return run("docker", *words, accept=accept).rstrip("\n")


def versions() -> str:
    """The release of the engine."""
    return f"Docker engine {docker('version', '--format', '{{.Server.Version}}')}"


def curl(url: str, *options: str, stdin: bytes = b"", fail: bool = True) -> str:
    """The answer to a request. An error of HTTP is an error, unless ``fail`` is false."""
    return _request(*(("--fail-with-body",) if fail else ()), *options, url, stdin=stdin)


def status(url: str) -> int:
    """The status of a page, or 0 if nobody answers."""
    said = _request("--output", os.devnull, "--write-out", "%{http_code}", url, accept=tuple(range(100)))
    return int(said)


def _request(*words: str, accept: tuple[int, ...] = (0,), stdin: bytes = b"") -> str:
    inside = ("nsenter", f"--net=/run/netns/{NAMESPACE}") if NAMESPACE else ()
    return run(*inside, "curl", "--silent", "--show-error", "--max-time", "20", *words, accept=accept, stdin=stdin)


def until(seen: Callable[[], Any], what: str, seconds: float = 60) -> float:
    """Wait until it is seen. Returns the seconds."""
    start = time.monotonic()
    while not seen():
        assert time.monotonic() - start < seconds, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.5)
    return time.monotonic() - start


#: Kinds of resources of the provider, and how `docker` lists and removes them
_KINDS = {
    "docker_container": (("ps", "--all", "--format", "{{.Names}}"), ("rm", "--force")),
    "docker_image": (("images", "--format", "{{.Repository}}:{{.Tag}}"), ("rmi",)),
    "docker_network": (("network", "ls", "--format", "{{.Name}}"), ("network", "rm")),
    "docker_volume": (("volume", "ls", "--format", "{{.Name}}"), ("volume", "rm")),
}


def held(kind: str) -> set[str]:
    """The names of everything of a kind that the engine has."""
    return set(docker(*_KINDS[kind][0]).split())


def left(made: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What the engine still has of these: kinds and names."""
    return {(kind, name) for kind in _KINDS for name in held(kind) if (kind, name) in made}


def remove(made: set[tuple[str, str]]) -> None:
    """Remove what is left of these, containers first."""
    for kind, name in sorted(left(made)):
        docker(*_KINDS[kind][1], name, accept=(0, 1))


def make_room(names: set[tuple[str, str]]) -> None:
    """The engine has none of these afterwards. The engine of the proof: what a stopped run left is deleted. Another
    engine: what it has of these is someone else's, and it is an error.
    """
    if not (taken := left(names)):
        return
    assert NAMESPACE, f"the engine already has {taken}"
    print(f"left by an earlier run, now deleted: {taken}", flush=True)
    remove(taken)


def identity(container: str) -> tuple[str, str]:
    """What is new if a container is replaced, or started again."""
    found = json.loads(docker("inspect", container))[0]
    return found["Id"], found["State"]["StartedAt"]


def gateway(container: str) -> str:
    """The address of the engine's computer for a container of the default network.

    Of the container, because an engine that is new does not have it in what it says of the network.
    """
    return docker("inspect", container, "--format", "{{.NetworkSettings.Networks.bridge.Gateway}}")


def logs(container: str) -> str:
    """What a container has written."""
    done = subprocess.run(["docker", "logs", container], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True)
    return done.stdout.decode("utf-8", "replace")
