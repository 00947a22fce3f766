"""Which release of a product a machine's operating system has, and whether the plan can do with it."""

from __future__ import annotations

from camp2iac.catalogue import systems
from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Service


def installed(given: MachineInput, service: Service) -> Version | None:
    """The release that the machine's operating system has; CAMP420 or CAMP421 where the plan cannot have it."""
    product, os = service.product, given.infrastructure.os
    release = product.available.get(systems.like(os))
    if release is None and product.available:
        given.context.diagnostics.add(
            Diagnostic(
                "CAMP421",
                f"camp2iac does not know how to install {product.title} on {os}",
                service.span,
                label=f"{service.name} is to run there",
                notes=(f"it does on {systems.words(sorted(product.available))}",),
                help="give an image of one of these in the environment file, and say which:  os: "
                + sorted(product.available)[0],
            )
        )
        return None
    statement = service.version
    if statement is None or release is None:
        return release
    if release in statement.value:
        given.context.ledger.keep(statement, str(release))
        return release
    fitting = [f"{name} has {found}" for name, found in sorted(product.available.items()) if found in statement.value]
    given.context.diagnostics.add(
        Diagnostic(
            "CAMP420",
            f"{os} has {product.title} {release}, and {service.name} wants {statement.value}",
            statement.span,
            label=statement.value.words(),
            notes=(f"of the systems that camp2iac knows, {_list(fitting)}",)
            if fitting
            else ("no system that camp2iac knows has it",),
            help=_wider(
                statement.value,
                release,
                [os for os, found in sorted(product.available.items()) if found in statement.value],
            ),
        )
    )
    return release


def _wider(wanted: VersionRange, release: Version, fitting: list[str]) -> str:
    write = f'write  version: "{release}"  or a range that has it in it'
    return f"{write},\nor give an image of {fitting[-1]} in the environment file" if fitting else write


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def bounds(wanted: VersionRange, release: Version) -> tuple[tuple[str, str], ...]:
    """The range for dpkg --compare-versions, as fine as the distribution's releases are told."""
    depth = len(release.text.split("."))
    found = []
    if wanted.low is not None:
        low = ".".join(wanted.low.text.split(".")[:depth])
        found.append(("ge" if wanted.low_included or low != wanted.low.text else "gt", low))
    if wanted.high is not None and wanted.high != wanted.low:
        high = wanted.high.text.split(".")
        upto = wanted.high_included or len(high) > depth
        found.append(("le" if upto else "lt", ".".join(high[:depth])))
    return tuple(found)
