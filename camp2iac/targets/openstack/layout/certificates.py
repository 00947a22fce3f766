"""Where the certificates of HTTPS come from: ``certificates`` and ``https`` of the environment file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from camp2iac.record import Record, field
from camp2iac.topology.ids import slug

#: the keys of ``certificates`` that do not name a component
WAYS = ("files", "acme")
LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory"
YEAR = 365 * 24 * 3600


class Certificate(Record, frozen=True):
    """The certificate of an endpoint.

    ``source``: the cloud's key manager, for Octavia; files of the operator; or an ACME server. The last two are for
    HAProxy on instances. ``reference``: in the key manager.
    """

    source: Literal["key manager", "files", "acme"]
    reference: str = ""

    @property
    def on_instances(self) -> bool:
        """Whether HAProxy on an instance has it."""
        return self.source != "key manager"


class Acme(Record, frozen=True):
    """The account with an ACME server, such as Let's Encrypt. ``directory``: the server's URL."""

    email: str
    directory: str


class Certificates(Record, frozen=True):
    """All certificates.

    ``managed``: component to its reference in the key manager. ``files``: the components whose certificates the
    operator has. ``acme``: where all others get one.
    """

    managed: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    acme: Acme | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The components that the environment file names."""
        return tuple(dict.fromkeys((*self.managed, *self.files)))

    def of(self, component: str) -> Certificate | None:
        """The certificate of a component. None: it has none."""
        if component in self.managed:
            return Certificate("key manager", self.managed[component])
        if component in self.files:
            return Certificate("files")
        return Certificate("acme") if self.acme else None


class HttpsWishes(Record, frozen=True):
    """``redirect``: port 80 leads to port 443. ``hsts``: the seconds in which browsers use only HTTPS; 0: none."""

    redirect: bool = True
    hsts: int = 0


def read(raw: Mapping[str, object]) -> Certificates:
    """The value of ``certificates``."""
    files, acme = raw.get("files"), raw.get("acme")
    return Certificates(
        managed={name: str(value) for name, value in raw.items() if name not in WAYS},
        files=tuple(sorted(map(str, files))) if isinstance(files, list | tuple) else (),
        acme=Acme(str(acme["email"]), str(acme.get("directory", LETS_ENCRYPT))) if isinstance(acme, Mapping) else None,
    )


def wishes(raw: Mapping[str, object]) -> HttpsWishes:
    """The value of ``https``."""
    hsts = raw.get("hsts", False)
    return HttpsWishes(raw.get("redirect", True) is True, YEAR if hsts is True else int(str(hsts or 0)))


def variables(component: str) -> tuple[str, str]:
    """The variables with the certificate and the private key of a component."""
    name = slug(component).replace("-", "_")
    return f"https_certificate_{name}", f"https_key_{name}"
