"""The section of the output's README about what an edit costs: instances that are replaced, and for how long."""

from __future__ import annotations

from camp2iac.diagnostics.suggest import listed
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.machine_groups import MachineGroup

_HEAD = """\
## Changes

`camp2iac diff` shows what a change of the plan, the code or the environment file does before you apply it. In general:
"""
_SOFTWARE = "the version or the attributes of its software, commands, packages"

_IMAGE = (
    "- The image, or a newer one with the same name: only new instances use it. If its operating system has another "
    "release of the software of a tier, the instances of the tier are replaced."
)


def text(layout: OpenStackLayout) -> str:
    """Markdown: a line for each tier, and what is the same for all."""
    lines = [f"- **{id_}**: {_costs(layout, group)}" for id_, group in layout.groups.items()]
    lines += [
        "- The size of instances (`compute`, `sizes`): Terraform resizes up to ten at once, and each restarts.",
        _IMAGE,
        "- Ports, links and `ssh_from`: only security group rules change.",
    ]
    return _HEAD + "\n" + "\n".join(lines)


def _costs(layout: OpenStackLayout, group: MachineGroup) -> str:
    services = [layout.topology.services[id_] for id_ in group.tier.services]
    components = [id_ for service in services for id_ in service.components]
    if not components:
        return f"a change of {_SOFTWARE} replaces {_all(group)}{_kept(group)}."
    if group.settings.change == "rerun":
        return (
            f"new code and variables of {listed(components, 'and')} are a release, which the instances install one "
            f"after the other while they serve. A change of {_SOFTWARE} replaces {_all(group)}{_kept(group)}."
        )
    if group.settings.change == "ignore":
        return f"a change of code, variables, {_SOFTWARE} does nothing. Only new instances have it."
    replaces = f"a change of code, variables, {_SOFTWARE} replaces {_all(group)}{_kept(group)}. "
    return replaces + "For updates one after the other, set `on_change: rerun` in the environment file."


def _all(group: MachineGroup) -> str:
    if group.many:
        return "all its instances at once: until the new ones are ready, none of them answers"
    return "its instance: until the new one is ready, it does not answer"


def _kept(group: MachineGroup) -> str:
    return ". Volumes keep their data" if group.volumes else ""
