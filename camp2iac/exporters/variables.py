"""The variables of an export: what the operator gives when it runs. No file has the value of a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from camp2iac.record import Record, field
from camp2iac.synth.module import Call, Commented, Ref, Template, Value
from camp2iac.targets.containers.layout import names
from camp2iac.targets.containers.layout.known import PASSWORD
from camp2iac.topology.model import Secret, Topology

_SHELL = frozenset(
    [
        "CI",
        "DISPLAY",
        "EDITOR",
        "EMAIL",
        "HOME",
        "HOST",
        "HOSTNAME",
        "LANG",
        "LANGUAGE",
        "LOGNAME",
        "MAIL",
        "NO_COLOR",
        "OLDPWD",
        "OSTYPE",
        "PAGER",
        "PATH",
        "PS1",
        "PWD",
        "SHELL",
        "SHLVL",
        "TEMP",
        "TERM",
        "TMP",
        "TMPDIR",
        "TZ",
        "UID",
        "USER",
        "USERNAME",
    ]
)
_TOOLS = ("BUILDKIT_", "BUILDX_", "COMPOSE_", "DOCKER_", "LC_", "SSH_", "XDG_")
_ENCODED = "_ENCODED"
_UNSAFE = re.compile(r"[{}\x00-\x1f\x7f]")  # a default cannot contain these


class OperatorVariable(Record, frozen=True):
    """A variable. ``of``: the parameter, the secret or the service in the plan. ``default``: None if it has none.

    ``encoded``: it is the value of another one, as it is in a URL.
    """

    name: str
    of: str
    secret: bool
    description: str = ""
    default: str | None = None
    encoded: bool = False

    @property
    def text(self) -> str:
        """The variable in a Compose file: a reference, with its default, or required."""
        if self.default is None or _UNSAFE.search(self.default):
            return f"${{{self.name}:?}}"
        return f"${{{self.name}-{escaped(self.default)}}}"

    @property
    def whole(self) -> bool:
        """Whether the reference contains the whole default of the plan."""
        return self.default is None or not _UNSAFE.search(self.default)


class OperatorVariables(Record):
    """The variables that values refer to, by the address that they have in Terraform."""

    topology: Topology
    known: dict[str, OperatorVariable] = field(default_factory=dict)
    used: dict[str, OperatorVariable] = field(default_factory=dict)

    def text(self, value: Value) -> str:
        """A value as a string of a Compose file, in which ``$`` is written twice."""
        match value:
            case Commented():
                return self.text(value.value)
            case Template():
                return "".join(self.text(part) for part in value.parts)
            case Ref():
                return self.written(self.of(value))
            case Call("replace", (Call("urlencode", (inner,)), *_)):
                return self._encoded(inner)
            case bool():
                return "true" if value else "false"
            case str() | int() | float():
                return escaped(str(value))
        raise ValueError(f"a Compose file has no such value: {value!r}")

    def written(self, variable: OperatorVariable) -> str:
        """A reference to a variable."""
        return variable.text

    def of(self, reference: Ref) -> OperatorVariable:
        """The variable for a reference."""
        found = self.all()[reference.address]
        self.used.setdefault(found.name, found)
        return found

    def all(self) -> dict[str, OperatorVariable]:
        """The variables of the plan, by their addresses."""
        if not self.known:
            taken: set[str] = set()
            for address, made in self._planned():
                name = self._name(made.name, taken)
                taken.add(name)
                self.known[address] = OperatorVariable(name, made.of, made.secret, made.description, made.default)
        return self.known

    def used_at(self, address: str) -> OperatorVariable | None:
        """The variable with an address, if the files use it."""
        found = self.all().get(address)
        if found is None or found.name in self.used:
            return found
        return self.used.get(f"{found.name}{_ENCODED}")

    def _planned(self) -> Iterator[tuple[str, OperatorVariable]]:
        topology = self.topology
        for parameter in topology.parameters.values():
            default = None if parameter.default is None or parameter.confidential else _plain(parameter.default)
            found = OperatorVariable(parameter.id, parameter.id, parameter.confidential, parameter.description, default)
            yield parameter_address(parameter.id), found
        for secret in topology.secrets.values():
            found = OperatorVariable(secret.id, secret.id, True, secret.description)
            yield secret_address(secret), found
        for service in topology.services:
            address = f"{PASSWORD}.{names.identifier(service)}"
            yield address, OperatorVariable(f"{service}_password", service, True, f"The password of {service}")

    def _name(self, wanted: str, taken: set[str]) -> str:
        name = re.sub(r"[^A-Z0-9_]", "_", names.identifier(wanted).upper())
        if name in _SHELL or name.startswith(_TOOLS):  # the shell has a value for it
            name = f"APP_{name}"
        return next(each for each in (name, *(f"{name}_{n}" for n in range(2, 100_000))) if each not in taken)

    def _encoded(self, value: Value) -> str:
        """A value in the user information of a URL. Compose cannot encode it, so the operator does."""
        match value:
            case Template():
                return "".join(self._encoded(part) for part in value.parts)
            case Ref():
                found = self.all()[value.address]
                words = f"{found.name} in a URL: the same, percent-encoded"
                made = OperatorVariable(f"{found.name}{_ENCODED}", found.of, found.secret, words, encoded=True)
                self.used.setdefault(made.name, made)
                return self.written(made)
            case str():
                return escaped(quote(value, safe=""))
        raise ValueError(f"a Compose file has no such value: {value!r}")


def parameter_address(parameter: str) -> str:
    """The address of a parameter in Terraform."""
    return f"var.{names.variable(parameter)}"


def secret_address(secret: Secret) -> str:
    """The address of a secret: the operator gives it, or Terraform generates it."""
    return parameter_address(secret.id) if secret.length is None else f"{PASSWORD}.{names.identifier(secret.id)}"


def escaped(text: str) -> str:
    """A string in which Compose sees no variable."""
    return text.replace("$", "$$")


def _plain(value: str | int | float | bool) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
