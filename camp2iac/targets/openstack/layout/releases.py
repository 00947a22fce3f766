"""Where instances get content that user data has no room for, and new releases: ``releases`` of the environment file.

The object store of the cloud (Swift) has a key of its own, ``object_store``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from camp2iac.record import Record, field

_HOST = r"(?P<host>\[[^\]]+\]|[^:/]+)"
_SSH = rf"ssh://(?:[^@/]+@)?{_HOST}(?::(?P<port>\d+))?(?=/|$)"
_SCP = rf"[^@/:]+@{_HOST}(?P<port>):"  # what follows is a path, also if it begins with digits
_HTTPS = r"https?://(?P<host>\[[^\]]+\]|[^:/]+)(?::(?P<port>\d+))?"
_PORTS = {"https": 443, "http": 80}


def _port(url: str) -> int:
    """The port of a URL for HTTP."""
    found = re.match(_HTTPS, url)
    return int((found and found["port"]) or _PORTS.get(url.partition(":")[0], 443))


class GitReleases(Record, frozen=True):
    """The application's git repository, which instances clone.

    ``url``: for HTTPS or SSH. ``host_keys``: of the server, for SSH, each as in ``known_hosts`` without the host.
    ``private``: HTTPS needs a user and a token; SSH always needs a deploy key.
    """

    url: str
    branch: str
    private: bool
    user: str
    host_keys: tuple[str, ...]

    @property
    def ssh(self) -> bool:
        """Whether it is a repository for SSH."""
        return not self.url.startswith(("http://", "https://"))

    @property
    def _found(self) -> re.Match[str] | None:
        return re.match(_SSH, self.url) or re.match(_SCP, self.url)

    @property
    def ports(self) -> frozenset[int]:
        """The ports that instances connect to."""
        found = self._found
        return frozenset({int((found and found["port"]) or 22) if self.ssh else _port(self.url)})

    @property
    def scan(self) -> str:
        """The command that prints the host key of the server for SSH."""
        found, [port] = self._found, self.ports
        return (
            f"ssh-keyscan -t ed25519 {f'-p {port} ' if port != 22 else ''}{found['host'].strip('[]') if found else ''}"
        )

    @property
    def known_hosts(self) -> str:
        """The lines of ``known_hosts``."""
        found = self._found
        host = found["host"].strip("[]") if found else ""
        [port] = self.ports
        named = host if port == 22 else f"[{host}]:{port}"
        return "".join(f"{named} {key}\n" for key in self.host_keys)


class BuiltArtifact(Record, frozen=True):
    """A file that a build made: its address, and its SHA-256."""

    url: str
    sha256: str


class HttpsReleases(Record, frozen=True):
    """Files that builds made, one for each component. ``private``: the server needs a token."""

    artifacts: Mapping[str, BuiltArtifact] = field(default_factory=dict)
    private: bool = False

    @property
    def ports(self) -> frozenset[int]:
        """The ports that instances connect to."""
        return frozenset(_port(artifact.url) for artifact in self.artifacts.values())


class S3Releases(Record, frozen=True):
    """A bucket of any S3. The pipeline uploads the output's folder ``archives`` to ``prefix`` in it."""

    endpoint: str
    bucket: str
    prefix: str
    region: str

    @property
    def folder(self) -> str:
        """The URL of the folder with the archives."""
        return "/".join(filter(None, (self.endpoint, self.bucket, self.prefix)))

    @property
    def uploads(self) -> str:
        """The same for tools: ``s3://BUCKET/PREFIX/``."""
        return f"s3://{'/'.join(filter(None, (self.bucket, self.prefix)))}/"

    @property
    def ports(self) -> frozenset[int]:
        """The ports that instances connect to."""
        return frozenset({_port(self.endpoint)})


Releases: TypeAlias = GitReleases | HttpsReleases | S3Releases


def parsed(raw: Mapping[str, object]) -> Releases:
    """The value of ``releases``, which fits its schema."""

    def text(key: str, default: str = "") -> str:
        return str(raw.get(key, default))

    private = raw.get("private") is True
    if raw["from"] == "git":
        keys = raw.get("host_key", ())
        return GitReleases(
            url=text("repository"),
            branch=text("branch", "main"),
            private=private,
            user=text("user", "git"),
            host_keys=tuple(keys) if isinstance(keys, list | tuple) else (str(keys),),
        )
    if raw["from"] == "s3":
        return S3Releases(
            endpoint=text("endpoint").rstrip("/"),
            bucket=text("bucket"),
            prefix=text("prefix").strip("/"),
            region=text("region", "us-east-1"),
        )
    artifacts = raw.get("artifacts", {})
    named = artifacts.items() if isinstance(artifacts, Mapping) else ()
    return HttpsReleases({name: BuiltArtifact(each["url"], each["sha256"]) for name, each in named}, private)
