"""Which release of a product an operating system has, and whether it fits the plan."""

from __future__ import annotations

from camp2iac.catalogue import systems
from camp2iac.catalogue.versions import Version, VersionRange
from camp2iac.diagnostics import Diagnostic
from camp2iac.targets.openstack.machine.document import MachineInput
from camp2iac.topology.model import Service


def installed(given: MachineInput, service: Service) -> Version | None:
    """Return the release of the operating system. Report one that does not fit the plan (CAMP420, CAMP421)."""
    product, os = service.product, given.infrastructure.os
    release = product.available.get(systems.like(os))
    if release is None and product.available:
        given.context.diagnostics.add(
            Diagnostic(
                "CAMP421",
                f"camp2iac cannot install {product.title} on {os}",
                service.span,
                label=f"{service.name} runs on {os}",
                notes=(f"it can on {systems.words(sorted(product.available))}",),
                help="use an image of one of these systems, and name it in the environment file:  os: "
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
            f"{os} has {product.title} {release}, but {service.name} requires {statement.value}",
            statement.span,
            label=statement.value.words(),
            notes=(f"these systems fit: {_list(fitting)}",)
            if fitting
            else ("no system that camp2iac supports has it",),
            help=_wider(
                statement.value,
                release,
                [os for os, found in sorted(product.available.items()) if found in statement.value],
            ),
        )
    )
    return release


def _wider(wanted: VersionRange, release: Version, fitting: list[str]) -> str:
    write = f'write  version: "{release}"  or a range that contains it'
    return f"{write},\nor use an image of {fitting[-1]} in the environment file" if fitting else write


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def bounds(wanted: VersionRange, release: Version) -> tuple[tuple[str, str], ...]:
    """Return the range for dpkg --compare-versions, with as many numbers as the release has."""
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
