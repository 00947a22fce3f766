"""What a machine does with the releases of a component, and the text that says which one is meant.

``delivery/release.py`` has the content's part; docs/adr/0007-releases.md says how machines take turns.
"""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.record import Record
from camp2iac.synth.cloudinit import Script, WriteFile
from camp2iac.synth.module import Document, Ref, Value, call, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine import objects
from camp2iac.targets.openstack.machine.content import ComponentRelease
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, MachineInput, line_of
from camp2iac.targets.openstack.machine.template_context import TemplateContext
from camp2iac.targets.openstack.machine.templates import script
from camp2iac.topology.model import Component, Service

ETC = "/etc/camp/release"
_SERVICE = """\
[Unit]
Description=What the newest release of %i is, and its turn
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/lib/camp/release %i
Environment=HOME=/root
"""
_TIMER = """\
[Unit]
Description=Looks for a new release of %i

[Timer]
OnActiveSec=60
OnUnitInactiveSec=60
RandomizedDelaySec=15
AccuracySec=5

[Install]
WantedBy=timers.target
"""


class ReleasedComponent(Record, frozen=True):
    """A component that comes as releases.

    ``environment``: the files of its variables on the machine, all the same, with spaces between; empty: it has none.
    ``text``: the local value that holds what they say. ``units``: what is restarted. ``port``: where it listens; None:
    nowhere. ``file``: where a single file is to be, below the release's folder; empty: in ``app``, by its own name.
    """

    service: Service
    component: Component
    release: ComponentRelease
    environment: str
    text: str
    units: Sequence[str]
    port: int | None
    file: str


def publish(document: MachineDocument, it: ReleasedComponent, known: TemplateContext) -> None:
    """Add the release of a component, and what a machine does with it. ``known``: to ``build.sh.j2`` of its product."""
    _describe(document, it)
    build = (it.service.product.folder / "templates" / "build.sh.j2").is_file()
    _watch(document, it, build=build)
    if build:
        name = f"{it.component.id}.build"
        text = script(it.service, "build.sh.j2", known)
        document.add_document(Document(f"cloud-init/{name}.sh", text.encode()))
        document.add_script(WriteFile(f"{LIB}/{name}", Script(f"{name}.sh"), permissions="0755"))
    document.watch("released", it.component.id)


def _describe(document: MachineDocument, it: ReleasedComponent) -> None:
    """The small object that says which release is meant."""
    given, component, release, scale = document.given, it.component, it.release, document.given.tier.scale
    lines: list[Value] = [
        template("sha256 ", release.sha256),
        f"form {release.form}",
        f"name {release.name}",
        template("url ", release.url),
        *([f"health {path}"] if (path := _health(given, component, it.port)) else []),
        f"machines {scale.value.maximum if scale else 1}",
        "",
        Ref(f"local.{it.text}") if it.text else "",
    ]
    comment = (
        f"{given.topology.file}: {component.name}. What its machines look at each minute: a change here is a new "
        "release.\nThey take turns, and take it back where it does not answer."
    )
    text = call("join", "\n", tuple(lines))
    name = f"{component.id}.release"
    document.add_objects(objects.text(_label(component), name, text, comment, component.span))


def _watch(document: MachineDocument, it: ReleasedComponent, *, build: bool) -> None:
    """The files by which a machine looks for releases. ``build``: the product makes them ready by a script."""
    id_ = it.component.id
    settings = {
        "folder": f"/opt/{document.given.app}/{id_}",
        "environment": it.environment,
        "file": it.file,
        "build": f"{LIB}/{id_}.build" if build else "",
        "port": str(it.port or ""),
        "units": " ".join(it.units),
    }
    document.share("release")
    systemd = "/etc/systemd/system/camp-release@"
    comment = "Looks each minute for a new release, and puts it in use when it is this machine's turn"
    document.write(
        WriteFile(f"{systemd}.service", _SERVICE, comment=comment),
        WriteFile(f"{systemd}.timer", _TIMER),
        once=True,
    )
    url = document.variable(id_, "release_url", objects.url(_label(it.component)))
    document.write(
        WriteFile(
            f"{ETC}/{id_}",
            "".join(f"{key} {value}\n" for key, value in settings.items() if value),
            comment=f"The releases of {id_}: where they are put, what is restarted",
        ),
        WriteFile(
            f"{ETC}/{id_}.url",
            line_of('url = "', url, '"\n'),
            permissions="0600",
            comment="Where it is told which release is meant, and its variables: nobody else may know",
        ),
    )


def _label(component: Component) -> str:
    return f"{names.label(component.id)}{objects.RELEASE}"


def _health(given: MachineInput, component: Component, port: int | None) -> str:
    """The path that the balancer asks, where it asks this component."""
    balance = given.tier.balance
    if port is None or balance is None or balance.value.health is None:
        return ""
    others = [one for one in given.topology.tier_components(given.tier.id) if one is not component]
    exposed = any(exposure.protocol == "http" for exposure in component.exposures)
    return balance.value.health if exposed or not (component.exposures or others) else ""
