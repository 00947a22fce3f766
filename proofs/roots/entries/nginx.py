"""Static pages are served, and an application behind it answers."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    assert "A page as it is." in fleet.curl("http://{web}:8080/")
    gateway = fleet.one("web").ports[0].gateway  # where users come from
    said = fleet.curl("http://{web}:8080/api/words").strip()
    assert said.startswith(f"/api/words of {fleet.address('web')}:8080 for {gateway}"), said
    found = fleet.curl("http://{web}:8080/nothing", "--no-fail", "-o", "/dev/null", "-w", "%{http_code}")
    assert found == "404"
