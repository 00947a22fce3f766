"""The members' pages are served through the load balancer, also if one member is dead."""

from roots.fleet import Fleet


def use(fleet: Fleet) -> None:
    def page() -> str:
        return fleet.curl("http://{front}:80/", seconds=30)

    assert "Here." in page()
    fleet.sh("web-1", "systemctl stop nginx")
    try:
        assert all("Here." in page() for _ in range(4))
    finally:
        fleet.sh("web-1", "systemctl start nginx")
    served = fleet.sh("web-2", "grep -c 'GET / ' /var/log/nginx/access.log")
    assert int(served) > 0
