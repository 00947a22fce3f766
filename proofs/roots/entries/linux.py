"""Packages are installed and scripts run once, in the plan's order. Their pages are served."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> str:
    assert "Here." in fleet.curl("http://{web}:8080/")
    assert fleet.sh("web", "cat /var/lib/words/said /var/lib/words/here") == "first\nsecond\nit's here\n"
    return fleet.sh("web", "dpkg-query --show words; ls -l /var/lib/words")


VERSION = ". /etc/os-release; echo $VERSION_ID"
