"""What runs once for all instances of a tier: where each run is claimed, and by which instance if nowhere.

The instances of a tier share a database that the component connects to: the first that writes its claim into the table
``camp_runs`` runs. Without such a database, the instance with the number 1 runs. ``scripts/camp-once.py`` does both.
docs/adr/0023-schedules-and-releases-once.md has the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from camp2iac.catalogue import systems
from camp2iac.record import Record
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.targets.openstack.machine import sandbox
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, MachineInput, keep_named
from camp2iac.targets.openstack.machine.kinds import ArtifactOnMachine
from camp2iac.topology.model import Component, Link, Process, Topology

ETC = "/etc/camp/once"
KEY_UNIT = "/etc/systemd/system/camp-once-key@"
_KEY = f"""\
[Unit]
Description=Computes the identity of the release of %i

[Service]
Type=oneshot
ExecStart={LIB}/camp-once key %i
RuntimeDirectory=camp-once
RuntimeDirectoryMode=0755
RuntimeDirectoryPreserve=yes

{sandbox.offline()}"""
NOT_MINE = 79  # the exit status of a run that another instance has, or that is too late
# The package with the client of each database, by the family of the operating system.
_CLIENTS: Mapping[str, Mapping[str, str]] = {
    "postgresql": {"debian": "postgresql-client", "rhel": "postgresql"},
    "mariadb": {"debian": "mariadb-client", "rhel": "mariadb"},
}
_SCHEMES = ("postgres", "mysql", "mariadb")


class Claims(Record, frozen=True):
    """Who runs what should run once.

    ``how``: ``each``: there is one instance, or each has a database of its own. ``claim``: the first instance to claim
    it in a database. ``first``: the instance with the number 1. ``variable``: that of the database's URL. ``client``:
    the package of its client.
    """

    how: Literal["each", "claim", "first"]
    variable: str = ""
    client: str = ""


def choose(given: MachineInput, component: Component) -> Claims:
    """Choose who runs the schedules of a component."""
    return _choose(given, component, frozenset({component.tier}))


def _choose_release(given: MachineInput, component: Component) -> Claims:
    """Choose who runs the release process of a component, which is one for all tiers that have a part of it."""
    tiers = frozenset(one.tier for one in given.topology.components.values() if _plan_id(one) == _plan_id(component))
    chosen = _choose(given, component, tiers)
    return chosen if chosen.how == "claim" else choose(given, component)


def _plan_id(component: Component) -> str:
    """The id of the component in the plan."""
    return component.part_of or component.id


def _choose(given: MachineInput, component: Component, tiers: frozenset[str]) -> Claims:
    if sum(_most(given.topology, tier) for tier in tiers) == 1:
        return Claims("each")
    own = False
    for link in component.links:
        clients = _CLIENTS.get(given.topology.services[link.service].product.name)
        if clients is None:
            continue
        if _shared(given.topology, component, link, several=len(tiers) > 1):
            return Claims("claim", link.variables[0], clients[systems.family(given.infrastructure.os)])
        own = own or given.topology.services[link.service].href is None
    return Claims("each" if own else "first")


def _shared(topology: Topology, component: Component, link: Link, *, several: bool) -> bool:
    """Whether all instances of the component use the same database. ``several``: it has several tiers."""
    service = topology.services[link.service]
    if service.href is not None:
        return service.href.value.startswith(_SCHEMES)
    return (several or service.tier != component.tier) and _most(topology, service.tier) == 1


def _most(topology: Topology, tier: str) -> int:
    scale = topology.tiers[tier].scale
    return scale.value.maximum if scale else 1


def settings(document: MachineDocument, name: str, claims: Claims, about: str, more: Mapping[str, str]) -> None:
    """Write the file that ``camp-once`` reads, and add the script and the database's client.

    Args:
        document: gets them.
        name: of the file.
        claims: who runs it.
        about: what runs, for messages.
        more: other settings.
    """
    document.share("camp-once")
    if claims.client:
        document.install(claims.client)
    found = {"job": name, "about": about, **more}
    if claims.variable:
        found["variable"] = claims.variable
    elif claims.how == "first":
        found["first"] = "yes"
    text = "".join(f"{key} {value}\n" for key, value in found.items())
    document.write(WriteFile(f"{ETC}/{name}", text, comment=f"How {about} runs on one instance"))


def release(document: MachineDocument, inside: ArtifactOnMachine, command: str, *, implicit: bool) -> str:
    """Return the command that runs a command of a component once for each release. Empty: each instance runs it.

    Args:
        document: gets the settings.
        inside: the component.
        command: the command for systemd.
        implicit: the plan does not name the command. Without a database, it prepares a file of the instance.
    """
    claims = _choose_release(inside.given, inside.component)
    if claims.how == "each" or (implicit and claims.how == "first"):
        return ""
    name = release_name(inside)
    origin = _plan_id(inside.component)
    job = f"{inside.given.app}-{origin}"
    more = {"job": f"{job}.release", "command": command, "log": f"'{job}*'"}
    if claims.variable:
        more["files"] = " ".join(_identity(inside, name))
        document.write(WriteFile(f"{KEY_UNIT}.service", _KEY), once=True)
    settings(document, name, claims, f"the release process of {origin}", more)
    return f"{LIB}/camp-once release {name} {command}"


def release_name(inside: ArtifactOnMachine) -> str:
    """The name of the settings for the release process of a component."""
    return f"{inside.given.app}-{inside.component.id}.release"


def key_unit(inside: ArtifactOnMachine, before: Sequence[str]) -> str:
    """The unit that computes the identity of a release before its command runs. Empty: none of ``before`` needs it."""
    name = release_name(inside)
    needed = any(f"/camp-once release {name} " in command for command in before)
    claims = _choose_release(inside.given, inside.component)
    return f"camp-once-key@{name}.service" if needed and claims.variable else ""


def account_release(inside: ArtifactOnMachine, process: Process) -> None:
    """Enter the outcome of a release process that runs once."""
    ledger, claims = inside.given.context.ledger, _choose_release(inside.given, inside.component)
    if claims.how == "claim":
        ledger.keep(process.statement, "once for each release, on one instance")
        return
    tier = inside.given.tier.id
    why = f"The instances of {tier} share no database, so {tier}-1 runs it, and the others do not wait for it."
    help_ = "Connect it to PostgreSQL or MariaDB on another tier."
    ledger.degrade(process.statement, "on the first instance only", why, help_)


def _identity(inside: ArtifactOnMachine, name: str) -> Sequence[str]:
    """The files whose content is the identity of a release: its command, its content and its variables.

    If the component has several tiers, it is the same on all of them, so no file with a path of the tier is in it.
    """
    app, component = inside.given.app, inside.component
    several = any(one.part_of == _plan_id(component) for one in inside.given.topology.components.values())
    content = f"/var/lib/camp/{keep_named(inside.service.id)}.installed"
    if inside.content.release is not None:
        content = f"{inside.folder.removesuffix('/app')}"
    elif several and inside.content.list:
        content = inside.content.list
    told = (f"/opt/{app}/{component.id}.release.sh", content, f"/etc/{app}/{component.id}.env")
    return told if several else (f"{ETC}/{name}", *told)
