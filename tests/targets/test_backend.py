"""``backend:`` of the environment file, without Terraform: what is written, said, refused and compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import camp2iac
from camp2iac.targets.backends import forms, table

PLAN = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { data: YXBwID0gTm9uZQo= }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: main/app, fulfillment: id:TIER }
services:
  - id: TIER
    characteristics:
      - characteristic_type: org.python:version
"""
OPENSTACK = """\
target: openstack
image: debian-12
sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB } }
external_network: public
ssh_from: 192.0.2.0/24
"""
S3 = """\
backend:
  s3:
    bucket: states
    key: shop/prod.tfstate
    allowed_account_ids: [012345678901]
    use_lockfile: true
    assume_role: { role_arn: "arn:aws:iam::012345678901:role/ci", tags: { by: ci } }
"""


def compiled(
    folder: Path, environment: str, tier: str = "web", overrides: dict[str, str] | None = None
) -> camp2iac.Compilation:
    (folder / "camp.yaml").write_text(PLAN.replace("TIER", tier))
    (folder / "environments").mkdir(exist_ok=True)
    (folder / "environments/prod.yaml").write_text(environment)
    return camp2iac.read(folder / "camp.yaml").compile(folder / "environments/prod.yaml", overrides=overrides or {})


def codes(compilation: camp2iac.Compilation) -> list[str]:
    return [each.code for each in compilation.diagnostics if each.code[:6] in ("CAMP33", "CAMP36", "CAMP63")]


def test_in_hcl(tmp_path: Path) -> None:
    made = compiled(tmp_path, OPENSTACK + S3)
    assert made.files()["backend.tf"].decode() == (
        """\
# environments/prod.yaml: backend
terraform {
  backend "s3" {
    bucket              = "states"
    key                 = "shop/prod.tfstate"
    allowed_account_ids = ["012345678901"]
    use_lockfile        = true

    assume_role = {
      role_arn = "arn:aws:iam::012345678901:role/ci"
      tags     = { by = "ci" }
    }
  }
}
"""
    )
    readme = made.files()["README.md"].decode()
    assert "Terraform keeps the state in the backend `s3`" in readme
    assert "-backend-config" not in readme


def test_in_json(tmp_path: Path) -> None:
    made = compiled(tmp_path, OPENSTACK + S3).files(format="json")
    written = json.loads(made["backend.tf.json"])["terraform"]["backend"]["s3"]
    assert written["allowed_account_ids"] == ["012345678901"]
    assert written["assume_role"]["tags"] == {"by": "ci"}


def test_blocks(tmp_path: Path) -> None:
    text = "backend: { cloud: { organization: shop, workspaces: { name: prod } } }\n"
    made = compiled(tmp_path, OPENSTACK + text)
    assert '  cloud {\n    organization = "shop"\n\n    workspaces {\n      name = "prod"\n    }\n' in (
        made.files()["backend.tf"].decode()
    )
    assert json.loads(made.files(format="json")["backend.tf.json"])["terraform"]["cloud"]["workspaces"] == {
        "name": "prod"
    }
    assert "HCP Terraform" in made.files()["README.md"].decode()


def test_what_is_missing_is_given_at_init(tmp_path: Path) -> None:
    readme = compiled(tmp_path, OPENSTACK + "backend: { s3: { region: eu } }\n").files()["README.md"].decode()
    assert '`terraform init -backend-config="bucket=..." -backend-config="key=..."`' in readme


def test_a_tier_with_the_name_of_the_file(tmp_path: Path) -> None:
    file = compiled(tmp_path, OPENSTACK + S3, tier="backend").files()["backend.tf"].decode()
    assert 'backend "s3"' in file
    assert 'resource "openstack_compute_instance_v2" "backend"' in file


def test_from_the_command_line(tmp_path: Path) -> None:
    made = compiled(tmp_path, OPENSTACK, overrides={"backend.local.path": "states/prod.tfstate"})
    assert b'path = "states/prod.tfstate"' in made.files()["backend.tf"]
    refused = compiled(tmp_path, OPENSTACK, overrides={"backend.http.password": "letmein1"})
    assert codes(refused) == ["CAMP339"]


@pytest.mark.parametrize(
    "backend",
    [
        "{ s3: { access_key: AKIAnotreallyone } }",
        "{ s3: { assume_role_with_web_identity: { web_identity_token: letmein1 } } }",
        '{ azurerm: { sas_token: "?sv=letmein1" } }',
        "{ pg: { conn_str: host=db password=letmein1 } }",
        "{ pg: { conn_str: 'postgres://joe:letmein1@db/states' } }",
        '{ gcs: { credentials: \'{"private_key": "letmein1"}\' } }',
        "{ http: { address: 'https://letmein1@states.example.org/' } }",
        "{ http: { headers: { Authorization: Basic letmein1 } } }",
        "{ kubernetes: { exec: { env: { API_TOKEN: letmein1 } } } }",
        "{ consul: { http_auth: joe:letmein1 } }",
        "{ cloud: { token: letmein1 } }",
        "{ s3: { newest_secret: letmein1 } }",
        "{ http: { password: letmein1, headers: { Cookie: letmein1 }, update_methode: PUT } }",
    ],
)
def test_secrets_are_refused_and_not_shown(backend: str, tmp_path: Path) -> None:
    made = compiled(tmp_path, f"{OPENSTACK}backend: {backend}\n")
    assert "CAMP339" in codes(made)
    assert "CAMP632" not in codes(made)
    assert "letmein1" not in camp2iac.render(made.diagnostics, made.texts)


def test_other_mistakes_are_reported_beside_a_secret_and_do_not_show_it(tmp_path: Path) -> None:
    one_line = "backend: { http: { adress: 'https://states.example.org/', skip_cert_verification: perhaps, "
    secret = "lock_address: 'https://states.example.org/${x}', headers: { Cookie: letmein1 } } }\n"
    made = compiled(tmp_path, OPENSTACK + one_line + secret)
    assert {"CAMP337", "CAMP338", "CAMP339", "CAMP362"} <= set(codes(made))
    assert "letmein1" not in camp2iac.render(made.diagnostics, made.texts)
    apart = (
        OPENSTACK + "backend:\n  http:\n    adress: https://states.example.org/\n    headers:\n      Cookie: letmein1\n"
    )
    made = compiled(tmp_path, apart)
    assert [each.span and each.span.line for each in made.diagnostics if each.code in ("CAMP337", "CAMP339")] == [
        None,
        8,
    ]
    assert "letmein1" not in camp2iac.render(made.diagnostics, made.texts)


@pytest.mark.parametrize(
    "backend",
    [
        "{ s3: { bucket: b, key: shop/prod.tfstate, kms_key_id: 1234abcd, workspace_key_prefix: shop } }",
        "{ azurerm: { storage_account_name: s, container_name: c, key: prod.tfstate, client_id_file_path: /run/id } }",
        "{ gcs: { bucket: b, credentials: /run/secrets/google.json, kms_encryption_key: projects/p/key } }",
        "{ pg: { conn_str: 'postgres://joe@db/states' } }",
        "{ http: { address: 'https://states.example.org/', username: joe, headers: { X-Team: shop } } }",
        "{ kubernetes: { secret_suffix: shop, labels: { app: shop } } }",
    ],
)
def test_what_is_no_secret(backend: str, tmp_path: Path) -> None:
    assert set(codes(compiled(tmp_path, f"{OPENSTACK}backend: {backend}\n"))) <= {"CAMP363"}


def test_the_variable_of_another_host(tmp_path: Path) -> None:
    made = compiled(tmp_path, f"{OPENSTACK}backend: {{ cloud: {{ hostname: tf-e.example.org, token: letmein1 }} }}\n")
    assert "TF_TOKEN_tf__e_example_org" in camp2iac.render(made.diagnostics, made.texts)


def test_a_child_module_has_none(tmp_path: Path) -> None:
    assert codes(compiled(tmp_path, f"{OPENSTACK}module: true\n{S3}")) == ["CAMP361"]


def test_a_file_of_the_user_stays(tmp_path: Path) -> None:
    made = compiled(tmp_path, OPENSTACK + S3)
    (tmp_path / "infra/prod").mkdir(parents=True)
    (tmp_path / "infra/prod/backend.tf").write_text("# mine\n")
    written = made.write()
    assert [each.code for each in written.refused] == ["CAMP701"]
    assert "backend:" in written.refused[0].help
    assert (tmp_path / "infra/prod/backend.tf").read_text() == "# mine\n"
    assert list((tmp_path / "infra/prod").iterdir()) == [tmp_path / "infra/prod/backend.tf"]


def test_the_difference_says_that_the_state_moves(tmp_path: Path) -> None:
    without = compiled(tmp_path, OPENSTACK)
    first, second = compiled(tmp_path, OPENSTACK + S3), compiled(tmp_path, OPENSTACK + S3.replace("prod", "live"))
    (moved,) = first.difference(without).states
    assert (moved.before, moved.after) == ("the folder of the output", "the backend s3")
    (changed,) = second.difference(first).states
    assert changed.arguments == ("key",)
    assert not first.difference(first).states
    assert not second.difference(first).same


def test_the_table_is_whole() -> None:
    for name, known in table().backends.items():
        arguments = set(known.names())
        assert known.title, name
        nested = {each for inner in known.nested.values() for each in inner.names()}
        below = {f"{holder}.{each}" for holder, inner in known.nested.items() for each in inner.names()}
        assert {*known.terraform, *known.opentofu} <= arguments | below, name
        assert {*known.required, *known.later, *known.perhaps} <= arguments, name
        assert set(known.secret) <= arguments | nested, name
        assert len(arguments) == len(known.names()), name
    assert forms().keys() == table().backends.keys()
    assert not table().removed.keys() & table().backends.keys()
