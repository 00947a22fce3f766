"""Folders that a web server serves beside an application: the values of attributes of the type ``folders``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest
from camp2iac.targets.openstack.machine.delivery import release
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Service, Statement, TextValue

_WORD = r"(?!\.\.?(?:/|$))[A-Za-z0-9._~+@-]+"
_PAIR = rf"(/(?:{_WORD}/)+)=((?:/{_WORD})+|{_WORD}(?:/{_WORD})*)/?"


def folders(
    given: MachineInput, service: Service, name: str, statement: Statement[TextValue], text: str
) -> tuple[tuple[str, str], ...] | None:
    """Return pairs of a URL path and a folder on the instance. None, and CAMP422, if a pair is not possible."""
    found = []
    for one in text.split(","):
        pair = re.fullmatch(_PAIR, one.strip())
        folder = None if pair is None else _folder(given, pair[2])
        if pair is None or folder is None:
            _refuse(given, service, name, statement, one.strip())
            return None
        found.append((pair[1], folder))
    return tuple(found)


def serves(given: MachineInput, mounts: Sequence[str]) -> bool:
    """Whether a web server on the instances serves a folder of a volume."""
    for service in given.services:
        for name, statement in service.attributes.items():
            form = service.product.attributes.get(name)
            if form is None or form.type != "folders":
                continue
            pairs = (re.fullmatch(_PAIR, one.strip()) for one in (statement.value.literal or "").split(","))
            if any(f"{pair[2]}/".startswith(f"{mount}/") for pair in pairs if pair for mount in mounts):
                return True
    return False


def _folder(given: MachineInput, where: str) -> str | None:
    """The folder on the instance. None: it is on no volume and in no artifact of the tier."""
    if where.startswith("/"):
        return where if any(f"{where}/".startswith(f"{mount}/") for mount in _mounts(given)) else None
    id_, _, rest = where.partition("/")
    component = given.topology.components.get(id_)
    if component is None or component.tier != given.tier.id:
        return None
    host = given.topology.services[component.host]
    released = release.possible(given, host, component)
    folder = release.folder(given, id_) if released else f"/opt/{given.app}/{id_}"
    return f"{folder}/{rest}".rstrip("/")


def _mounts(given: MachineInput) -> list[str]:
    volumes = (statement.value for statement in given.tier.volumes)
    return [(volume.mount or f"/srv/{volume.name}").rstrip("/") for volume in volumes]


def _refuse(given: MachineInput, service: Service, name: str, statement: Statement[TextValue], pair: str) -> None:
    here = [component.id for component in given.topology.tier_components(given.tier.id)]
    named = pair.rpartition("=")[2].partition("/")[0]
    best = nearest(named, here) if named else None
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP422",
            f"{name} of {service.name} cannot have this value: {pair}",
            statement.value.span,
            label="neither on a volume nor in an artifact of the same instances" if "=" in pair else "not PATH=FOLDER",
            help=f"for example, write  {name}: /static/={best or (here[0] if here else 'ARTIFACT')}/static  "
            f"or  {name}: /media/={next(iter(_mounts(given)), '/srv/media')}",
        )
    )
