"""HTTPS on an instance: the certificates of HAProxy, and how they are renewed."""

from __future__ import annotations

import json

from camp2iac.synth.cloudinit import JsonString, WriteFile
from camp2iac.synth.module import Ref
from camp2iac.targets.openstack.layout import certificates
from camp2iac.targets.openstack.layout.https import HttpsServing
from camp2iac.targets.openstack.machine import sandbox
from camp2iac.targets.openstack.machine.document import MachineDocument
from camp2iac.targets.openstack.machine.units import volume_unit

FOLDER = "/etc/camp/certificates"
STORE = "/var/lib/camp/certificates"
SERVICE, TIMER = "camp-certificate.service", "camp-certificate.timer"
_SYSTEMD = "/etc/systemd/system"
_TIMER = """\
[Unit]
Description=Renews the certificates of HAProxy

[Timer]
OnBootSec=15min
OnUnitInactiveSec=15min
RandomizedDelaySec=2min

[Install]
WantedBy=timers.target
"""


def add(document: MachineDocument, serving: HttpsServing) -> None:
    """Add the certificates of HAProxy's sites."""
    program, store = document.share("camp-certificate"), _store(document, serving)
    document.install("openssl", *(["lego"] if serving.acme else []))
    acme = serving.acme
    settings = {
        "acme": {"email": acme.email, "directory": acme.directory} if acme else None,
        "sites": {site.id: {"files": site.files, "hosts": site.hosts} for site in serving.sites},
        "store": store,
        "volume": volume_unit(serving.volume) if serving.volume else None,
    }
    text = json.dumps(settings, indent=2, ensure_ascii=False) + "\n"
    document.write(WriteFile(f"{FOLDER}.json", text, comment="The sites that HAProxy serves over HTTPS"))
    for component in dict.fromkeys(site.id for site in serving.sites if site.files):
        _write_files(document, component)
    if acme:
        document.write(
            WriteFile(
                f"{_SYSTEMD}/{SERVICE}", _service(program, store, serving), comment="Gets and renews certificates"
            ),
            WriteFile(f"{_SYSTEMD}/{TIMER}", _TIMER),
        )


def watch(document: MachineDocument, serving: HttpsServing) -> None:
    """Add the lines for camp-status."""
    if serving.acme:
        document.watch("running", TIMER)
    for site in serving.sites:
        document.watch("certificate", site.id)


def _store(document: MachineDocument, serving: HttpsServing) -> str:
    """The folder that keeps certificates from an ACME server: on a volume, if the tier has one."""
    mounts = {each.value.name: each.value.mount for each in document.given.tier.volumes}
    mount = mounts.get(serving.volume) or f"/srv/{serving.volume}"
    return f"{mount.rstrip('/')}/.camp-certificates" if serving.volume else STORE


def _write_files(document: MachineDocument, component: str) -> None:
    """The operator's certificate and key."""
    for name, ending in zip(certificates.variables(component), ("crt", "key"), strict=True):
        what = "certificate" if ending == "crt" else "private key"
        document.write(
            WriteFile(
                f"{FOLDER}/{component}.{ending}",
                JsonString(document.variable(component, f"https_{ending}", Ref(f"var.{name}"), others=True)),
                permissions="0600",
                comment=f"The {what} of {component}. Only root can read it",
            )
        )


def _service(program: str, store: str, serving: HttpsServing) -> str:
    volume = volume_unit(serving.volume) if serving.volume else ""
    needs = f"Requires={volume}\nAfter={volume}\n" if volume else ""
    return (
        "[Unit]\nDescription=Gets and renews the certificates of HAProxy\n"
        f"Wants=network-online.target\nAfter=network-online.target haproxy.service\n{needs}\n"
        f"[Service]\nType=oneshot\nExecStart={program} renew\nTimeoutStartSec=900\n\n"
        f"{sandbox.certificates((FOLDER, store))}"
    )
