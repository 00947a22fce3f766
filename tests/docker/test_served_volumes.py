"""A web server serves files of a volume that an application of its tier writes."""

from __future__ import annotations

from pathlib import Path

from camp2iac import read

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: app
    artifact_type: org.python:src
    content: {{ href: app/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: shop/app
        fulfillment: id:python
      - requirement_type: org.camp2iac:Expose
        port: 8000
  - name: front
    artifact_type: org.html:Site
    content: {{ href: front/ }}
    requirements:
      - requirement_type: org.nginx:HostOn
        fulfillment: id:front
      - requirement_type: org.camp2iac:Expose
        port: 8080
        public: true
services:
  - id: python
    characteristics:
      - characteristic_type: org.python:version
      - characteristic_type: org.camp2iac:Placement
        tier: web
      - characteristic_type: org.camp2iac:Volume
        name: media
        size: 1 GiB
        mount: /srv/media
  - id: front
    characteristics:
      - characteristic_type: org.nginx:nginx
      - characteristic_type: org.camp2iac:Placement
        tier: {tier}
      - characteristic_type: org.camp2iac:Scale
        max: {most}
      - characteristic_type: org.camp2iac:Attributes
        files: {files}
"""


def front(folder: Path, files: str, tier: str = "web", most: int = 1) -> str:
    """The container of the web server."""
    (folder / "app").mkdir()
    (folder / "front").mkdir()
    (folder / "app/shop.py").write_text("app = print\n")
    (folder / "front/index.html").write_text("<p>hello</p>\n")
    (folder / "camp.yaml").write_text(PLAN.format(files=files, tier=tier, most=most))
    made = read(folder / "camp.yaml").compile(target="docker")
    assert made.ok, made.diagnostics
    return made.files()["front.tf"].decode()


def test_it_mounts_the_volume_read_only(tmp_path: Path) -> None:
    text = front(tmp_path, "/media/=/srv/media/public")
    assert "docker_volume.app_media.name" in text
    assert 'container_path = "/srv/media"' in text
    assert "read_only      = true" in text


def test_each_mounts_that_of_its_number(tmp_path: Path) -> None:
    text = front(tmp_path, "/media/=/srv/media", most=3)
    assert 'docker_volume.app_media["app-${each.value}"].name' in text


def test_other_folders_and_other_tiers_are_not_mounted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert "volumes {" not in front(tmp_path / "a", "/media/=/srv/mediation")
    assert "volumes {" not in front(tmp_path / "b", "/media/=/srv/media", tier="edge")
