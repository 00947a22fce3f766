"""How instances authorise their downloads: lines of a configuration file for curl.

The file also has the URL, if only this download uses it. So neither a secret nor a URL is in a command line. curl sends
them to the URL's own host only, not to the target of a redirect.
"""

from __future__ import annotations

from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Ref, Template, Value
from camp2iac.targets.openstack.layout.releases import GitReleases, HttpsReleases, Releases, S3Releases
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of


def curl_file(document: MachineDocument, path: str, comment: str, *lines: Value) -> None:
    """Write a configuration file for curl that only root can read: these lines, and the authorisation."""
    every = [*lines, *_lines(document, document.given.infrastructure.releases)]
    text = line_of(*(part for line in every for part in (*_parts(line), "\n")))
    document.write(WriteFile(path, text, permissions="0600", comment=comment))


def needed(releases: Releases | None) -> bool:
    """Whether downloads need an authorisation."""
    return isinstance(releases, S3Releases) or (isinstance(releases, HttpsReleases) and releases.private)


def _parts(line: Value) -> tuple[Value, ...]:
    return line.parts if isinstance(line, Template) else (line,)


def _lines(document: MachineDocument, releases: Releases | None) -> list[Value]:
    match releases:
        case S3Releases(region=region):
            key = document.variable("releases", "access_key", Ref("var.releases_access_key"), others=True)
            secret = document.variable("releases", "secret_key", Ref("var.releases_secret_key"), others=True)
            return [f'aws-sigv4 = "aws:amz:{region}:s3"', line_of('user = "', key, ":", secret, '"')]
        case HttpsReleases(private=True):
            token = document.variable("releases", "token", Ref("var.releases_token"), others=True)
            return [line_of('header = "Authorization: Bearer ', token, '"')]
        case GitReleases() | HttpsReleases() | None:
            return []
