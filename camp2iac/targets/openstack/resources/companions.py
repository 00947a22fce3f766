"""What companions need beside the document of instances: secrets, and ways to servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from camp2iac.catalogue.companion import AskedCompanion
from camp2iac.catalogue.companion_asks import CompanionSecret
from camp2iac.synth.module import Block, call, expr, ref
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation
from camp2iac.targets.openstack.layout.companion_secrets import label, secret, variable
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup
from camp2iac.targets.openstack.layout.security_group_rules import ANYWHERE
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resource_types import PASSWORD, SECURITY_GROUP_RULE
from camp2iac.targets.openstack.resources import security_groups

FILE = "companions.tf"
_WEB = (80, 443)  # instances may connect to these ports anyway


def add(made: ModuleBuilder, layout: OpenStackLayout, machines: Mapping[str, TierSoftware]) -> Mapping[str, Tracked]:
    """The secrets of the companions that instances have. Return the generated ones, by address."""
    found: dict[str, Tracked] = {}
    there = {name for machine in machines.values() for name in machine.companions}
    for asked in layout.environment.companions:
        for name, form in asked.secrets.items() if asked.companion.name in there else ():
            if form.length:
                words = f"{name.replace('_', ' ')} of {asked.companion.name}"
                tracked = Tracked(asked.companion.name, words, "environment", holds_data=True)
                found[_generated(made, asked, name, form)] = tracked
            else:
                _asked(made, asked, name, form)
    return found


def _generated(made: ModuleBuilder, asked: AskedCompanion, name: str, form: CompanionSecret) -> str:
    companion, own = asked.companion, variable(asked.companion.name, name)
    comment, origin = made.by(companion.name), made.environment.key_span(companion.name)
    address = made.resource(
        FILE,
        PASSWORD,
        label(companion.name, name),
        comment=f"{comment}. {form.description}" if comment else form.description,
        origin=origin,
        length=form.length,
        special=False,
    )
    given = f"{form.description} Default: the generated one."
    made.optional(label(companion.name, name), given, "string", comment, sensitive=True)
    shown = f"{form.description} To show it: terraform output -raw {own}"
    made.output(own, shown, secret(companion.name, name, form), comment, origin, sensitive=True)
    return address


def _asked(made: ModuleBuilder, asked: AskedCompanion, name: str, form: CompanionSecret) -> None:
    own = variable(asked.companion.name, name)
    comment, origin = made.by(asked.companion.name), made.environment.key_span(asked.companion.name)
    made.variable(own, form.description, "string", None, _plain(own), comment=comment, origin=origin, sensitive=True)


def _plain(name: str) -> Block:
    """They are in files of lines, without quoting."""
    condition = call("can", call("regex", "^[!-~]+$", ref(f"var.{name}")))
    return validation(expr(condition), f"{name} must be one line of ASCII characters without spaces.")


def add_rules(made: ModuleBuilder, layout: OpenStackLayout, group: MachineGroup, machine: TierSoftware) -> None:
    """The security group rules from a tier to the servers of its companions, unless their ports are open anyway."""
    open_ = {*_WEB, *_open(made, group)}
    for asked in layout.environment.companions:
        if asked.companion.name not in machine.companions:
            continue
        for port in sorted(_ports(asked) - open_):
            name = asked.companion.name
            security_groups.add_way_out(made, group, f"{name}_{port}", f"To the server of {name}", port)
            open_.add(port)


def _ports(asked: AskedCompanion) -> set[int]:
    given = (asked.settings[name] for name in asked.companion.machine.servers)
    return {port for value in given if isinstance(value, str) and (port := _port(value)) is not None}


def _port(value: str) -> int | None:
    """The port of a URL, or a port."""
    return int(value) if value.isdecimal() else urlsplit(value).port


def _open(made: ModuleBuilder, group: MachineGroup) -> Iterator[int]:
    """The ports that a tier may already connect to at any address. Neutron refuses a second rule for them."""
    for block in made.module.files.get(group.file, ()):
        port = block.get("port_range_min")
        rule = block.labels[:1] == (SECURITY_GROUP_RULE,) and block.get("direction") == "egress"
        if rule and block.get("remote_ip_prefix") == ANYWHERE and isinstance(port, int):
            yield port
