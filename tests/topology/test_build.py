"""From plans to topologies."""

from __future__ import annotations

import pytest

from tests.topology.plans import HEAD, SERVICES, WEB, codes, read


def test_links_have_the_service_name_and_the_customary_one():
    topology, _ = read(HEAD + WEB.replace("id:database", "id:store") + SERVICES.replace("id: database", "id: store"))
    (link,) = topology.components["web"].links
    assert link.variables == ("STORE_URL", "DATABASE_URL")
    assert topology.users("store") == (link,)
    assert topology.users("web") == ()


def test_two_databases_have_no_customary_name():
    second = WEB + "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:archive\n"
    more = SERVICES + "  - id: archive\n    characteristics:\n      - characteristic_type: PostgreSQL\n"
    topology, _ = read(HEAD + second + more)
    assert [link.variables for link in topology.components["web"].links] == [("ARCHIVE_URL",), ("DATABASE_URL",)]


def test_a_requirement_without_fulfillment_takes_the_only_service_that_fits():
    topology, _ = read(HEAD + WEB.replace("\n        fulfillment: id:database", "") + SERVICES)
    assert [link.service for link in topology.components["web"].links] == ["database"]


def test_a_requirement_without_fulfillment_gets_a_service_of_its_own():
    bare = HEAD + WEB.replace("\n        fulfillment: id:database", "").replace("\n        fulfillment: id:web", "")
    topology, _ = read(bare)
    assert sorted(topology.services) == ["web", "web-postgresql"]
    assert topology.services["web-postgresql"].product.name == "postgresql"


def test_services_of_one_tier_keep_the_order_of_the_plan():
    shared = "      - characteristic_type: org.camp2iac:Placement\n        tier: all\n"
    topology, _ = read(
        HEAD
        + WEB
        + SERVICES
        + shared
        + "  - id: cache\n    characteristics:\n      - characteristic_type: Redis\n"
        + shared
    )
    assert list(topology.tiers) == ["all", "web"]
    assert topology.tiers["all"].services == ("database", "cache")
    assert topology.services["cache"].placed.value == "all"


def test_the_same_said_twice_of_a_tier_is_one_statement_for_targets():
    shared = (
        "      - characteristic_type: org.camp2iac:Placement\n        tier: all\n"
        "      - characteristic_type: org.camp2iac:Scale\n        min: 2\n"
    )
    topology, _ = read(
        HEAD
        + WEB
        + SERVICES
        + shared
        + "  - id: cache\n    characteristics:\n      - characteristic_type: Redis\n"
        + shared
    )
    scale = topology.tiers["all"].scale
    again = [said for said in topology.statements if said.same == scale.key]
    assert len(again) == 1


def test_every_statement_is_in_the_order_of_the_plan():
    topology, _ = read(HEAD + WEB + SERVICES)
    lines = [said.span.line for said in topology.statements]
    assert lines == sorted(lines)
    assert [said.words for said in topology.statements if said.subject.id == "database"] == [
        "RDBM: PostgreSQL",
        "PostgreSQL [13,18)",
    ]


def test_a_service_that_exists_elsewhere_is_on_no_tier():
    services = SERVICES.replace("  - id: database\n", "  - id: database\n    href: postgresql://db.example.org/shop\n")
    topology, _ = read(HEAD + WEB + services)
    assert topology.services["database"].href.value == "postgresql://db.example.org/shop"
    assert list(topology.tiers) == ["web"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("min: 2, max: 6", (2, 2, 6)),
        ("min: 2", (2, 2, 2)),
        ("max: 3", (1, 1, 3)),
        ("initial: 3", (1, 3, 3)),
        ("min: 0, max: 2", (0, 1, 2)),
        ("min: 1, initial: 2, max: 3", (1, 2, 3)),
    ],
)
def test_what_a_scale_leaves_out(written, expected):
    scale = f"      - {{ characteristic_type: 'org.camp2iac:Scale', {written} }}\n"
    topology, _ = read(HEAD + WEB + SERVICES + scale)
    value = topology.tiers["database"].scale.value
    assert (value.minimum, value.initial, value.maximum) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("stock web", "stock-web"),
        ("Über.Café", "uber-cafe"),
        ("3scale", "n3scale"),
        ("東京", "x130016b2"),
        ("--", "xd8156bae"),
    ],
)
def test_ids(name, expected):
    from camp2iac.topology.ids import slug

    assert slug(name) == expected


def test_values_with_references():
    topology, _ = read(
        HEAD + WEB + "      - requirement_type: org.camp2iac:Env\n"
        "        A: http://IP(database):PORT(database)/\n        B: { value: IP(database) }\n"
        "        C: on\n        D: 010\n" + SERVICES
    )
    values = {variable.name: variable.value for variable in topology.components["web"].variables}
    assert [getattr(part, "kind", part) for part in values["A"].parts] == ["http://", "IP", ":", "PORT", "/"]
    assert values["B"].literal == "IP(database)"
    assert (values["C"].literal, values["D"].literal) == ("on", "010")


def test_one_mistake_is_one_diagnostic():
    assert codes(HEAD + WEB.replace("id:database", "id:databse") + SERVICES) == ["CAMP201"]
    typo = "services:\n  - id: database\n    characteristics:\n      - characteristic_type: PostgresSQL\n"
    assert codes(HEAD + typo) == ["CAMP304"]
    assert codes(HEAD + WEB.replace("fulfillment: id:web", "x: 1") + typo) == ["CAMP307", "CAMP303"]


def test_sound_plans_do_not_import_jsonschema():
    import subprocess
    import sys

    script = (
        "import sys; from tests.topology.plans import *\n"
        "read(HEAD + WEB + SERVICES)\nassert 'jsonschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
