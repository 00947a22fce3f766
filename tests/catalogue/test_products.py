"""Every product of the catalogue: its form, its scripts, its sample plan."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from support import phases

import camp2iac
from camp2iac.catalogue import load
from camp2iac.targets.base import Outcome

CATALOGUE = Path(camp2iac.__file__).parent / "catalogue"
PRODUCTS = sorted(path.parent.name for path in CATALOGUE.glob("products/*/product.yaml"))
FIRST_SET = {
    "haproxy",
    "mariadb",
    "mongodb",
    "nodejs",
    "php",
    "postgresql",
    "python",
    "rabbitmq",
    "redis",
    "static",
    "tomcat",
}


def test_the_first_set_is_there() -> None:
    assert set(PRODUCTS) >= FIRST_SET


@pytest.fixture(scope="module")
def schema() -> Any:
    found = json.loads((CATALOGUE / "product.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(found)
    return found


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_form(name: str, schema: Any) -> None:
    data = yaml.safe_load((CATALOGUE / "products" / name / "product.yaml").read_text())
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize("name", PRODUCTS)
def test_what_is_available_is_known(name: str) -> None:
    product = load()[name]
    assert set(product.available.values()) <= set(product.releases)
    if not product.releases:  # nothing is installed that could have any
        assert not product.recipe.packages
        return
    assert any(system.startswith("debian-") for system in product.available)


@pytest.mark.parametrize("name", PRODUCTS)
def test_the_sample_plan_compiles_and_loses_nothing(name: str) -> None:
    loaded = phases.load(CATALOGUE / "products" / name / "sample")
    compiled = phases.compile(loaded, target="openstack")
    assert not [d.message for d in compiled.diagnostics if d.level.value != "note"]
    assert name in {service.product.name for service in compiled.topology.services.values()}
    assert [e.statement.words for e in compiled.result.statements if e.outcome is Outcome.LOST] == []
    assert compiled.result is not None
    assert compiled.result.lowered.documents


def test_a_product_of_ones_own(tmp_path: Path) -> None:
    """As docs/writing-a-product.md tells it: a folder with a product.yaml and a template."""
    folder = tmp_path / "catalogue" / "mosquitto"
    (folder / "templates").mkdir(parents=True)
    (folder / "product.yaml").write_text(
        "title: Mosquitto\nrole: service\ndescription: A broker (MQTT).\ncharacteristics: { Mosquitto: version }\n"
        'releases: ["2.0"]\navailable: { debian-12: "2.0" }\nport: 1883\n'
        'link: { variable: MQTT_URL, url: "mqtt://{host}:{port}", label: Mosquitto }\n'
        "machine:\n  packages: [mosquitto]\n  unit: { running: mosquitto.service, drop_in: mosquitto.service }\n"
        '  files: [{ path: "{lib}/mosquitto.conf", template: mosquitto.conf.j2 }]\n'
    )
    (folder / "templates/mosquitto.conf.j2").write_text("listener {{ port }} {{ address }}\n")
    (folder / "templates/configure.sh.j2").write_text(
        '{% extends "configure-script.sh.j2" %}\n{% block about %}Mosquitto, for its clients.{% endblock %}\n'
        "{% block work %}\ninstall -m 0644 {{ lib }}/mosquitto.conf /etc/mosquitto/conf.d/camp.conf\n{% endblock %}\n"
    )
    (folder / ".draft.yaml").write_text("not: [closed\n")  # an editor's file
    plan = tmp_path / "plan"
    plan.mkdir()
    (plan / "camp.yaml").write_text(
        "camp_version: CAMP 1.1\nname: shop\nservices:\n  - id: news\n    characteristics:\n"
        "      - characteristic_type: Mosquitto\n"
    )
    loaded = phases.load(plan)
    compiled = phases.compile(loaded, target="openstack", catalogue=[tmp_path / "catalogue"])
    assert compiled.result is not None, [d.message for d in compiled.diagnostics]
    documents = {document.path: document.data.decode() for document in compiled.result.lowered.documents}
    assert "listener 1883 ${address}\n" in documents["cloud-init/news.yaml.tftpl"].replace("      ", "")
    assert "install -m 0644 /usr/local/lib/camp/news/mosquitto.conf" in documents["cloud-init/news.configure.sh"]
    assert "cloud-init/news.install.sh" not in documents, "there is nothing to install but packages"


def test_a_product_out_of_form_is_said_to_be(tmp_path: Path) -> None:
    shutil.copytree(CATALOGUE / "products" / "redis", tmp_path / "redis")
    file = tmp_path / "redis" / "product.yaml"
    file.write_text(file.read_text().replace("port: 6379", 'port: "6379"'))
    from camp2iac.diagnostics import Diagnostics

    diagnostics = Diagnostics()
    load([tmp_path], diagnostics)
    assert diagnostics.failed
    assert any("port" in d.message for d in diagnostics)
