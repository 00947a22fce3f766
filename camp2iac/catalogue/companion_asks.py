"""What companions ask for beside packages, files and a script: ports, ways out, secrets, data of services, a status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from camp2iac.camp.schema_keywords import Schema
from camp2iac.record import Record, field

_OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_HOST = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
_PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_PEM = "-----BEGIN CERTIFICATE-----\\n([A-Za-z0-9+/=]{1,76}\\n){1,200}-----END CERTIFICATE-----"
_CIDR: Schema = {
    "type": "string",
    "pattern": f"^({_OCTET}\\.){{3}}{_OCTET}(/([1-9]|[12][0-9]|3[0-2]))?$",
    "x-what": "a network in CIDR form, or an address",
    "x-label": "an IPv4 CIDR or address belongs here, but not 0.0.0.0/0",
    "x-example": "192.0.2.0/24",
}
FORMS: Mapping[str, Schema] = {
    "cidrs": {
        "anyOf": [_CIDR, {"type": "array", "items": _CIDR, "minItems": 1, "maxItems": 64, "uniqueItems": True}],
        "x-what": "a network in CIDR form, an address, or a list of them",
        "x-label": "an IPv4 CIDR or address belongs here, but not 0.0.0.0/0",
        "x-example": "192.0.2.0/24",
    },
    "certificates": {
        "type": "string",
        "maxLength": 16384,
        "pattern": f"^({_PEM}\\s*)+$",
        "x-what": "certificates in PEM form",
        "x-label": "only certificates in PEM form belong here, no private key",
        "x-example": "|\n  -----BEGIN CERTIFICATE-----\n  ...\n  -----END CERTIFICATE-----",
    },
    "host": {
        "type": "string",
        "maxLength": 253,
        "pattern": f"^(\\*\\.)?{_HOST}$",
        "x-what": "a host name",
        "x-label": "a host name belongs here",
        "x-example": "logs.example.org",
    },
}


def url_form(schemes: Sequence[str]) -> Schema:
    """The JSON Schema of ``SCHEME://HOST:PORT``."""
    words = " or ".join(schemes)
    return {
        "type": "string",
        "pattern": f"^({'|'.join(each.replace('+', chr(92) + '+') for each in schemes)})://{_HOST}:{_PORT}$",
        "maxLength": 300,
        "x-what": f"a URL with {words}",
        "x-label": f"{words}://HOST:PORT belongs here",
        "x-example": f"{schemes[0]}://logs.example.org:6514",
    }


class CompanionPort(Record, frozen=True, forbid_unknown_fields=True):
    """A TCP port that it listens on.

    ``what``: its protocol, for people. ``sources``: the setting with the networks of those who connect (``from:`` in
    the file). Empty: only the instance itself. ``labels``: if there are any, the output ``NAME_targets`` of the
    companion lists the port with them.
    """

    port: int
    what: str
    sources: str = field(name="from", default="")
    labels: Mapping[str, str] = field(default_factory=dict)


class CompanionWayOut(Record, frozen=True, forbid_unknown_fields=True):
    """A server elsewhere that it connects to. ``to``: the setting with its URL. ``what``: the protocol, for people."""

    to: str
    what: str


class CompanionSecret(Record, frozen=True, forbid_unknown_fields=True):
    """A secret that files of a companion can contain. On instances, only root may read such a file.

    ``length``: Terraform generates it, with so many letters and digits; it must outlive the instances. 0: the operator
    gives it as a variable. ``group``: only if the environment has settings of this group. Empty: always.
    """

    description: str
    length: int = 0
    group: str = ""


class ServiceFile(Record, frozen=True, forbid_unknown_fields=True):
    """A file for each service whose product has a template for this companion.

    ``template``: its name in the product's ``templates/``. ``path``: on instances, with ``{lib}`` and ``{id}``.
    """

    template: str
    path: str
    permissions: str = "0644"
    comment: str = ""


class Filling(Record, frozen=True, forbid_unknown_fields=True):
    """A command that fills data of services that are new, before anyone can use them.

    ``command``: on instances. It gets ``service ID`` or ``folder PATH``. ``setting``: only if the environment has it.
    """

    command: str
    setting: str = field(name="with")


class CompanionStore(Record, frozen=True, forbid_unknown_fields=True):
    """Where a companion keeps data that outlive instances.

    ``at``: the settings that say it. ``folder``: the setting with the folder there. Default: the application's name.
    """

    at: tuple[str, ...]
    folder: str


def server(url: str) -> tuple[str, int]:
    """The host and the port of a URL that matches its form."""
    host, _, port = url.partition("://")[2].rpartition(":")
    return host, int(port)
