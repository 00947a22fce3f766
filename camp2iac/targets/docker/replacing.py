"""The arguments that force a replacement of the engine's resources, because its API cannot change them.

From the provider's source (``ForceNew``). Of a container, everything else than these arguments forces one. A change of
``healthcheck``, ``init`` and ``tmpfs`` is planned as an update that does nothing, so the modules never change them
without another argument.
"""

from __future__ import annotations

from camp2iac.synth.force_new import ALL, Replacing, table
from camp2iac.targets.docker import resource_types as types
from camp2iac.targets.kit.replacing import RANDOM

_CONTAINER = (
    "capabilities",
    "command",
    "cpus",
    "dns",
    "dns_opts",
    "dns_search",
    "domainname",
    "entrypoint",
    "env",
    "group_add",
    "host",
    "hostname",
    "image",
    "ipc_mode",
    "labels",
    "log_driver",
    "log_opts",
    "mounts",
    "name",
    "network_mode",
    "networks_advanced",
    "pid_mode",
    "ports",
    "privileged",
    "publish_all_ports",
    "read_only",
    "runtime",
    "security_opts",
    "shm_size",
    "stdin_open",
    "stop_signal",
    "stop_timeout",
    "storage_opts",
    "sysctls",
    "tty",
    "ulimit",
    "upload",
    "user",
    "userns_mode",
    "volumes",
    "working_dir",
)

REPLACING: Replacing = {
    **table(
        {
            types.CONTAINER: _CONTAINER,
            types.IMAGE: ("build", "name", "platform", "pull_triggers", "triggers"),
            types.NETWORK: (ALL,),
            types.VOLUME: ("driver", "driver_opts", "labels", "name"),
        }
    ),
    **RANDOM,
}
