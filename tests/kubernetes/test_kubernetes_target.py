"""What the target writes for plans that no case has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from camp2iac import read
from camp2iac.compilation import Compilation
from camp2iac.targets.kubernetes import KubernetesTarget, operators
from camp2iac.targets.kubernetes.checks import file_sizes
from camp2iac.targets.kubernetes.layout import clocks, names, sizes
from camp2iac.topology import cron

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: {{ href: web/ }}
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: shop/app
      - {{ requirement_type: org.sql:ConnectTo, fulfillment: "id:database" }}
      - {{ requirement_type: org.camp2iac:Expose, port: 8080, public: true, {expose} }}
      - {{ requirement_type: org.camp2iac:Env, PEERS: "{peers}" }}
  - name: schema
    artifact_type: org.sql:SqlScript
    content: {{ href: schema.sql }}
    requirements: [{{ requirement_type: org.sql:ExecuteAt, fulfillment: "id:database" }}]
services:
  - id: database
    characteristics:
      - {{ characteristic_type: PostgreSQL }}
      - {{ characteristic_type: org.camp2iac:Volume, size: 1 GiB }}
"""


def compiled(folder: Path, environment: str = "", expose: str = "", peers: str = "none") -> Compilation:
    (folder / "web").mkdir(exist_ok=True)
    (folder / "web" / "shop.py").write_text("app = None\n")
    if not (folder / "schema.sql").exists():
        (folder / "schema.sql").write_text("create table if not exists goods (name text);\n")
    (folder / "camp.yaml").write_text(PLAN.format(expose=expose, peers=peers))
    (folder / "kubernetes.yaml").write_text(f"target: kubernetes\n{environment}")
    return read(folder / "camp.yaml").compile(folder / "kubernetes.yaml")


def module(made: Compilation) -> str:
    assert made.ok, made.diagnostics
    return "\n".join(data.decode() for path, data in sorted(made.files().items()) if path.endswith(".tf"))


def codes(made: Compilation) -> set[str]:
    return {each.code for each in made.diagnostics}


def test_what_a_service_loads_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text("-- a\n" * (file_sizes.MOST // 5))
    assert "CAMP482" not in codes(compiled(tmp_path))
    (tmp_path / "schema.sql").write_text("-- a\n" * (file_sizes.MOST // 5 + 1))
    assert "CAMP482" in codes(compiled(tmp_path))


@pytest.mark.parametrize("termination", ["edge", "reencrypt", "passthrough"])
def test_a_route_ends_tls_where_the_environment_says(tmp_path: Path, termination: str) -> None:
    given = f"routing: route\ntls: {{ termination: {termination} }}\n"
    text = module(compiled(tmp_path, given, "tls: true, hosts: [a.example.org]"))
    assert re.search(rf"termination += \"{termination}\"", text)
    assert 'value       = "https://a.example.org"' in text
    assert "run_as_user" not in text, "OpenShift chooses the numbers of users"


def test_a_termination_that_only_apply_would_refuse(tmp_path: Path) -> None:
    made = compiled(tmp_path, "routing: route\ntls: { termination: bogus }\n")
    assert not made.ok
    assert any("termination" in each.message and each.span for each in made.diagnostics)


def test_certificates_of_cert_manager(tmp_path: Path) -> None:
    text = module(compiled(tmp_path, "domain: apps.example.org\ntls: { issuer: letsencrypt }\n"))
    assert '"cert-manager.io/cluster-issuer" = "letsencrypt"' in text
    assert re.search(r'secret_name = "web-tls"', text)
    assert 'value       = "https://web.apps.example.org"' in text


def test_a_route_of_the_gateway_api(tmp_path: Path) -> None:
    text = module(compiled(tmp_path, "routing: gateway\ngateway: gateways/public\ndomain: apps.example.org\n"))
    assert 'kind       = "HTTPRoute"' in text
    assert re.search(r'parentRefs += \[\{ name = "public", namespace = "gateways" \}\]', text)


def test_the_namespace_of_others(tmp_path: Path) -> None:
    text = module(compiled(tmp_path, "namespace: theirs\ncreate_namespace: false\npull_secret: registry\n"))
    assert "kubernetes_namespace_v1" not in text
    assert 'namespace = "theirs"' in text
    assert re.search(r'image_pull_secret \{\s+name = "registry"', text)


def test_images_of_users_run_without_known_users(tmp_path: Path) -> None:
    text = module(compiled(tmp_path, "images: { database: postgres.example.org/own:1 }\nusers: { database: 70 }\n"))
    assert "run_as_user            = 70" in text


def test_variables_of_the_plan_keep_their_names(tmp_path: Path) -> None:
    made = compiled(tmp_path)
    plan = (tmp_path / "camp.yaml").read_text()
    (tmp_path / "camp.yaml").write_text(f"{plan}org.camp2iac:Parameters: {{ registry: {{ default: ours }} }}\n")
    text = module(read(tmp_path / "camp.yaml").compile(tmp_path / "kubernetes.yaml"))
    assert "${var.registry}/shop-web:" in module(made)
    assert 'variable "registry"' in text
    assert "${var.cluster_registry}/shop-web:" in text


def test_names_are_never_too_long() -> None:
    long = "a" * 45 + "-" + "b" * 45
    assert len(names.shortened(long)) == names.MOST
    assert names.shortened(long) != names.shortened(f"{long}c")
    assert names.shortened("web") == "web"
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,253}", names.key("/srv/ü/" + "x" * 300))


def test_quantities_are_as_the_api_returns_them() -> None:
    assert [sizes.cpu(cores, share) for cores, share in ((2, 1), (1, 2), (1, 3), (3, 2))] == [
        "2",
        "500m",
        "333m",
        "1500m",
    ]
    assert [sizes.memory(*each) for each in ((2048,), (512,), (1536,), (1024, 3))] == [
        "2Gi",
        "512Mi",
        "1536Mi",
        "341Mi",
    ]


@pytest.mark.parametrize(
    ("text", "possible", "expression"),
    [
        ("*/15 2 * * 1-5", True, "0,15,30,45 2 * * 1,2,3,4,5"),
        ("0 3 1 * *", True, "0 3 1 * *"),
        ("0 3 1 * 0", True, "0 3 1 * 0"),
        ("0 3 */2 * 0", False, ""),
    ],
)
def test_times(text: str, possible: bool, expression: str) -> None:
    at = cron.read(text)
    assert clocks.possible(at) is possible
    if possible:
        assert clocks.expression(at) == expression


def test_a_service_of_an_operator_has_no_pods_of_the_module(tmp_path: Path) -> None:
    text = module(compiled(tmp_path, "operators: [cnpg]\n"))
    assert "kubernetes_stateful_set_v1" not in text
    assert "kubernetes_persistent_volume_claim_v1" not in text
    assert "@database-rw:5432/shop" in text
    assert re.search(r'kind += "Cluster"', text)


def test_the_schema_has_all_operators() -> None:
    schema = KubernetesTarget().environment_schema["properties"]
    assert isinstance(schema, dict)
    assert schema["operators"]["items"]["enum"] == list(operators.known())
