"""What the processes of a product need although the sandbox of their unit denies it to others.

``targets/openstack/machine/sandbox.py`` has the directives of systemd.
"""

from __future__ import annotations

from camp2iac.record import Record


class Sandbox(Record, frozen=True, forbid_unknown_fields=True):
    """The ``machine.sandbox`` of a ``product.yaml``: relaxations, for the packaged server and for processes.

    ``reason``: why the product needs them. ``writable_executable_memory``: it compiles to machine code at run time (a
    JIT). ``system_calls``: system calls and groups of them, such as ``@resources``. The others concern only the
    packaged server. ``starts_as_root``: it opens ports and logs as root, then runs its workers as another user.
    ``user``: runs the server, where the distribution's unit would start it as root. ``capabilities``: what else it may
    do. ``writable``: folders that it writes to besides its data.
    """

    reason: str = ""
    writable_executable_memory: bool = False
    system_calls: tuple[str, ...] = ()
    starts_as_root: bool = False
    user: str = ""
    capabilities: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
