"""The sandbox of systemd units: the only place that names its directives (docs/sandbox.md).

A :class:`Profile` has what varies between units. Its defaults are those of an application's process; a product relaxes
them in its ``product.yaml`` (:class:`~camp2iac.catalogue.sandbox.Sandbox`), and the operator for a component in the
environment file (:class:`~camp2iac.targets.openstack.layout.sandboxes.Allowance`). All directives exist in systemd 249.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camp2iac.catalogue.sandbox import Sandbox
from camp2iac.record import Record
from camp2iac.targets.openstack.layout.sandboxes import Allowance
from camp2iac.targets.openstack.machine.render import unit

METADATA = "169.254.169.254 fe80::a9fe:a9fe"  # where Neutron serves an instance's metadata, by IPv4 and IPv6
SERVED = "0022"  # the umask of users whose volume a web server reads
SHARED = "0002"  # the umask of users that share a volume: its folder gives new files to their group, which must write
_HOMES = ("/home", "/root", "/run/user")
_PRIVILEGED = ("@privileged", "@resources")  # parts of @system-service that need capabilities
# What a server that starts as root needs: for its port and logs, for the user of its workers, and to signal them.
_ROOT = ("CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL", "CAP_NET_BIND_SERVICE", "CAP_SETGID", "CAP_SETUID")
# Capabilities that podman never gives to a container.
_NEVER = (
    "CAP_BLOCK_SUSPEND CAP_LEASE CAP_LINUX_IMMUTABLE CAP_MAC_ADMIN CAP_MAC_OVERRIDE CAP_SYSLOG CAP_SYS_BOOT "
    "CAP_SYS_MODULE CAP_SYS_PACCT CAP_SYS_RAWIO CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_WAKE_ALARM"
)
_FAMILIES = "AF_UNIX AF_INET6 AF_INET AF_NETLINK"  # programs list network interfaces by netlink
_NO_METADATA = f"# No metadata service: it shows the instance's user data, with its secrets\nIPAddressDeny={METADATA}\n"


class Profile(Record, frozen=True):
    """What varies between sandboxes.

    ``writable``: folders, quoted for a unit. ``capabilities``: the bounding set. ``native_code``: memory may be
    writable and executable. ``families``: of sockets. ``calls``, ``denied``: groups of system calls. ``umask``: empty:
    the unit's own. ``own_user``: its user's IPC objects are removed when it stops. ``mounts``: the unit mounts file
    systems for all units, so it has no mount namespace. ``more_calls``: system calls that are allowed although their
    group is not. ``packaged``: the lines are for a distribution's unit, whose
    lists they reset. ``network``: it may connect.
    """

    writable: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    native_code: bool = False
    families: str = _FAMILIES
    calls: tuple[str, ...] = ("@system-service",)
    denied: tuple[str, ...] = _PRIVILEGED
    more_calls: tuple[str, ...] = ()
    umask: str = ""
    own_user: bool = False
    mounts: bool = False
    packaged: bool = False
    network: bool = True


def process(
    needs: Sandbox | None,
    writable: Sequence[str],
    *,
    low_port: bool,
    shared: bool,
    served: bool = False,
    allowed: Allowance | None = None,
) -> str:
    """The sandbox of an application's process.

    Args:
        needs: the relaxations of its product.
        writable: its volumes, quoted for a unit.
        low_port: it listens below port 1024.
        shared: other users write to the same volumes.
        served: a web server reads its volumes.
        allowed: what the operator allows.
    """
    needs, more = needs or Sandbox(), allowed or Allowance("")
    calls = (*needs.system_calls, *more.system_calls)
    profile = Profile(
        writable=(*writable, *(optional(str(unit(path))) for path in more.writable)),
        capabilities=capabilities(low_port, allowed),
        native_code=needs.writable_executable_memory or more.writable_executable_memory,
        families=" ".join((_FAMILIES, *more.address_families)),
        denied=_denied(calls),
        more_calls=_single(more.system_calls),
        umask=SHARED if shared else SERVED if served else "0077",
        own_user=True,
    )
    head = f"# Allowed by the environment file: {more.reason}\n" if allowed else ""
    return head + _text(profile, needs.reason if needs.writable_executable_memory else more.reason)


def capabilities(low_port: bool, allowed: Allowance | None) -> tuple[str, ...]:
    """The capabilities of an application's process."""
    low = {"CAP_NET_BIND_SERVICE"} if low_port else set()
    return tuple(sorted({*low, *(allowed.capabilities if allowed else ())}))


def server(needs: Sandbox, data: Sequence[str]) -> str:
    """The sandbox of a distribution's server, for a drop-in. ``data``: its folders, quoted for a unit."""
    writable = (*data, *needs.writable, *(["/run"] if needs.starts_as_root else []))
    return _text(
        Profile(
            writable=tuple(map(optional, writable)),
            capabilities=tuple(sorted({*(_ROOT if needs.starts_as_root else ()), *needs.capabilities})),
            native_code=needs.writable_executable_memory,
            denied=_denied(needs.system_calls, root=needs.starts_as_root),
            more_calls=_single(needs.system_calls),
            packaged=True,
        ),
        needs.reason,
    )


def confined(data: Sequence[str]) -> str:
    """The sandbox of a server that SELinux confines. ``data``: its folders, quoted for a unit.

    Directives that imply NoNewPrivileges would keep the server out of its SELinux domain, which confines it further
    than they do.
    """
    writable = f"ReadWritePaths={' '.join(map(optional, data))}\n" if data else ""
    return (
        "# Sandbox beside SELinux: directives that imply NoNewPrivileges would keep the server out of its domain\n"
        f"ProtectSystem=full\n{writable}ProtectHome={_home(data)}\nPrivateTmp=yes\n"
        f"ProtectControlGroups=yes\n{_NO_METADATA}"
    )


def container() -> str:
    """The sandbox of podman, which sets up namespaces, devices and mounts, and confines the container itself."""
    return (
        "# Sandbox: podman needs root, devices and mounts, and confines the container itself\n"
        f"CapabilityBoundingSet=~{_NEVER}\nLockPersonality=yes\nRestrictRealtime=yes\nKeyringMode=private\n"
        f"{_NO_METADATA}RestrictAddressFamilies={_FAMILIES}\n"
    )


def volume() -> str:
    """The sandbox of the unit that formats and mounts a volume for other units, and lets its file system grow."""
    return _text(
        Profile(
            capabilities=("CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_SYS_ADMIN", "CAP_SYS_RAWIO", "CAP_SYS_RESOURCE"),
            families="AF_UNIX",
            calls=("@system-service", "@mount"),
            denied=(),
            mounts=True,
            network=False,
        )
    )


def report() -> str:
    """The sandbox of the unit that reads logs, asks systemd and connects to ports."""
    return _text(Profile(capabilities=("CAP_DAC_READ_SEARCH",)))


def offline() -> str:
    """The sandbox of a unit of root that reads files of root and asks systemd."""
    return _text(Profile(families="AF_UNIX", network=False))


def companion() -> str:
    """The sandbox of a companion's program, for a unit or a drop-in: it writes nothing, and may connect and listen."""
    return _text(Profile(packaged=True))


def certificates(folders: Sequence[str]) -> str:
    """The sandbox of the unit of root that asks an ACME server and reloads HAProxy. ``folders``: where it writes."""
    writable = tuple(str(unit(folder)) for folder in folders)
    return _text(Profile(writable=writable, capabilities=("CAP_DAC_READ_SEARCH",), umask="0077"))


def route() -> str:
    """The sandbox of the unit that sets routes."""
    return _text(Profile(capabilities=("CAP_NET_ADMIN",), families="AF_NETLINK", network=False))


def optional(path: str) -> str:
    """A folder for a unit that starts even if the folder does not exist."""
    return f'"-{path[1:]}' if path.startswith('"') else f"-{path}"


def _denied(calls: Sequence[str], *, root: bool = False) -> tuple[str, ...]:
    """The groups of system calls that are denied; ``calls``: those that it needs; ``root``: it becomes another user."""
    needed = {*calls, *(["@privileged"] if root else [])}
    return tuple(group for group in _PRIVILEGED if group not in needed)


def _single(calls: Sequence[str]) -> tuple[str, ...]:
    """The calls that are not in the filter of a service."""
    return tuple(call for call in calls if call not in _PRIVILEGED)


def _home(writable: Sequence[str]) -> str:
    """How much of users' home directories is visible: an inaccessible one hides the volumes below it."""
    paths = [path.strip('-"') for path in writable]
    return "read-only" if any(f"{path}/".startswith(f"{home}/") for path in paths for home in _HOMES) else "yes"


def _text(profile: Profile, reason: str = "") -> str:
    return "".join(f"{line}\n" for line in _lines(profile, reason))


def _lines(it: Profile, reason: str) -> Iterator[str]:
    yield from _files(it)
    yield from _privileges(it)
    yield from _kernel(it, reason)
    yield from _network(it)


def _files(it: Profile) -> Iterator[str]:
    if it.mounts:
        yield "# Sandbox without a mount namespace: other units use what it mounts"
        return
    yield f"# Sandbox: a read-only file system{', except for these folders' if it.writable else ''}"
    yield "ProtectSystem=strict"
    if it.writable:
        yield f"ReadWritePaths={' '.join(it.writable)}"
    yield f"ProtectHome={_home(it.writable)}"
    yield from ("PrivateTmp=yes", "PrivateDevices=yes", "ProtectProc=invisible")
    if it.umask:
        yield f"UMask={it.umask}"


def _privileges(it: Profile) -> Iterator[str]:
    yield "# Only these privileges" if it.capabilities else "# No privileges"
    if it.packaged and it.capabilities:
        yield "CapabilityBoundingSet="
    yield f"CapabilityBoundingSet={' '.join(it.capabilities)}"
    yield from ("NoNewPrivileges=yes", "RestrictSUIDSGID=yes", "RestrictNamespaces=yes")
    if it.own_user:
        yield "RemoveIPC=yes"


def _kernel(it: Profile, reason: str) -> Iterator[str]:
    yield "# Only the system calls of a service, and no access to the settings of the kernel"
    if not it.mounts:
        yield from (f"ProtectKernel{what}=yes" for what in ("Logs", "Modules", "Tunables"))
        yield from ("ProtectClock=yes", "ProtectControlGroups=yes", "ProtectHostname=yes")
    yield from ("LockPersonality=yes", "RestrictRealtime=yes", "KeyringMode=private")
    if it.native_code:
        yield f"# MemoryDenyWriteExecute stays off: {reason}"
    else:
        yield "MemoryDenyWriteExecute=yes"
    yield "SystemCallArchitectures=native"
    if it.packaged:
        yield "SystemCallFilter="
    yield f"SystemCallFilter={' '.join(it.calls)}"
    if it.denied:
        yield f"SystemCallFilter=~{' '.join(it.denied)}"
    if it.more_calls:
        yield f"SystemCallFilter={' '.join(it.more_calls)}"
    yield "SystemCallErrorNumber=EPERM"


def _network(it: Profile) -> Iterator[str]:
    if it.network:
        yield _NO_METADATA.rstrip("\n")
    else:
        yield "# No network"
        yield "IPAddressDeny=any"
    if it.packaged:
        yield "RestrictAddressFamilies="
    yield f"RestrictAddressFamilies={it.families}"
