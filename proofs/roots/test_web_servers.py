"""Web servers in front of applications: the scheme of users, files and uploads, and the size of requests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from roots.fleet import Fleet

PLAN = Path(__file__).parent / "plans/uploads"
SECURE = ("-H", "X-Forwarded-Proto: https")  # as the load balancer sends it


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_uploads_behind_web_servers(tmp_path: Path, root: str) -> None:
    fleet = Fleet(PLAN, tmp_path / "work", root)
    try:
        fleet.start()
        nginx_serves(fleet, tmp_path / "picture")
        php_accepts(fleet, tmp_path / "picture")
    finally:
        fleet.close()


def nginx_serves(fleet: Fleet, picture: Path) -> None:
    """The pages, the application's files and its uploads; requests with their scheme; nothing hidden."""
    site = "http://{web}:8080"
    assert "Gallery" in fleet.curl(f"{site}/")
    assert "teal" in fleet.curl(f"{site}/static/site.css")
    assert fleet.curl(f"{site}/app/", *SECURE).startswith("https ")
    assert fleet.curl(f"{site}/app/").startswith("http ")
    picture.write_bytes(bytes(5_000_000))
    place = fleet.curl(f"{site}/app/", "--data-binary", f"@{picture}")
    assert re.fullmatch(r"/media/[0-9a-f]{8}/picture", place)
    head = fleet.curl(f"{site}{place}", "--head")
    assert "Content-Length: 5000000" in head
    assert "X-Content-Type-Options: nosniff" in head
    fleet.sh("web", f"cp /srv{place} /srv{place.replace('picture', '.hidden')}")
    hidden = fleet.curl(
        f"{site}{place.replace('picture', '.hidden')}", "--no-fail", "-o", "/dev/null", "-w", "%{http_code}"
    )
    assert hidden == "403"


def php_accepts(fleet: Fleet, picture: Path) -> None:
    """Uploads above PHP's own limit, extensions that the content names, and the scheme of users."""
    page = "http://{pages}:8081/"
    assert fleet.curl(page, *SECURE) == "on gd"
    assert fleet.curl(page) == "off gd"
    assert fleet.curl(page, "-F", f"picture=@{picture}") == "5000000"
