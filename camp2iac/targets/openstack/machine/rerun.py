"""Releases: content and variables of a component that reach running machines, one at a time (``on_change: rerun``).

An archive in the object store never changes; beside it one small text, the release, says which archive is meant, where
it is fetched, and what the processes are told. Machines look at it each minute: docs/adr/0007-releases.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from camp2iac.camp.model import Content
from camp2iac.synth.cloudinit import Script, WriteFile
from camp2iac.synth.module import Document, Ref, Value, call, template
from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.machine import content as contents
from camp2iac.targets.openstack.machine import objects
from camp2iac.targets.openstack.machine.content import DeliveredContent, Owner
from camp2iac.targets.openstack.machine.delivery import store
from camp2iac.targets.openstack.machine.draft import LIB, MachineDraft, Release, line_of
from camp2iac.targets.openstack.machine.render import render
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


def possible(draft: MachineDraft, service: Service) -> bool:
    """Whether what runs on a service comes as releases. A server that is told for several at once has none."""
    product = service.product
    wanted = draft.facts.object_store and draft.facts.on_change == "rerun"
    return wanted and bool(product.machine.get("rerun")) and not (product.server and len(service.components) > 1)


def folder(draft: MachineDraft, component: str) -> str:
    """Where the files of a component are that comes as releases: ``current`` leads to the one in use."""
    return f"/opt/{draft.app}/{component}/current/app"


def send(draft: MachineDraft, owner: Owner, content: Content, *, unpack: bool) -> DeliveredContent | None:
    """Put a component's content into the object store; None (and a diagnostic) where that cannot be.

    What the machine fetches elsewhere stays there; without a digest it is no release, and comes as it does otherwise.
    """
    if content.path is None and content.data is None:
        sent = contents.send(draft, owner, content, unpack=unpack)
        if sent is None or not sent.sha256:
            return sent
        release = Release(sent.form, sent.path.rpartition("/")[2], sent.sha256, sent.url)
    else:
        made = store(draft, owner, content, unpack=unpack)
        if made is None:
            return None
        sent, _, blocks = made
        label = names.label(owner.id)
        draft.objects += blocks
        draft.packages += ["curl", "ca-certificates"]
        name = sent.path.rpartition("/")[2] if sent.form == "archive" else sent.names[0]
        release = Release(sent.form, name, Ref(f"local.{label}_sha256"), objects.url(f"{label}_content"))
    draft.releases[owner.id] = release
    place = owner.file or owner.folder
    return DeliveredContent(
        "release", place, "", "", sent.names, folder=owner.folder, packed=sent.packed, release=owner.id
    )


def publish(
    draft: MachineDraft,
    service: Service,
    component: Component,
    *,
    environment: str,
    told: str,
    units: Sequence[str],
    port: int | None,
    place: str,
    shown: Mapping[str, Any],
) -> None:
    """Add the release of a component, and what a machine does with it.

    Args:
        draft: the document.
        service: what it runs on.
        component: it.
        environment: the files of its variables on the machine, all the same; empty: it has none.
        told: the local value that holds their text.
        units: what is restarted.
        port: where it listens; None: nowhere.
        place: where a single file is to be, below the release's folder; empty: in ``app``, by its own name.
        shown: what the product's template for building it sees.
    """
    file, release, label = draft.topology.file, draft.releases[component.id], names.label(component.id)
    scale = draft.tier.scale
    lines: list[Value] = [
        template("sha256 ", release.sha256),
        f"form {release.form}",
        f"name {release.name}",
        template("url ", release.url),
        *([f"health {path}"] if (path := _health(draft, component, port)) else []),
        f"machines {scale.value.maximum if scale else 1}",
        "",
        Ref(f"local.{told}") if told else "",
    ]
    comment = (
        f"{file}: {component.name}. What its machines look at each minute: a change here is a new release.\n"
        "They take turns, and take it back where it does not answer."
    )
    text = call("join", "\n", tuple(lines))
    draft.objects += objects.text(f"{label}{objects.RELEASE}", f"{component.id}.release", text, comment, component.span)
    settings = {"folder": f"/opt/{draft.app}/{component.id}", "environment": environment, "file": place}
    build = (service.product.folder / "templates" / "build.sh.j2").is_file()
    settings |= {"build": f"{LIB}/{component.id}.build" if build else ""}
    settings |= {"port": str(port or ""), "units": " ".join(units)}
    if "release" not in draft.shared:
        draft.share("release")
        systemd = "/etc/systemd/system/camp-release@"
        comment = "Looks each minute for a new release, and puts it in use when it is this machine's turn"
        draft.files.append(
            (WriteFile(f"{systemd}.service", _SERVICE, comment=comment), WriteFile(f"{systemd}.timer", _TIMER))
        )
    url = draft.variable(component.id, "release_url", objects.url(f"{label}{objects.RELEASE}"))
    draft.files.append(
        (
            WriteFile(
                f"{ETC}/{component.id}",
                "".join(f"{key} {value}\n" for key, value in settings.items() if value),
                comment=f"The releases of {component.id}: where they are put, what is restarted",
            ),
            WriteFile(
                f"{ETC}/{component.id}.url",
                line_of('url = "', url, '"\n'),
                permissions="0600",
                comment="Where it is told which release is meant, and its variables: nobody else may know",
            ),
        )
    )
    if build:
        name = f"{component.id}.build"
        script = render(service.product.folder / "templates", "build.sh.j2", shown)
        if not isinstance(script, str):
            raise TypeError(f"{service.product.name}/templates/build.sh.j2: a script holds no value of Terraform's")
        draft.documents.append(Document(f"cloud-init/{name}.sh", script.encode()))
        draft.scripts.append(WriteFile(f"{LIB}/{name}", Script(f"{name}.sh"), permissions="0755"))
    draft.watch("released", component.id)


def _health(draft: MachineDraft, component: Component, port: int | None) -> str:
    """The path that the balancer asks, where it asks this component."""
    balance = draft.tier.balance
    if port is None or balance is None or balance.value.health is None:
        return ""
    others = [one for one in draft.topology.tier_components(draft.tier.id) if one is not component]
    exposed = any(exposure.protocol == "http" for exposure in component.exposures)
    return balance.value.health if exposed or not (component.exposures or others) else ""
