"""What the processes of a product need although the sandbox of their units would deny it.

``targets/openstack/machine/sandbox.py`` has the directives of systemd.
"""

from __future__ import annotations

from camp2iac.record import Record


class Sandbox(Record, frozen=True, forbid_unknown_fields=True):
    """The ``machine.sandbox`` of a ``product.yaml``: relaxations, for the packaged server and for processes.

    ``reason``: why the product needs them. ``writable_executable_memory``: it compiles to native code at run time (a
    JIT). ``system_calls``: system calls and groups of them, such as ``@resources``. The others are only for the
    packaged server. ``starts_as_root``: it opens ports and logs as root, then runs its workers as another user.
    ``user``: the user that runs the server, if the distribution's unit would start it as root. ``capabilities``: more
    capabilities. ``writable``: folders that it writes to, in addition to its data.
    """

    reason: str = ""
    writable_executable_memory: bool = False
    system_calls: tuple[str, ...] = ()
    starts_as_root: bool = False
    user: str = ""
    capabilities: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
