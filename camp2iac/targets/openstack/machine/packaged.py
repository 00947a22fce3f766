"""Drop-ins for the units that come with a distribution's packages."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence

from camp2iac.catalogue import forms
from camp2iac.catalogue.model import Product
from camp2iac.catalogue.recipe import Recipe, Unit
from camp2iac.catalogue.versions import Version
from camp2iac.record import replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.machine import sandbox, units
from camp2iac.targets.openstack.machine.deploy import Deployed
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of
from camp2iac.targets.openstack.machine.render import unit as quote
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.targets.openstack.machine.template_context import TemplateContext
from camp2iac.targets.openstack.machine.templates import files_of, filled
from camp2iac.topology.model import Service


def late(product: Product, recipe: Recipe) -> bool:
    """Whether the product's script puts the drop-in in place after the package's own start.

    Before, that start would wait for other services, and the other packages would wait for it.
    """
    return product.server or recipe.late


def unit(service: Service, recipe: Recipe, release: Version | None) -> Unit | None:
    """Return the distribution's unit, with the release filled in."""
    found = recipe.unit
    if found is None:
        return None
    with files_of(service):
        return replace(
            found, running=found.running.format(release=release), drop_in=found.drop_in.format(release=release)
        )


def more(service: Service, lines: Sequence[str], known: TemplateContext) -> list[Value]:
    """Fill in the product's lines for its unit, except those that name something that is not set.

    Raises:
        ProductFault: a line names something that the product does not have.
    """
    own = forms.attributes({name: form.secret for name, form in service.product.attributes.items()})
    values: dict[str, Value] = {name: known.attributes.get(name) for name in own}
    values |= {"lib": known.lib, "data": known.data or None, "release": known.release or None, "port": known.port}
    with files_of(service):
        unset = {name for name, value in values.items() if value is None}
        return [_line(line, values) for line in lines if not unset.intersection(forms.fields(line))]


def _line(line: str, values: Mapping[str, Value]) -> Value:
    command = line.startswith("Exec")
    parts: list[Value] = []
    for text, name, _, _ in string.Formatter().parse(line):
        parts += [text] if name is None else [text, _word(values[name], command=command)]
    return line_of(*parts, "\n")


def _word(value: Value, *, command: bool) -> Value:
    """Quote a value as one word of a line. A ``$`` is doubled only in commands, where it has a meaning."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        quoted = str(quote(value))
        return quoted if command else quoted.replace("$$", "$")
    return value  # a number, or a value of Terraform


def add(
    document: MachineDocument,
    service: Service,
    store: Storage,
    deployed: Deployed,
    unit: Unit | None,
    known: TemplateContext,
) -> None:
    """Write the drop-in: order, waits, environment, the product's lines, the sandbox."""
    if unit is None:
        if store.files:
            document.write(*store.files)
        return
    head = _order(store, deployed, networked=known.address is not None)
    body = units.waits(document, deployed.peers)
    if deployed.peers:
        body.append(f"TimeoutStartSec={units.patience(deployed.peers)}\n")
    if deployed.environment:
        body.append(f"EnvironmentFile={deployed.environment}\n")
    body += more(service, unit.more, known)
    if known.group:
        body.append(f"# Its group writes to the same volumes\nUMask={sandbox.SHARED}\n")
    body += _sandbox(document, service, store, known)
    lines = [*(["[Unit]\n", *head] if head else []), *(["\n"] if head and body else [])]
    lines += ["[Service]\n", *body] if body else []
    comment = unit.comment if store.units else ""
    path = f"{known.lib}/unit.conf" if known.late else f"/etc/systemd/system/{unit.drop_in}.d/camp.conf"
    text = line_of(*lines) if lines else "# No changes\n"
    document.write(*store.files, *((WriteFile(path, text, comment=comment),) if lines or known.late else ()))


def _order(store: Storage, deployed: Deployed, *, networked: bool) -> list[Value]:
    """Write what starts before the unit: its volumes, and the network if it needs an address or another service."""
    head: list[Value] = []
    if store.units:
        head.append(f"Requires={' '.join(store.units)}\n")
    if store.units or deployed.peers or networked:
        head.append(f"Wants=network-online.target\nAfter={' '.join((*store.units, 'network-online.target'))}\n")
    if store.units:
        head.append(f"RequiresMountsFor={' '.join(store.words)}\n")
    return head


def _sandbox(document: MachineDocument, service: Service, store: Storage, known: TemplateContext) -> list[Value]:
    """Write the sandbox of the server. A product that does not say what its server needs gets none."""
    needs = document.given.recipe(service).sandbox
    data = store.words or ((str(quote(known.data)),) if known.data else ())
    if needs is None:
        writable = [f"ReadWritePaths={' '.join(map(sandbox.optional, data))}\n"] if data else []
        return [*writable, *([f"IPAddressDeny={sandbox.METADATA}\n"] if service.product.server else [])]
    if known.family == "rhel":
        return ["\n", sandbox.confined(data)]
    folders = tuple(str(quote(filled(service, path, {"release": known.release}))) for path in needs.writable)
    needs = replace(needs, writable=folders)
    user = f"# The distribution's unit would start it as root\nUser={needs.user}\n" if needs.user else ""
    return [user, "\n", sandbox.server(needs, data)]
