"""A product says itself what its requirement types mean: a third party's is understood like ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.catalogue import load
from camp2iac.diagnostics import Diagnostics

ELIXIR = """\
title: Elixir
role: {role}
description: Programs in Elixir.
default: true
characteristics: {{ Elixir: version }}
requirements: {requirements}
artifacts: {{ "Elixir:src": elixir }}
releases: ["1.14"]
available: {{ debian-12: "1.14" }}
port: 4000
machine: {{ packages: [elixir], web: {{ command: "/usr/bin/elixir {{folder}}/run.exs" }} }}
"""
PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: Elixir:src
    content: {{ href: web }}
    requirements: [{{ requirement_type: "Elixir:Run"{fulfillment} }}]
{services}"""
SERVICES = "services:\n  - id: beam\n    characteristics: [{ characteristic_type: Elixir }]\n"


def product(folder: Path, requirements: str, role: str = "runtime") -> Path:
    entry = folder / "catalogue/elixir"
    entry.mkdir(parents=True)
    (entry / "product.yaml").write_text(ELIXIR.format(requirements=requirements, role=role))
    return folder / "catalogue"


@pytest.mark.parametrize("requirements", ['{ "Elixir:Run": host }', '["Elixir:Run"]'])
@pytest.mark.parametrize("services", [True, False])
def test_a_products_own_requirement_type(requirements: str, services: bool, tmp_path: Path) -> None:
    catalogue = product(tmp_path, requirements)
    plan = tmp_path / "plan"
    (plan / "web").mkdir(parents=True)
    (plan / "web/run.exs").write_text("IO.puts 1\n")
    text = (
        PLAN.format(fulfillment=', fulfillment: "id:beam"', services=SERVICES)
        if services
        else PLAN.format(fulfillment="", services="")
    )
    (plan / "camp.yaml").write_text(text)
    (tmp_path / "openstack.yaml").write_text("target: openstack\nos: debian-12\n")
    compiled = phases.compile(phases.load(plan), environment=tmp_path / "openstack.yaml", catalogue=[catalogue])
    assert [d.code for d in compiled.diagnostics if d.level.value != "note"] == []
    assert compiled.result is not None
    lowered = compiled.result.lowered
    host = "beam" if services else "web"
    assert list(compiled.topology.services) == [host]
    assert compiled.topology.components["web"].host == host
    machines = [b for b in lowered.module.blocks() if b.labels[:1] == ("openstack_compute_instance_v2",)]
    assert len(machines) == 1
    document = next(d.data.decode() for d in lowered.documents if d.path == f"cloud-init/{host}.yaml.tftpl")
    assert "ExecStart=/usr/bin/elixir /opt/shop/web/run.exs\n" in document


def test_what_a_list_means() -> None:
    redis, static = load()["redis"], load()["static"]
    assert dict(redis.requirements) == {"Redis:ConnectTo": "connect", "org.redis:ConnectTo": "connect"}
    assert static.requirements["org.html:Serve"] == "host"


@pytest.mark.parametrize(
    ("requirements", "codes"),
    [
        ('{ "Elixir:Run": runs }', ["CAMP311"]),
        ('{ "org.redis:ConnectTo": host }', ["CAMP306"]),
        ('{ "org.redis:ConnectTo": connect }', []),
    ],
)
def test_what_it_cannot_mean(requirements: str, codes: list[str], tmp_path: Path) -> None:
    found = Diagnostics()
    load([product(tmp_path, requirements)], found)
    assert [item.code for item in found] == codes
