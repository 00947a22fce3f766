"""Links with TLS: the files on instances, whatever the services are called."""

from __future__ import annotations

import re
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
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:web }
      - { requirement_type: org.sql:ConnectTo, fulfillment: "id:NAME" }
services:
  - { id: web, characteristics: [{ characteristic_type: org.python:version }] }
  - { id: NAME, characteristics: [{ characteristic_type: PostgreSQL }] }
"""
ENVIRONMENT = "target: openstack\nimage: debian-12\nexternal_network: public\nencrypt_links: true\n"


def compiled(folder: Path, name: str) -> dict[str, str]:
    """The text of each file of a plan with a database of this name."""
    (folder / "camp.yaml").write_text(PLAN.replace("NAME", name))
    (folder / "environment.yaml").write_text(ENVIRONMENT)
    made = read(folder / "camp.yaml").compile(folder / "environment.yaml")
    assert made.ok, [each.message for each in made.diagnostics]
    return {str(path): data.decode() if isinstance(data, bytes) else data for path, data in made.files().items()}


@pytest.mark.parametrize("name", ["database", "links", "links-ca"])
def test_no_two_files_have_one_path(tmp_path: Path, name: str) -> None:
    document = compiled(tmp_path, name)[f"cloud-init/{name}.yaml.tftpl"]
    paths = re.findall(r"^  - path: (.*)$", document, re.MULTILINE)
    assert len(paths) == len(set(paths))
    ends = {path.rpartition(".")[2] for path in paths if path.startswith("/etc/shop/")}
    assert {"pem", "crt", "key"} <= ends


def test_only_the_server_reads_its_key(tmp_path: Path) -> None:
    files = compiled(tmp_path, "database")
    [key] = re.findall(r"- path: /etc/shop/database\.key\n(?:    .*\n)+", files["cloud-init/database.yaml.tftpl"])
    assert 'permissions: "0600"' in key
    modules = {path: text for path, text in files.items() if path.endswith(".tf")}
    holders = {path for path, text in modules.items() if "tls_private_key.database_link.private_key_pem" in text}
    assert holders == {"database.tf"}
