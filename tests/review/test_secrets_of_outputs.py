"""``camp2iac secrets``: each secret of each committed output is in the report, once, and none of its values."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from camp2iac import plan as library
from camp2iac.catalogue import load
from camp2iac.review.formats import secrets as formats
from camp2iac.review.secrets.flow import SecretFlow, SecretUse
from camp2iac.review.secrets.report import EnvironmentSecrets, report
from camp2iac.synth.module import Block, Module, body, ref
from camp2iac.targets import registry
from camp2iac.targets.secret_table import SecretTable
from tests.support.plans import EXAMPLES, ROOT, Compilation, compilations

SCHEMAS = [ROOT / "proofs/standin/schema", ROOT / "proofs/standin/described"]
# Sensitive attributes that are no secret of their own
READ_BACK = {
    "heroku_app.all_config_vars": "what other resources set",
    "heroku_app.sensitive_config_vars": "modules use heroku_app_config_association",
    "kubernetes_secret_v1.binary_data": "modules write texts only: data",
    "heroku_pipeline_config_var.all_vars": "what sensitive_vars sets",
    "openstack_compute_instance_v2.admin_pass": "modules set no password: instances have no login with one",
    "openstack_compute_keypair_v2.private_key": "modules always give the public key",
}
TEMPLATES = ROOT / "camp2iac/catalogue/products"
# What sets a new password, in the product's templates
SETS = {
    ("mariadb", "openstack"): ("configure.sh.j2", r"alter user '\$user'@'\$from' identified by"),
    ("mariadb", "docker"): ("docker-setup.sh", r"alter user '\$CAMP_USER'@'%' identified by '\$password'"),
    ("mongodb", "openstack"): ("configure.sh.j2", r"updateUser\(user, \{ ?pwd"),
    ("mongodb", "docker"): ("docker-setup.sh", r"updateUser\(user, \{ ?pwd"),
    ("postgresql", "openstack"): ("configure.sh.j2", r"alter role :\"role\" password :'password'"),
    ("postgresql", "docker"): ("docker-setup.sh", r"alter role :\"role\" password :'password'"),
    ("rabbitmq", "openstack"): ("configure.sh.j2", r"change_password\(User, Password"),
    ("rabbitmq", "docker"): ("docker-start.sh", r'"users": \[\{"name": "\$CAMP_USER", "password": "\$password"'),
    ("redis", "openstack"): ("configure.sh.j2", r'requirepass "&"'),
    ("redis", "docker"): ("docker-start.sh", r'requirepass "&"'),
    ("valkey", "openstack"): ("configure.sh.j2", r'requirepass "&"'),
    ("valkey", "docker"): ("docker-start.sh", r'requirepass "&"'),
    ("subversion", "openstack"): ("configure.sh.j2", r"htpasswd -B -i"),
    ("trac", "openstack"): ("configure.sh.j2", r"htpasswd -B -i"),
    ("wordpress", "openstack"): ("setup.php.j2", r"if \(!is_blog_installed\(\)\) \{\n    wp_install\("),
    ("mediawiki", "openstack"): (
        "setup.php.j2",
        r"if \(\$found === ''\) \{\n(?:    .*\n)+    file_put_contents\(\"\$folder/administrator\"",
    ),
}


@cache
def found(each: Compilation) -> EnvironmentSecrets:
    read = library.read(each.package / "camp.yaml", leave_out=[each.output])
    made = read.compile(each.environment, target=each.target or None, output=each.output)
    assert made.compiled.result is not None
    return report(made.compiled.result, made.standing())


def committed(each: Compilation) -> str:
    files = sorted(path for path in each.output.rglob("*.tf") if "terraform-tests" not in path.parts)
    return "\n".join(path.read_text() for path in files)


def blocks(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """The address and the body of each block of a kind, as written."""
    for match in re.finditer(rf'^{kind} ((?:"[\w-]+" ?)+){{\n(.*?)^}}', text, re.MULTILINE | re.DOTALL):
        labels = re.findall(r'"([\w-]+)"', match[1])
        yield ".".join(labels if kind == "resource" else ["var", *labels]), match[2]


def named(name: str) -> Compilation:
    [each] = [each for each in compilations() if each.id == name]
    return each


@pytest.mark.slow
@pytest.mark.parametrize("each", compilations(), ids=lambda each: each.id)
def test_each_secret_is_listed_once(each: Compilation) -> None:
    report = found(each)
    rows = Counter(row.address for row in report.secrets)
    assert [address for address, count in rows.items() if count > 1] == []
    written = committed(each)
    held = {(holder.address, holder.argument) for row in report.secrets for holder in row.holders}
    table = registry.find(report.target).secrets  # type: ignore[union-attr]
    wanted = {
        address for address, text in blocks(written, "variable") if re.search(r"^  sensitive += true$", text, re.M)
    }
    for address, text in blocks(written, "resource"):
        type_ = address.partition(".")[0]
        if type_ in ("random_password", "tls_private_key") or type_ in table.sources:
            wanted.add(address)
        for attribute in sensitive().get(type_, ()):
            if re.search(rf"^  {attribute} += ", text, re.MULTILINE):
                assert (address, attribute) in held, f"{address}.{attribute}"
    own = {address for address in rows if address.partition(".")[0] not in ("local", "")}
    assert {address for address in own if address.count(".") == 1} == wanted
    assert all(holder.place or holder.address.startswith("output.") for row in report.secrets for holder in row.holders)
    assert all(row.made and row.kept for row in report.secrets)
    lasting = {row.address for row in report.secrets if not row.rotate}
    assert all(address.partition(".")[2].startswith("companion_") for address in lasting)
    assert all("do not change it" in " ".join(row.notes) for row in report.secrets if row.address in lasting)


@cache
def sensitive() -> dict[str, list[str]]:
    """The sensitive attributes of each type, from the providers' schemas."""
    types: dict[str, list[str]] = {}
    for file in (file for folder in SCHEMAS for file in folder.glob("*.json")):
        for provider in json.loads(file.read_text())["provider_schemas"].values():
            for type_, schema in provider["resource_schemas"].items():
                attributes = schema["block"].get("attributes", {})
                types[type_] = sorted(name for name, form in attributes.items() if form.get("sensitive"))
    return types


def test_each_sensitive_attribute_of_a_platform_is_known() -> None:
    for target, place in ((name, name) for name in ("openstack", "heroku", "docker", "kubernetes")):
        table: SecretTable = registry.find(target).secrets  # type: ignore[union-attr]
        found = registry.find(target)
        types = found.inventory.types  # type: ignore[union-attr]
        assert types, place
        for type_ in (*types, "random_password"):
            source = table.source(type_)
            for attribute in sensitive().get(type_, ()):
                known = source is not None and attribute in (*source.attributes, "key")
                assert known or f"{type_}.{attribute}" in {*table.places, *READ_BACK}, f"{type_}.{attribute}"


@pytest.mark.parametrize("target", ["openstack", "docker"])
def test_each_server_says_what_it_does_with_a_new_password(target: str) -> None:
    table: SecretTable = registry.find(target).secrets  # type: ignore[union-attr]
    products = {
        product.name
        for product in load(()).products.values()
        if "password" in product.attributes and (target == "openstack" or "password" in docker_attributes(product.name))
    }
    assert set(table.servers) == products
    assert {name for name, platform in SETS if platform == target} == products
    for name in products:
        file, pattern = SETS[name, target]
        assert re.search(pattern, (TEMPLATES / name / "templates" / file).read_text()), (name, file)


def docker_attributes(product: str) -> str:
    file = TEMPLATES / product / "docker.yaml"
    text = file.read_text() if file.exists() else ""
    return text if "/run/secrets/password" in text else ""


def test_a_database_on_instances() -> None:
    [password, *keys] = found(named("examples/guestbook-openstack")).secrets
    assert (password.name, password.address) == ("password of database", "random_password.database")
    assert password.told == ("component web", "service database")
    assert password.rotate == ("terraform apply -replace=random_password.database",)
    assert password.kept[0] == "Terraform's state"
    assert [each.effect for each in password.holders] == ["replaced", "replaced"]
    assert password.notes[-1] == (
        "database: When the new instance starts, its script sets the new password in PostgreSQL, "
        "also if the data are older."
    )
    assert [each.rotate for each in keys] == [
        ("terraform apply -replace=openstack_compute_instance_v2.database",),
        ("""terraform apply -replace='openstack_compute_instance_v2.web["web-1"]'""",),
    ]


def test_data_without_a_volume_are_lost() -> None:
    rows = {row.address: row for row in found(named("images/registry-openstack")).secrets}
    notes = rows["random_password.database"].notes
    lost = (
        "Replacing openstack_compute_instance_v2.database destroys the data of PostgreSQL, which are not on a volume."
    )
    assert any(note.startswith(lost) for note in notes)
    assert any("Terraform refuses to replace" in note for note in notes)
    login = rows["var.registry_password_registry_example_org_5000"]
    assert login.kept[0].startswith("user data")
    assert "Terraform's state" not in login.kept  # the state has a digest of the user data
    assert login.rotate[0].startswith("read -rs TF_VAR_registry_password_registry_example_org_5000 && export")


def test_an_addon() -> None:
    [row] = found(named("examples/guestbook-heroku")).secrets
    assert row.told == ("component web",)
    assert row.rotate[-1] == 'heroku pg:credentials:rotate "$NAME" --app "$APP"'
    assert row.rotate[0] == """APP=$(echo heroku_app.web.name | terraform console | tr -d '"')"""
    assert [(each.address, each.effect) for each in row.holders] == [("heroku_app.web", "")]


def test_a_secret_that_components_share() -> None:
    for target in ("docker", "heroku", "openstack"):
        rows = {row.name: row for row in found(named(f"examples/tickets-{target}")).secrets}
        shared = rows["secret call_token"]
        assert shared.told == ("component people", "component tickets", "component web")
        assert any("signed or encrypted" in note for note in shared.notes)


def copied(folder: Path) -> None:
    """The content of the example guestbook."""
    for name in ("web", "db"):
        shutil.copytree(EXAMPLES / "guestbook" / name, folder / name)


def test_no_value_is_printed(tmp_path: Path) -> None:
    """Secrets in the plan are reported by their names only."""
    source = (EXAMPLES / "guestbook/camp.yaml").read_text()
    env = "      - requirement_type: org.camp2iac:Env\n"
    assert env in source
    literal = f'{env}        API_TOKEN: canary-1\n        LINK: "https://user:canary-2@example.org/x"\n'
    (tmp_path / "camp.yaml").write_text(source.replace(env, literal, 1))
    copied(tmp_path)
    for target in ("openstack", "heroku", "docker"):
        made = library.read(tmp_path / "camp.yaml").compile(target=target, output=tmp_path / "infra")
        assert made.compiled.result is not None
        listed = report(made.compiled.result, made.standing())
        folders = {listed.name: "infra"}
        rows = {row.name.partition(" ")[0]: row for row in listed.secrets}
        for name in ("API_TOKEN", "LINK"):
            assert rows[name].made == "it is written in the plan or the environment file"
            assert rows[name].told == ("component web",)
        text = formats.pretty([listed], folders) + formats.markdown([listed], folders)
        text += formats.to_json("camp.yaml", [listed], folders)
        assert "canary" not in text


def test_a_password_in_the_plan(tmp_path: Path) -> None:
    source = (EXAMPLES / "guestbook/camp.yaml").read_text()
    typed = "      - characteristic_type: PostgreSQL\n"
    said = "      - characteristic_type: org.camp2iac:Attributes\n        password: canary3canary\n"
    assert typed in source
    (tmp_path / "camp.yaml").write_text(source.replace(typed, f"{said}{typed}", 1))
    copied(tmp_path)
    made = library.read(tmp_path / "camp.yaml").compile(target="openstack", output=tmp_path / "infra")
    assert made.compiled.result is not None
    listed = report(made.compiled.result, made.standing())
    [row] = [row for row in listed.secrets if row.name == "password of database"]
    assert (row.address, row.place.partition(":")[0]) == ("", "camp.yaml")
    assert row.told == ("service database", "component web")
    assert "canary" not in formats.to_json("camp.yaml", [listed], {listed.name: ""})


def test_an_operator_sets_a_new_password() -> None:
    """Not the pods, which are those of the operator."""
    for environment, words in (
        ("ingress", "The new pod sets the new password in PostgreSQL before it starts, also if the data in the volume"),
        ("operator", "The operator sets the new password in PostgreSQL. Its pods do not start again."),
    ):
        [name] = [each.id for each in compilations() if each.id.endswith(f"shop-{environment}")]
        rows = {row.address: row for row in found(named(name)).secrets}
        [note] = [note for note in rows["random_password.database"].notes if note.startswith("database: ")]
        assert note.startswith(f"database: {words}")
        assert any("starts Redis with the new" in note for note in rows["random_password.cache"].notes)


def test_temporary_urls_are_rotated_with_their_key() -> None:
    rows = {row.address: row for row in found(named("images/registry-store")).secrets}
    url = rows["openstack_objectstorage_tempurl_v1.web_release"]
    assert url.rotate == ("terraform apply -replace=random_password.content_key",)
    key = rows["random_password.content_key"]
    assert ("openstack_compute_instance_v2.box", "replaced") in {(each.address, each.effect) for each in key.holders}
    assert not any("secgroup_rule" in each.address for row in rows.values() for each in row.holders)  # only its port


def test_only_the_key_of_the_ca_is_called_so() -> None:
    """Services can have names that begin like it, links-ca and links-cache."""
    table: SecretTable = registry.find("openstack").secrets  # type: ignore[union-attr]
    names = {"links_ca": "key of the CA", "links_ca_link": "key of the certificate"}
    names["links_cache_link"] = names["links_ca_link"]
    assert {name: table.source("tls_private_key", name).words for name in names} == names  # type: ignore[union-attr]


def test_components_do_not_get_the_key_of_a_server() -> None:
    rows = {row.address: row for row in found(named("tls/links-production")).secrets}
    assert rows["random_password.database"].told == ("component web", "service database")
    key = rows["tls_private_key.database_link"]
    assert key.told == ("service database",)
    assert key.kept[0] == "Terraform's state"
    assert {each.address: each.effect for each in key.holders} == {
        "tls_cert_request.database_link": "replaced",
        "openstack_compute_instance_v2.database": "replaced",
    }


def test_a_target_without_a_table() -> None:
    """Sensitive variables and generated passwords are found on every platform."""
    variable = Block("variable", ("token",), body(type="string", sensitive=True))
    plain = Block("variable", ("size",), body(type="number"))
    password = Block("resource", ("random_password", "db"), body(length=32))
    job = Block("resource", ("nomad_job", "web"), body(env=ref("local.env"), size=ref("var.size")))
    env = Block("locals", body=body(env={"DB": ref("random_password.db", ".result"), "T": ref("var.token")}))
    length = Block("resource", ("nomad_job", "other"), body(size=ref("random_password.db", ".length")))
    flow = SecretFlow(Module({"main.tf": [variable, plain, password, env, job, length]}), SecretTable())
    assert [each.address for each in flow.secrets] == ["var.token", "random_password.db"]
    for each in flow.secrets:
        assert flow.uses(each) == (SecretUse("nomad_job.web", "env"),)


def test_a_value_in_the_module() -> None:
    env = Block("locals", body=body(env={"API_KEY": "canary", "MODE": "fast", "TOKEN_TTL": "60", "PASSWORD": ""}))
    job = Block("resource", ("nomad_job", "web"), body(env=ref("local.env")))
    flow = SecretFlow(Module({"main.tf": [env, job]}), SecretTable())
    [found] = flow.secrets
    assert (found.address, found.key) == ("local.env.API_KEY", "API_KEY")
    assert flow.uses(found) == (SecretUse("nomad_job.web", "env"),)


def test_the_page_shows_what_the_command_prints() -> None:
    page = (ROOT / "docs/secrets.md").read_text()
    [shown] = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    printed = formats.pretty([found(named("examples/guestbook-openstack"))], {"openstack": "infra/openstack"})
    assert printed.startswith(shown)
