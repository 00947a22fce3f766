"""How instances get the releases of a component, and the object that names the current release.

``delivery/release.py`` delivers the content. docs/adr/0007-releases.md describes how instances take turns.
"""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.record import Record
from camp2iac.synth.cloudinit import Encoded, WriteFile
from camp2iac.synth.module import Ref, Value, call, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine import objects
from camp2iac.targets.openstack.machine.content import ComponentRelease
from camp2iac.targets.openstack.machine.delivery import authorised
from camp2iac.targets.openstack.machine.document import LIB, MachineDocument, MachineInput, line_of
from camp2iac.targets.openstack.machine.halves import INSTALL
from camp2iac.targets.openstack.machine.template_context import TemplateContext, installing
from camp2iac.targets.openstack.machine.templates import install_script
from camp2iac.topology.model import Component, Service

ETC = "/etc/camp/release"
_SERVICE = """\
[Unit]
Description=Checks for a new release of %i and deploys it
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/local/lib/camp/release %i
Environment=HOME=/root
"""
_TIMER = """\
[Unit]
Description=Checks for a new release of %i every minute

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

    ``environment``: the files of its variables on the instance, separated by spaces, all with the same text. Empty: it
    has none. ``text``: the local value with that text. ``units``: the units to restart. ``port``: where it listens, or
    None. ``file``: the path of a single file in the release's folder. Empty: in ``app``, by its own name.
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
    """Add the release of a component. ``known``: the names for ``build.sh.j2`` of its product."""
    if it.release.announced:
        _announce(document, it)
    else:
        _describe(document, it)
    built = known.component is not None and known.component.build is not None
    build = built or (it.service.product.folder / "templates" / "build.sh.j2").is_file()
    _watch(document, it, build=build)
    if build:
        name = f"{it.component.id}.build"
        text = install_script(it.service, "build.sh.j2", installing(known))
        document.share_named(text)
        document.add_script(INSTALL, f"{name}.sh", f"{LIB}/{name}", text)
    document.watch("released", it.component.id)


def _describe(document: MachineDocument, it: ReleasedComponent) -> None:
    """The small object that names the current release."""
    given, component, release = document.given, it.component, it.release
    lines: list[Value] = [
        template("sha256 ", release.sha256),
        template("url ", release.url),
        f"machines {_machines(given)}",
        *_rest(given, it),
    ]
    what = f"{given.topology.file}: {component.name}. Its instances read this object every minute."
    comment = (
        f"{what} If it changes, they deploy the",
        "new release one after the other, and roll it back if it does not respond.",
    )
    text = call("join", "\n", tuple(lines))
    name = f"{component.id}.release"
    document.add_objects(objects.text(_label(component), name, text, comment, component.span))


def _rest(given: MachineInput, it: ReleasedComponent) -> list[Value]:
    """The lines of a release that do not depend on its content."""
    health = _health(given, it.component, it.port)
    return [
        f"form {it.release.form}",
        *([f"name {it.release.name}"] if it.release.name else []),
        *([f"health {health}"] if health else []),
        "",
        Ref(f"local.{it.text}") if it.text else "",
    ]


def _machines(given: MachineInput) -> int:
    scale = given.tier.scale
    return scale.value.maximum if scale else 1


def _announce(document: MachineDocument, it: ReleasedComponent) -> None:
    """Name the current release in the instances' metadata. The rest of it is in a file, because it can be secret."""
    given, id_, release = document.given, it.component.id, it.release
    document.install("curl", "ca-certificates")
    url = (" ", release.url) if release.url else ()
    document.announce(f"release-{id_}", line_of(release.sha256, f" {_machines(given)}", *url))
    text = document.variable(id_, "release", call("join", "\n", tuple(_rest(given, it))))
    path = f"{ETC}/{id_}.release"
    if it.environment:
        document.weigh_file(path, document.encoded.get(it.environment.split(" ")[0], 0))
    comment = f"The releases of {id_}, without the digest, which is in the instance's metadata; and its variables"
    document.write(WriteFile(path, Encoded(text), permissions="0600", comment=comment))


def _watch(document: MachineDocument, it: ReleasedComponent, *, build: bool) -> None:
    """The files with which an instance checks for releases. ``build``: the product has a build script."""
    id_ = it.component.id
    settings = {
        "folder": f"/opt/{document.given.app}/{id_}",
        "environment": it.environment,
        "file": it.file,
        "build": f"{LIB}/{id_}.build" if build else "",
        "port": str(it.port or ""),
        "units": " ".join(it.units),
        "path": it.release.tracked.path if it.release.tracked else "",
        "left_out": it.release.tracked.left_out if it.release.tracked else "",
    }
    document.share("release")
    systemd = "/etc/systemd/system/camp-release@"
    comment = "Checks every minute for a new release, and deploys it when it is this instance's turn"
    document.write(
        WriteFile(f"{systemd}.service", _SERVICE, comment=comment),
        WriteFile(f"{systemd}.timer", _TIMER),
        once=True,
    )
    settings_file = WriteFile(
        f"{ETC}/{id_}",
        "".join(f"{key} {value}\n" for key, value in settings.items() if value),
        comment=f"The releases of {id_}: their folder and the units to restart",
    )
    if it.release.announced:
        document.write(settings_file)
        if it.release.url and authorised.needed(document.given.infrastructure.releases):
            authorised.curl_file(document, f"{ETC}/{id_}.curl", "How the downloads of its releases are authorised")
        return
    url = document.variable(id_, "release_url", objects.url(_label(it.component)))
    document.write(
        settings_file,
        WriteFile(
            f"{ETC}/{id_}.url",
            line_of('url = "', url, '"\n'),
            permissions="0600",
            comment="The secret URL of the object that names the current release and has its variables",
        ),
    )


def _label(component: Component) -> str:
    return f"{names.label(component.id)}{objects.RELEASE}"


def _health(given: MachineInput, component: Component, port: int | None) -> str:
    """The path of the load balancer's health check, if it checks this component."""
    balance = given.tier.balance
    if port is None or balance is None or balance.value.health is None:
        return ""
    others = [one for one in given.topology.tier_components(given.tier.id) if one is not component]
    exposed = any(exposure.protocol == "http" for exposure in component.exposures)
    return balance.value.health if exposed or not (component.exposures or others) else ""
