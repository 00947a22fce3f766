"""An output does not depend on the environment files of others."""

from __future__ import annotations

from pathlib import Path

from camp2iac import read


def test_another_environment_changes_no_output(tmp_path: Path) -> None:
    (tmp_path / "camp.yaml").write_text(
        "camp_version: CAMP 1.1\nname: shop\nartifacts:\n  - name: web\n    artifact_type: org.python:src\n"
        '    content: { href: "pdp:!" }\n    requirements:\n      - requirement_type: com.python:wsgi\n'
        "        com.python.wsgi.application: shop/app\n"
    )
    (tmp_path / "shop.py").write_text("app = print\n")
    (tmp_path / "environments").mkdir()
    for name in ("staging", "production"):
        (tmp_path / f"environments/{name}.yaml").write_text("target: openstack\nimage: debian-12\n")

    def files() -> dict[str, bytes]:
        made = read(tmp_path).compile(tmp_path / "environments/production.yaml")
        assert made.ok, made.diagnostics
        return dict(made.files())

    before = files()
    assert b"_left_out" in before["web.tf"]
    (tmp_path / "environments/staging.yaml").unlink()
    (tmp_path / "environments/test.yml").write_text("target: heroku\n")
    assert files() == before
