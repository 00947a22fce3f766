"""The container answers over HTTP with the variables of the plan, also after a restart of its unit."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    def ask() -> str:
        return fleet.curl("http://{web}:8080/").strip()

    assert ask() == 'it\'s "here", ${HOME}'
    assert "podman-sample-app" in fleet.sh("web", "podman ps --format '{{.Names}}'")
    unit = "podman-sample-app.service"
    assert "/hello" in fleet.sh("web", f"systemctl status {unit}"), "the program is in the unit's control group"
    fleet.sh("web", f"systemctl restart {unit}")
    assert ask() == 'it\'s "here", ${HOME}'
