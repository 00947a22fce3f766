"""What is wrong with a product's own files is said (CAMP306); a fault of ours is not blamed on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.targets.openstack.machine import install

HEAD = """\
title: Ledger
role: {role}
description: It keeps books.
characteristics: {{ Ledger: null }}
releases: ["1"]
available: {{ debian-12: "1" }}
port: 7000
"""
SCRIPT = '{% extends "script.sh.j2" %}\n{% block about %}It{% endblock %}\n'
PLAN = "camp_version: CAMP 1.1\nname: shop\n"
BOOKS = "services:\n  - id: books\n    characteristics: [{ characteristic_type: Ledger }]\n"
WEB = """\
artifacts:
  - name: web
    artifact_type: {type}
    content: {{ href: web }}
    requirements:
{requirements}
"""
HOST = '      - { requirement_type: "org.example:HostOn", fulfillment: "id:books" }'
ON_PYTHON = (
    '      - requirement_type: com.python:wsgi\n      - { requirement_type: ConnectTo, fulfillment: "id:books" }'
)


def faults(folder: Path, product: str, plan: str, *, role: str = "service", script: str = SCRIPT) -> list[str]:
    """The errors of a plan with a product of the user's."""
    entry = folder / "catalogue/ledger"
    (entry / "templates").mkdir(parents=True)
    (entry / "product.yaml").write_text(HEAD.format(role=role) + product)
    (entry / "templates/install.sh.j2").write_text(script)
    (entry / "templates/a.j2").write_text("{{ component.id }}\n")
    (folder / "plan/web").mkdir(parents=True)
    (folder / "plan/web/wsgi.py").write_text("def application(e, s): ...\n")
    (folder / "plan/camp.yaml").write_text(PLAN + plan)
    environment = folder / "openstack.yaml"
    environment.write_text("target: openstack\nos: debian-12\n")
    made = phases.compile(phases.load(folder / "plan"), environment=environment, catalogue=[folder / "catalogue"])
    return [f"{d.code}: {d.message} ({d.label})" for d in made.diagnostics if d.level.value == "error"]


@pytest.mark.parametrize(
    ("product", "script", "problem"),
    [
        ("", "{{ nobody }}", "UndefinedError: 'nobody' is undefined"),
        ("", "{{ port + 'x' }}", "TypeError: unsupported operand"),
        ("", "{% if %}", "TemplateSyntaxError"),
        ("", "{{ address }}", "ledger/templates/install.sh.j2: a script holds no value of Terraform's"),
        ('machine: { files: [{ path: "{nobody}", template: a.j2 }] }', SCRIPT, "UndefinedError"),
        ('machine: { files: [{ path: "/{nobody}", template: install.sh.j2 }] }', SCRIPT, "KeyError: 'nobody'"),
        ("machine: { files: [{ path: /a, template: none.j2 }] }", SCRIPT, "TemplateNotFound: none.j2"),
        ('machine: { unit: { running: "{a}.service", drop_in: a.service } }', SCRIPT, "KeyError: 'a'"),
        ('machine: { unit: { running: a.service, drop_in: "a}.service" } }', SCRIPT, "ValueError: Single '}'"),
    ],
)
def test_templates_and_forms(product: str, script: str, problem: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, product, BOOKS, script=script)
    assert found.startswith("CAMP306: the catalogue entry ledger cannot be used: ")
    assert found.endswith(" (books is Ledger)")
    assert problem in found


def test_a_web_process_without_a_command(tmp_path: Path) -> None:
    product = 'artifacts: { "org.example:src": books }\nrequirements: ["org.example:HostOn"]\nmachine: { web: {} }\n'
    plan = WEB.format(type="org.example:src", requirements=HOST) + BOOKS
    (found,) = faults(tmp_path, product, plan, role="runtime")
    assert "machine.web has no command" in found


def test_a_link_is_its_own_products_fault(tmp_path: Path) -> None:
    """What is linked may be a built-in product's component: it is the user's product that is wrong."""
    product = 'link: { variable: LEDGER_URL, url: "ledger://{nobody}", label: Ledger }\n'
    plan = WEB.format(type="org.python:src", requirements=ON_PYTHON) + BOOKS
    found = faults(tmp_path, product, plan)
    assert [each.partition(" cannot")[0] for each in found] == ["CAMP306: the catalogue entry ledger"]
    assert "(books is Ledger)" in found[0]


def test_a_fault_of_ours_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("ours")

    monkeypatch.setattr(install, "attributes", broken)
    with pytest.raises(TypeError, match="ours"):
        faults(tmp_path, "", BOOKS)
