"""The pages are served, and missing pages return 404."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    assert "Here." in fleet.curl("http://{web}:8080/")
    assert fleet.curl("http://{web}:8080/nothing", "--no-fail", "-o", "/dev/null", "-w", "%{http_code}") == "404"
