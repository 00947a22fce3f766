"""Units that come with a distribution's packages, and what they are told besides."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from camp2iac.catalogue.model import Product
from camp2iac.catalogue.recipe import Recipe, Unit
from camp2iac.catalogue.versions import Version
from camp2iac.record import replace
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.machine import units
from camp2iac.targets.openstack.machine.deploy import Deployed
from camp2iac.targets.openstack.machine.draft import MachineDraft, line_of
from camp2iac.targets.openstack.machine.storage import Storage
from camp2iac.topology.model import Service


def late(product: Product, recipe: Recipe) -> bool:
    """Whether what its unit is told besides comes by its script, not before its package: else the package's own start
    would wait for peers, and everything else for the package.
    """
    return product.server or recipe.late


def unit(recipe: Recipe, release: Version | None, chosen: Mapping[str, Any]) -> Unit | None:
    """The distribution's unit, with its release, its folders (``lib``, ``data``) and the plan's numbers filled in."""
    found = recipe.unit
    if found is None:
        return None
    known = {name: value for name, value in chosen.items() if name in ("lib", "data") or isinstance(value, int)}
    known["release"] = release
    return replace(
        found,
        running=found.running.format(release=release),
        drop_in=found.drop_in.format(release=release),
        more=tuple(line.format(**known) for line in found.more if all(f in known for f in _fields(line))),
    )


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


def add(
    draft: MachineDraft,
    service: Service,
    store: Storage,
    deployed: Deployed,
    unit: Unit | None,
    shown: Mapping[str, Any],
) -> None:
    """What a distribution's unit is told besides: its volume first, its network, its environment, whom to wait for."""
    if unit is None:
        draft.files += [store.files] if store.files else []
        return
    server = service.product.server
    head: list[Value] = []
    if store.units:
        head.append(f"Requires={' '.join(store.units)}\n")
    if store.units or deployed.peers or shown["address"] is not None:
        head.append(f"Wants=network-online.target\nAfter={' '.join((*store.units, 'network-online.target'))}\n")
    if store.units:
        head.append(f"RequiresMountsFor={' '.join(store.words)}\n")
    body = units.waits(draft, deployed.peers)
    if deployed.peers:
        body.append(f"TimeoutStartSec={units.patience(deployed.peers)}\n")
    if deployed.environment:
        body.append(f"EnvironmentFile={deployed.environment}\n")
    if server and store.mounts:
        body.append(f"ReadWritePaths={' '.join(store.words)}\n")
    if unit.writes:
        body.append(f"ReadWritePaths={shown['data']}\n")
    body += [f"{line}\n" for line in unit.more]
    if server:
        body.append("# No metadata service, which tells this machine's user_data with all that is secret in it\n")
        body.append("IPAddressDeny=169.254.169.254\n")
    lines = [*(["[Unit]\n", *head] if head else []), *(["\n"] if head and body else [])]
    lines += ["[Service]\n", *body] if body else []
    comment = unit.comment if store.units else ""
    path = f"{shown['lib']}/unit.conf" if shown["late"] else f"/etc/systemd/system/{unit.drop_in}.d/camp.conf"
    text = line_of(*lines) if lines else "# Nothing besides\n"
    draft.files.append((*store.files, *((WriteFile(path, text, comment=comment),) if lines or shown["late"] else ())))
