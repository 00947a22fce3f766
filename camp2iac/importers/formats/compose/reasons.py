"""Statements of services that have no place in a plan: why, and what to do."""

from __future__ import annotations

from camp2iac.importers.formats.compose.layers import Layers

_CONTAINER = "it is about the container, and the platform decides it"
_NAMES = "the platform names it"
_HOST = "it is about the host of the containers"
_DEVELOPMENT = "it is for development"
_KEPT = {
    "restart": "the platform restarts what ends",
    "init": "the platform runs an init process",
    "expose": "links",
    "image": "the content",
    "build": "the content",
    "extends": "the statements of the other service",
    "stop_grace_period": "the platform waits before it kills a process",
}
_LEFT: dict[str, tuple[str, str]] = {
    "container_name": (_NAMES, ""),
    "hostname": (_NAMES, ""),
    "domainname": (_NAMES, ""),
    "labels": ("labels are for programs that watch the container engine", ""),
    "label_file": ("labels are for programs that watch the container engine", ""),
    "annotations": ("annotations are for programs that watch the container engine", ""),
    "logging": (
        "logs are in the journal of the instance, or in the platform's log",
        "for a log collector, use a companion or a drain",
    ),
    "healthcheck": ("the platform checks the port", "write  health: /PATH  in org.camp2iac:Balance"),
    "privileged": ("a container of a plan has no more rights than it needs", "use software of the catalogue, or code"),
    "cap_add": ("a container of a plan has no more rights than it needs", "use software of the catalogue, or code"),
    "cap_drop": ("the platform limits what the container may do", ""),
    "security_opt": ("the platform limits what the container may do", ""),
    "devices": (_HOST, ""),
    "gpus": (_HOST, "name a flavor with a GPU in the environment file"),
    "device_cgroup_rules": (_HOST, ""),
    "network_mode": ("a service of a plan has the networks of the plan", ""),
    "pid": (_HOST, ""),
    "ipc": (_HOST, ""),
    "uts": (_HOST, ""),
    "userns_mode": (_HOST, ""),
    "cgroup": (_HOST, ""),
    "cgroup_parent": (_HOST, ""),
    "extra_hosts": (
        "names are those of the network's name servers",
        "name a service elsewhere with  href,  or name servers in org.camp2iac:Networks",
    ),
    "dns": ("name servers belong to networks", "write them as  dns  in org.camp2iac:Networks"),
    "dns_search": ("name servers belong to networks", ""),
    "dns_opt": ("name servers belong to networks", ""),
    "user": ("the image or the platform sets the user", "set USER in the image"),
    "group_add": ("the image or the platform sets the user", ""),
    "working_dir": ("the image or the content sets the folder", "write  cd FOLDER &&  before the command"),
    "stdin_open": (_DEVELOPMENT, ""),
    "tty": (_DEVELOPMENT, ""),
    "attach": (_DEVELOPMENT, ""),
    "develop": (_DEVELOPMENT, ""),
    "pull_policy": ("an image is pulled when the instance is created, or at a release", ""),
    "platform": ("the flavor decides the processor", "name a flavor with this processor in the environment file"),
    "runtime": (_HOST, ""),
    "isolation": (_HOST, ""),
    "credential_spec": (_HOST, ""),
    "tmpfs": ("the folder for temporary files of an instance is empty at each start anyway", ""),
    "shm_size": (_CONTAINER, "name a larger size in the environment file"),
    "ulimits": (_CONTAINER, ""),
    "sysctls": (_CONTAINER, ""),
    "oom_kill_disable": (_CONTAINER, ""),
    "oom_score_adj": (_CONTAINER, ""),
    "mem_swappiness": (_CONTAINER, ""),
    "memswap_limit": (_CONTAINER, ""),
    "pids_limit": (_CONTAINER, ""),
    "blkio_config": (_CONTAINER, ""),
    "cpu_count": (_CONTAINER, "write  cores  in org.camp2iac:Compute"),
    "cpu_percent": (_CONTAINER, ""),
    "cpu_shares": (_CONTAINER, ""),
    "cpu_period": (_CONTAINER, ""),
    "cpu_quota": (_CONTAINER, ""),
    "cpu_rt_runtime": (_CONTAINER, ""),
    "cpu_rt_period": (_CONTAINER, ""),
    "cpuset": (_CONTAINER, ""),
    "storage_opt": (_CONTAINER, ""),
    "mac_address": (_CONTAINER, ""),
    "stop_signal": ("the image names the signal", "set STOPSIGNAL in the image"),
    "configs": ("a plan has no files beside the content", "put the file into the image or the code"),
    "secrets": ("secrets of a plan are variables, not files", "write  NAME: { secret: NAME }  in org.camp2iac:Env"),
    "volumes_from": ("instances do not share folders", "write a volume for each service, or an object store"),
    "external_links": ("the other container is not in the source", "write a service with an  href"),
    "volume_driver": (_HOST, ""),
    "post_start": ("the platform starts processes", "write a process  release  in org.camp2iac:Process"),
    "pre_stop": ("the platform stops processes", ""),
    "provider": ("another program creates this service", "write a service of the catalogue, or one with an  href"),
    "models": ("the catalogue has no models", "write a service with an  href"),
    "use_api_socket": ("an instance has no Docker engine that its containers may use", ""),
}


def rest(layers: Layers, what: str) -> None:
    """Record what was not read."""
    for key in layers.names():
        part = layers.get(key)
        if part is None or all(each.has_fate for each in part.parts):
            continue
        if key.startswith("x-"):
            part.kept("nothing: an extension field has no meaning of its own")
        elif key in _KEPT:
            part.kept(f"{what}: {_KEPT[key]}")
        elif key in _LEFT:
            part.left_out(*_LEFT[key])
        else:
            part.left_out("the Compose specification has no such key, or camp2iac does not know it yet")
