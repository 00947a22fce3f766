"""What processes on instances know of object stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac import read

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: YXBwID0gTm9uZQo= }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app }
      - { requirement_type: ConnectTo, fulfillment: id:uploads }
      - { requirement_type: ConnectTo, fulfillment: id:exports }
services:
  - id: uploads
    characteristics: [{ characteristic_type: org.camp2iac:ObjectStore }]
  - id: exports
    href: https://s3.example.org/exports
    characteristics:
      - { characteristic_type: org.camp2iac:ObjectStore }
      - characteristic_type: org.camp2iac:Attributes
        access_key: { secret: key }
        secret_key: { secret: key }
org.camp2iac:Secrets: { key: { description: A key } }
"""


@pytest.mark.parametrize("target", ["openstack", "heroku"])
def test_sdks_send_uploads_that_every_server_accepts(tmp_path: Path, target: str) -> None:
    """Their default, checksums after the body (``aws-chunked``), is not implemented by Swift."""
    (tmp_path / "camp.yaml").write_text(PLAN)
    (tmp_path / "environment.yaml").write_text(f"target: {target}\nname: shop\n")
    compiled = read(tmp_path / "camp.yaml").compile(tmp_path / "environment.yaml")
    assert compiled.ok, [each.message for each in compiled.diagnostics]
    files = {str(path): data for path, data in compiled.files().items()}
    text = "".join(str(data) for path, data in files.items() if path.endswith("web.tf"))
    for name in ("AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION"):
        assert text.count(name) == 1
    assert "AWS_ENDPOINT_URL_S3" not in text, "an SDK cannot know which of the two"
