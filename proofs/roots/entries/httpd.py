"""Static pages are served, and a program answers with the variables of the plan."""

from roots.fleet import Fleet


def status(fleet: Fleet, path: str) -> str:
    return fleet.curl("http://{web}:8080" + path, "--no-fail", "-o", "/dev/null", "-w", "%{http_code}")


def use(fleet: Fleet) -> None:
    assert "A page as it is." in fleet.curl("http://{web}:8080/")
    assert fleet.curl("http://{web}:8080/cgi-bin/greeting").strip() == 'it\'s "here", ${HOME}'
    assert status(fleet, "/nothing") == "404"
    assert status(fleet, "/cgi-bin/") in ("403", "404")
