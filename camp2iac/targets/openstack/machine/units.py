"""The systemd units of processes, volumes, the default route and the report."""

from __future__ import annotations

from collections.abc import Sequence

from camp2iac.catalogue.sandbox import Sandbox
from camp2iac.record import Record
from camp2iac.synth.cloudinit import WriteFile
from camp2iac.synth.module import Value
from camp2iac.targets.openstack.layout.sandboxes import Allowance
from camp2iac.targets.openstack.machine import sandbox
from camp2iac.targets.openstack.machine.document import MachineDocument, line_of
from camp2iac.targets.openstack.machine.render import unit as word

REPORT = "camp-report.service"
PEER = 600  # seconds that a process waits for each service it needs
STEADY = 10  # seconds that a process must have run before camp-status counts it as running
FIRST = 300  # seconds that each program may take that runs before a process


class ProcessUnit(Record, frozen=True):
    """A process of a component.

    ``unit``: its name, without ``.service``. ``command``: one program, quoted for systemd. ``notify``: it tells
    systemd when it listens. ``path``: folders before the usual ones in PATH. ``before``: programs that run first.
    ``after``: for the other processes, the file that exists when these have run, and the seconds that they may take.
    ``user``: the user that runs it; empty: one that systemd allocates. ``writable``: folders in addition to its home.
    ``shared``: other users write to its volumes too. ``served``: a web
    server reads its volumes. ``needs``, ``allowed``: the relaxations of its sandbox, by its
    product and by the operator. ``confined``: systemd confines it; if not, it runs as root and confines what it starts
    (a container). ``needed``: a unit that runs before each of its starts. Empty: none.
    """

    unit: str
    about: str
    command: str
    folder: str
    environment: str
    notify: bool = False
    comment: str = ""
    path: str = ""
    more: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, int] | None = None
    user: str = ""
    writable: tuple[str, ...] = ()
    mounts: tuple[str, ...] = ()
    low_port: bool = False
    shared: bool = False
    served: bool = False
    needs: Sandbox | None = None
    allowed: Allowance | None = None
    confined: bool = True
    needed: str = ""


class Peer(Record, frozen=True):
    """A service to wait for: an address and a port, and on the same instance also its marker file."""

    host: Value
    port: int
    mark: str = ""


def waits(document: MachineDocument, peers: Sequence[Peer]) -> list[Value]:
    """Write the lines of a unit that wait for other services, each for a limited time."""
    found: list[Value] = []
    document.allow(patience(peers))
    for peer in peers:
        program = document.share("wait-for")
        if peer.mark:
            found.append(f"ExecStartPre={program} /var/lib/camp/{peer.mark}.configured {PEER}\n")
        found.append(line_of(f"ExecStartPre={program} ", peer.host, f" {peer.port} {PEER}\n"))
    return found


def patience(peers: Sequence[Peer], more: int = 0) -> int:
    """Return the seconds that a unit may take to start: all waits, and a minute."""
    return PEER * sum(2 if peer.mark else 1 for peer in peers) + 60 + more


def process(document: MachineDocument, it: ProcessUnit, peers: Sequence[Peer]) -> WriteFile:
    """Write the unit of a process."""
    head = f"[Unit]\nDescription={it.about}\nWants=network-online.target\nAfter=network-online.target\n"
    if it.mounts:
        volumes = " ".join(it.mounts)
        head += f"Requires={volumes}\nAfter={volumes}\n"
    if it.needed:
        head += f"Requires={it.needed}\nAfter={it.needed}\n"
    lines: list[Value] = [head, "\n[Service]\n"]
    bound = patience(peers, FIRST * len(it.before) + (it.after[1] if it.after else 0))
    document.allow(bound)
    lines.append(f"{it.comment}Type={'notify' if it.notify else 'exec'}\n")
    lines += waits(document, peers)
    lines += [f"ExecStartPre={command}\n" for command in it.before]
    if it.after:
        lines.append(f"ExecStartPre={document.share('wait-for')} {it.after[0]} {it.after[1]}\n")
    lines.append(f"ExecStart={it.command}\n")
    if it.notify:
        lines.append("ExecReload=/bin/kill -HUP $MAINPID\n")
    lines.append(f"WorkingDirectory={it.folder}\nEnvironmentFile={it.environment}\n")
    if it.path:
        lines.append(f"Environment=PATH={it.path}:/usr/local/bin:/usr/bin:/bin\n")
    lines += [f"{line}\n" for line in it.more]
    lines.append(f"TimeoutStartSec={bound}\nRestart=on-failure\nRestartSec=5\n")
    lines.append(confinement(it))
    lines.append("\n[Install]\nWantedBy=multi-user.target\n")
    return WriteFile(f"/etc/systemd/system/{it.unit}.service", line_of(*lines))


def confinement(it: ProcessUnit) -> str:
    """Write the user, the home and the sandbox of a process, or only the sandbox of a container."""
    return _confined(it) if it.confined else f"\n{sandbox.container()}"


def _confined(it: ProcessUnit) -> str:
    """Write its user, its home and its sandbox."""
    user = f"User={it.user}\n" if it.user else "DynamicUser=yes\n"
    capabilities = " ".join(sandbox.capabilities(it.low_port, it.allowed))
    ambient = f"AmbientCapabilities={capabilities}\n" if capabilities else ""
    home = f"RuntimeDirectory={it.unit}\nEnvironment=HOME=/run/{it.unit}\n"
    writable = tuple(str(word(path)) for path in it.writable)
    limits = sandbox.process(
        it.needs, writable, low_port=it.low_port, shared=it.shared, served=it.served, allowed=it.allowed
    )
    return f"{user}{ambient}{home}\n{limits}"


def report(document: MachineDocument, callback: str) -> WriteFile:
    """Write the unit that reports on the console whether the instance is ready, after its scripts and at each boot."""
    tell = f"ExecStopPost=-{document.share('camp-callback')} {word(callback)}\nTimeoutStopSec=180\n" if callback else ""
    wait = document.patience + STEADY
    lines = (
        "[Unit]\nDescription=Reports whether this instance is ready\n"
        "Wants=network-online.target\nAfter=network-online.target\n\n"
        f"[Service]\nType=oneshot\nExecStart=/usr/local/bin/camp-status --wait {wait}\n"
        f"{tell}TimeoutStartSec={wait + 60}\nStandardOutput=journal+console\n\n"
        f"{sandbox.report()}\n"
        "[Install]\nWantedBy=multi-user.target\n"
    )
    comment = "Reports on the console: ready, or what failed and where its log is"
    if callback:
        comment += ". Also calls the callback"
    return WriteFile(f"/etc/systemd/system/{REPORT}", lines, comment=comment)


def volume(name: str, device: Value, mount: str) -> WriteFile:
    """Write the unit that waits for a volume, mounts it and lets its file system grow, when it starts or reloads.

    Terraform attaches the volume after the instance has booted.
    """
    return WriteFile(
        f"/etc/systemd/system/{volume_unit(name)}",
        line_of(
            f"[Unit]\nDescription=Mounts the volume {name} at {_specifier(mount)}\n\n"
            "[Service]\nType=oneshot\nRemainAfterExit=yes\n"
            "ExecStart=/usr/local/lib/camp/volume ",
            device,
            f" {word(mount)} 600\n",
            "# After Terraform made the volume larger: systemctl reload\nExecReload=/usr/local/lib/camp/volume ",
            device,
            f" {word(mount)} 10\nExecStop=/bin/umount {word(mount)}\nTimeoutStartSec=660\n\n{sandbox.volume()}",
        ),
        comment="Terraform attaches the volume after the instance has booted",
    )


def volume_unit(name: str) -> str:
    """Return the name of a volume's unit: ``camp-volume-data.service``."""
    return f"camp-volume-{name}.service"


def route(gateway: Value, network: str) -> tuple[WriteFile, WriteFile]:
    """Write what sets the default route of an instance on several networks."""
    unit = WriteFile(
        "/etc/systemd/system/camp-route.service",
        line_of(
            f"[Unit]\nDescription=Sets the default route to the network {network}\n"
            "Wants=network-online.target\nAfter=network-online.target\n\n"
            "[Service]\nType=oneshot\nRemainAfterExit=yes\n",
            "ExecStart=/sbin/ip route replace 0.0.0.0/1 via ",
            gateway,
            "\nExecStart=/sbin/ip route replace 128.0.0.0/1 via ",
            gateway,
            f"\n\n{sandbox.route()}\n[Install]\nWantedBy=multi-user.target\n",
        ),
        comment=(
            "Each network offers a default route. If the reply to a connection left through another network,",
            "Neutron would drop it, so all traffic leaves through the plan's first network. These two routes are",
            "more specific than any default route, so they win whatever its metric is.",
        ),
    )
    networkd = WriteFile(
        "/etc/systemd/networkd.conf.d/camp-route.conf",
        "[Network]\nManageForeignRoutes=no\n",
        comment="networkd keeps these routes when it restarts",
    )
    return unit, networkd


def _specifier(text: str) -> str:
    return text.replace("%", "%%")
