"""What processes are told: variables of the environment, the same names as on every other platform."""

from __future__ import annotations

import string
from collections.abc import Mapping

from camp2iac.catalogue.model import Product
from camp2iac.diagnostics import Diagnostic
from camp2iac.synth.cloudinit import Encoded, WriteFile
from camp2iac.synth.module import Attribute, Commented, Ref, Value, expr
from camp2iac.targets.openstack.layout import names, values
from camp2iac.targets.openstack.machine.credentials import credentials
from camp2iac.targets.openstack.machine.draft import MachineDraft, line_of
from camp2iac.targets.openstack.machine.size import told
from camp2iac.topology.model import Component, Link

QUOTING = "For systemd's EnvironmentFile: between double quotes only \" \\ $ and ` need a backslash."


def of(draft: MachineDraft, component: Component, product: Product) -> dict[str, Commented]:
    """The variables of one component: where it listens, its links, what the plan says."""
    found: dict[str, Commented] = {}
    port = draft.facts.ports.get(component.id)
    if port is not None:
        says = any(exposure.port for exposure in component.exposures)
        found["PORT"] = Commented(str(port), "Expose" if says else "where it listens")
    for link in component.links:
        for name, value in _linked(draft, link, product).items():
            found[name] = Commented(value, f"ConnectTo {link.service}")
        draft.context.ledger.keep(link.statement, ", ".join(link.variables))
    for variable in component.variables:
        found[variable.name] = Commented(values.value(variable.value, draft.topology, draft.facts), "Env")
        draft.context.ledger.keep(variable.statement, "environment")
    return found


def _linked(draft: MachineDraft, link: Link, product: Product) -> Mapping[str, Value]:
    service = draft.topology.services[link.service]
    if service.href is not None:
        draft.context.ledger.keep(service.href, "as it is")
        return dict.fromkeys(link.variables, service.href.value)
    form = service.product.link
    if form is None:
        return {}
    parts = credentials(draft, service, link).parts(draft.facts.hosts[service.id], draft.facts.ports[service.id])
    found: dict[str, Value] = dict.fromkeys(link.variables, fill(form.url, parts))
    jdbc = service.product.machine.get("jdbc")
    if product.machine.get("jdbc_variables") and jdbc:
        for variable in link.variables:
            name = f"JDBC_{variable}"
            found[name] = fill(jdbc, parts)
            base = name.removesuffix("_URL")
            found[f"{base}_USERNAME"], found[f"{base}_PASSWORD"] = parts["user"], parts["password"]
    return found


def fill(form: str, parts: Mapping[str, Value]) -> Value:
    """``redis://:{password}@{host}`` with its parts filled in."""
    found: list[Value] = []
    for text, name, _, _ in string.Formatter().parse(form):
        found += [text] if text else []
        found += [parts[name]] if name else []
    return line_of(*found)


def merge(
    draft: MachineDraft, service: str, all_: list[tuple[Component, dict[str, Commented]]]
) -> dict[str, Commented]:
    """The variables of several components in one process; a diagnostic where two mean different things by a name."""
    merged: dict[str, tuple[Component, Commented]] = {}
    for component, found in all_:
        for name, value in found.items():
            first = merged.setdefault(name, (component, value))
            if first[1].value != value.value and name != "PORT":
                draft.missing = True
                draft.context.diagnostics.add(
                    Diagnostic(
                        "CAMP424",
                        f"{first[0].name} and {component.name} are one process, and {name} differs between them",
                        component.span,
                        help=f"call it differently in one of them, or let {component.name} run on a service of its own",
                    )
                )
    return {name: value for name, (_, value) in merged.items()}


def write(draft: MachineDraft, owner: str, found: Mapping[str, Commented], *, released: bool = False) -> str:
    """Add the file that systemd reads; its path. Local values hold the variables, one a line, and their quoting.

    ``released``: the file comes with a release, which takes its text from the local value :func:`text_of`.
    """
    path = f"/etc/{draft.app}/{owner}.env"
    label = names.label(owner)
    draft.locals.append(Attribute(f"{label}_environment", {name: found[name] for name in sorted(found)}))
    lines = quoted(Ref(f"local.{label}_environment"))
    if released:
        draft.locals.append(Attribute(text_of(owner), lines, comment=QUOTING))
        return path
    text = Commented(lines, QUOTING, above=True)
    draft.told[path] = sum(len(name) + 4 + told(value) for name, value in found.items())
    draft.files.append(
        (
            WriteFile(
                path,
                Encoded(draft.variable(owner, "environment", text)),
                permissions="0600",
                comment="What it is told: root reads it for systemd, nobody else can",
            ),
        )
    )
    return path


def text_of(owner: str) -> str:
    """The local value that holds the text of its EnvironmentFile, where a release has it."""
    return f"{names.label(owner)}_variables"


def quoted(variables: Ref) -> Value:
    """Lines for an EnvironmentFile (systemd.exec(5)) of a map, name to value, whatever the values hold."""
    return expr(
        'join("", [\n  for name, value in ',
        variables,
        ' : format("%s=\\"%s\\"\\n", name, replace(value, "/[\\"\\\\\\\\$`]/", "\\\\$0"))\n])',
    )
