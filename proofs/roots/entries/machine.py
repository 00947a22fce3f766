"""It answers over SSH with stable host keys. It has no process or file of an application."""

from roots.fleet import Fleet

VERSION = ". /etc/os-release; echo $VERSION_ID"


def use(fleet: Fleet) -> str:
    said = f"exec 3<>/dev/tcp/{fleet.address('bastion')}/22; head -n 1 <&3"
    assert fleet.vm("net-exec", "bash", "-c", said).startswith("SSH-2.0-")
    assert fleet.sh("bastion", "find /opt /etc/systemd/system -name 'machine-sample*'") == ""
    return fleet.sh("bastion", "cat /etc/ssh/ssh_host_*_key.pub")
