"""What `synth` prints about changes to an existing output, and when it refuses to destroy data."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Command, Done

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VOLUME = "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n"
SCALE = "      - characteristic_type: org.camp2iac:Scale\n        min: 1\n        initial: 2\n        max: 3\n"
ADMIN = """\
artifacts:
  - name: admin
    artifact_type: org.python:src
    content: { href: web/ }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: guestbook/app
      - requirement_type: org.sql:ConnectTo
        fulfillment: id:database
"""

Change = Callable[..., Done]


@pytest.fixture
def guestbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example without its output, as the working directory."""
    folder = tmp_path / "guestbook"
    shutil.copytree(EXAMPLES / "guestbook", folder, ignore=shutil.ignore_patterns("infra"))
    monkeypatch.chdir(folder)
    return folder


ATTRIBUTE = (
    '"[13,18)"',
    '"[13,18)"\n      - characteristic_type: org.camp2iac:Attributes\n        database: visitors',
)
DATA = {
    "openstack": "openstack_blockstorage_volume_v3.database_data",
    "docker": "docker_volume.database_data",
    "kubernetes": "kubernetes_persistent_volume_claim_v1.database_data",
}


def _edit(path: Path, *edits: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in edits:
        assert old in text, f"{path} has no {old!r}"
        text = text.replace(old, new)
    path.write_text(text)


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def synth(guestbook: Path, camp2iac: Command) -> Callable[..., Done]:
    def call(target: str, *arguments: str) -> Done:
        return camp2iac("synth", "camp.yaml", "-e", f"environments/{target}.yaml", *arguments)

    return call


REFUSED = {
    "service renamed": (
        "openstack",
        [("camp.yaml", "id: database", "id: db"), ("camp.yaml", "id:database", "id:db")],
        "(openstack_blockstorage_volume_v3.database_data): camp.yaml no longer has the service database",
        "write  org.camp2iac:previously: [database]  in db",
    ),
    "volume dropped": (
        "openstack",
        [("camp.yaml", VOLUME, "")],
        "destroys the volume data of database (openstack_blockstorage_volume_v3.database_data)",
        "--lose database",
    ),
    "another product on the volume": (
        "openstack",
        [("camp.yaml", 'PostgreSQL\n        version: "[13,18)"', "MariaDB")],
        "(openstack_blockstorage_volume_v3.database_data): MariaDB cannot read the data of PostgreSQL",
        "--lose database",
    ),
    "another add-on": (
        "heroku",
        [("environments/heroku.yaml", "heroku-postgresql:essential-0", "crunchy:hobby")],
        "add-on heroku-postgresql of database (heroku_addon.database): heroku-postgresql changes to crunchy",
        "--lose database",
    ),
    "app before the owner": (
        "heroku",
        [("camp.yaml", "artifacts:\n", ADMIN)],
        "replaces the add-on heroku-postgresql of database (heroku_addon.database): the app that owns it changes",
        "addons: { database: { plan: heroku-postgresql:essential-0, owner: web } }",
    ),
    "region of the app": (
        "heroku",
        [("environments/heroku.yaml", "region: eu", "region: us")],
        "replaces the add-on heroku-postgresql of database (heroku_addon.database): heroku_app.web changes",
        "--lose database",
    ),
    "component renamed": (
        "heroku",
        [("camp.yaml", "- name: web", "- name: shop")],
        "replaces the add-on heroku-postgresql of database",
        "--lose database",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_change_that_loses_data_is_refused(case: str, guestbook: Path, synth: Callable[..., Done]) -> None:
    target, edits, effect, help_ = REFUSED[case]
    assert synth(target).status == 0
    output = guestbook / "infra" / target
    before = _tree(output)
    for file, old, new in edits:
        _edit(guestbook / file, (old, new))
    for arguments in ([], ["--force"], ["--lose", "web"]):
        refused = synth(target, *arguments)
        assert refused.status == 1
        assert "error[CAMP720]: applying this output would destroy data of database" in refused.err
        assert effect in refused.err
        assert help_ in refused.err
        assert _tree(output) == before, "something was written all the same"
    assert synth(target, "--check").status == 2, "a check compares, and refuses nothing"
    permitted = synth(target, "--lose", "database")
    assert permitted.status == 0, permitted.err
    assert effect in permitted.err
    assert synth(target).status == 0, "what was let go is gone"


SPACE = """\
region: dublin
team: harbour
space: { name: books, create: true, cidr: 10.20.0.0/16 }
"""
PRIVATE = [("region: eu\n", SPACE), ("standard-1x", "private-s"), ("essential-0", "private-0")]


def test_what_to_restore_is_in_the_plan(guestbook: Path, synth: Callable[..., Done]) -> None:
    """Not the line of the environment file that overrides the size: without the service, it is an error."""
    environment = guestbook / "environments/openstack.yaml"
    override = "overrides: { services: { database: { org.camp2iac:Volume: { name: data, size: 20 GiB } } } }\n"
    environment.write_text(environment.read_text() + override)
    assert synth("openstack").status == 0
    environment.write_text(environment.read_text().replace("database:", "db:"))
    _edit(guestbook / "camp.yaml", ("id: database", "id: db"), ("id:database", "id:db"))
    refused = synth("openstack")
    assert refused.status == 1
    assert "restore the service database: it was at camp.yaml:47" in refused.err
    assert "environments/openstack.yaml:" not in refused.err


def _in_a_space(guestbook: Path) -> Path:
    environment = guestbook / "environments/heroku.yaml"
    _edit(environment, *PRIVATE)
    return environment


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("10.20.0.0/16", "10.21.0.0/16", "cidr changes"),
        ("region: dublin", "region: frankfurt", "region changes"),
        ("team: harbour", "team: port", "organization changes"),
    ],
)
def test_another_private_space_loses_what_is_in_it(
    old: str, new: str, cause: str, guestbook: Path, synth: Callable[..., Done]
) -> None:
    environment = _in_a_space(guestbook)
    assert synth("heroku").status == 0
    _edit(environment, (old, new))
    refused = synth("heroku", "--lose", "database")
    assert refused.status == 1
    assert "error[CAMP720]: applying this output would destroy data of books" in refused.err
    effect = f"replaces the Private Space books with the data of database (heroku_space.space): {cause}"
    assert effect in refused.err
    assert "unless you first run  terraform destroy -target=heroku_app.web\n" in refused.err
    assert "--lose books" in refused.err
    permitted = synth("heroku", "--lose", "database", "--lose", "books")
    assert permitted.status == 0, permitted.err
    assert effect in permitted.err


def test_a_private_space_no_longer_made(guestbook: Path, synth: Callable[..., Done]) -> None:
    environment = _in_a_space(guestbook)
    assert synth("heroku").status == 0
    _edit(environment, ("create: true, cidr: 10.20.0.0/16", "create: false"))
    refused = synth("heroku", "--lose", "database")
    assert refused.status == 1
    cause = "the environment file no longer asks for it"
    assert f"destroys the Private Space books with the data of database (heroku_space.space): {cause}" in refused.err


def test_a_private_space_without_data(guestbook: Path, synth: Callable[..., Done]) -> None:
    environment, plan = _in_a_space(guestbook), guestbook / "camp.yaml"
    _edit(environment, ("addons: { database: heroku-postgresql:private-0 }\n", ""))
    text = re.sub(r"(?s)\n  - name: schema.*?\n\n", "\n\n", plan.read_text())
    elsewhere = "  - id: database\n    href: postgresql://db.example.com/books\n"
    plan.write_text(re.sub(r"(?m)^  - id: database\n(?:    .*\n)*", elsewhere, text))
    made = synth("heroku")
    assert made.status == 0, made.err
    _edit(environment, ("10.20.0.0/16", "10.21.0.0/16"))
    done = synth("heroku")
    assert done.status == 0, done.err
    assert "replaces the Private Space books (heroku_space.space): cidr changes" in done.err


def test_scale_given_and_taken(guestbook: Path, synth: Callable[..., Done]) -> None:
    plan = guestbook / "camp.yaml"
    assert synth("openstack").status == 0
    _edit(plan, (VOLUME, VOLUME + SCALE))
    given = synth("openstack")
    assert given.status == 0, given.err
    assert "replaces" not in given.err
    assert "destroys" not in given.err
    _edit(plan, (SCALE, ""))
    taken = synth("openstack")
    assert taken.status == 1
    assert "destroys the volume data of instances 2 to 3 of database" in taken.err
    assert "the tier no longer has Scale, so only its first instance stays" in taken.err
    assert synth("openstack", "--lose", "database").status == 0


def test_fewer_instances_at_most(guestbook: Path, synth: Callable[..., Done]) -> None:
    plan = guestbook / "camp.yaml"
    _edit(plan, (VOLUME, VOLUME + SCALE))
    assert synth("openstack").status == 0
    _edit(plan, ("initial: 2\n        max: 3", "initial: 2\n        max: 2"))
    refused = synth("openstack")
    assert refused.status == 1
    assert "destroys the volume data of instance 3, if it exists, of database" in refused.err
    assert "now allows 2 instead of 3" in refused.err


SCHEMA = """\
  - name: schema
    artifact_type: org.sql:SqlScript
    content: { href: db/schema.sql }
    requirements:
      - requirement_type: org.sql:ExecuteAt
        fulfillment: id:database
"""


@pytest.mark.parametrize("loaded", [SCHEMA, ""], ids=["with SQL to load", "only its package"])
def test_a_database_on_its_own_disk(guestbook: Path, synth: Callable[..., Done], loaded: str) -> None:
    """Another release replaces the instance, and without a volume the data is on the instance."""
    plan, environment = guestbook / "camp.yaml", guestbook / "environments/openstack.yaml"
    _edit(plan, (VOLUME, ""), (SCHEMA, loaded))
    assert synth("openstack").status == 0
    _edit(plan, ('"[13,18)"', '"[16,18)"'))
    _edit(environment, ("image: debian-12", "image: debian-13\nos: debian-13"))
    refused = synth("openstack")
    assert refused.status == 1
    assert "(openstack_compute_instance_v2.database), which keeps the data of PostgreSQL on its own disk" in refused.err
    assert "cloud-init/database.yaml.tftpl" in refused.err


@pytest.mark.parametrize(
    ("product", "before", "after", "kept"),
    [
        ("PostgreSQL", "debian-12", "debian-13", "15"),
        ("PostgreSQL", "debian-13", "debian-12", "17"),
        ("MariaDB", "debian-12", "debian-13", ""),  # it upgrades its data when it starts
        ("MariaDB", "debian-13", "debian-12", "11.8"),
    ],
)
def test_another_release_with_the_data_on_a_volume(
    guestbook: Path, synth: Callable[..., Done], product: str, before: str, after: str, kept: str
) -> None:
    plan, environment = guestbook / "camp.yaml", guestbook / "environments/openstack.yaml"
    _edit(plan, ('PostgreSQL\n        version: "[13,18)"', product))
    _edit(environment, ("image: debian-12", f"image: {before}\nos: {before}"))
    assert synth("openstack").status == 0
    _edit(environment, (before, after))
    done = synth("openstack")
    if kept:
        assert done.status == 1
        assert f"does not start with the data of {product} {kept}" in done.err
        assert f'keep the release: write  version: "{kept}"  in database' in done.err
        _edit(plan, (f"type: {product}\n", f'type: {product}\n        version: "{kept}"\n'))
        done = synth("openstack")
    assert done.status == 0, done.err
    assert "replaces the instance of database (openstack_compute_instance_v2.database)" in done.err
    assert "volume data" not in done.err


@pytest.mark.parametrize("target", ["openstack", "docker", "kubernetes"])
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('PostgreSQL\n        version: "15"', 'PostgreSQL\n        version: "17"', "PostgreSQL 17 does not start with"),
        ('PostgreSQL\n        version: "17"', 'PostgreSQL\n        version: "15"', "PostgreSQL 15 does not start with"),
        ("PostgreSQL", "MariaDB", "MariaDB cannot read the data of PostgreSQL and starts without data"),
    ],
)
def test_no_platform_starts_with_these_data(
    guestbook: Path, synth: Callable[..., Done], camp2iac: Command, target: str, before: str, after: str, said: str
) -> None:
    plan = guestbook / "camp.yaml"
    _edit(plan, ('PostgreSQL\n        version: "[13,18)"', before))
    assert synth(target).status == 0
    shutil.copytree(guestbook, guestbook.with_name("old"))
    _edit(plan, (before, after))
    done = synth(target)
    assert done.status == 1
    assert "Terraform abandons the data on the volume data of database" in done.err
    assert said in done.err
    told = camp2iac("diff", "../old", ".", "-e", f"environments/{target}.yaml", "--fail-on", "data")
    assert told.status == 1
    assert f"\nAbandons data of database ({target})\n" in told.out
    assert said in " ".join(told.out.split())
    assert synth(target, "--lose", "database").status == 0


@pytest.mark.parametrize(
    ("target", "edits"),
    [
        ("openstack", {"environments/openstack.yaml": ("target:", "application: visitors\ntarget:")}),
        ("openstack", {"camp.yaml": ("name: guestbook", "name: visitors")}),
        ("openstack", {"camp.yaml": ATTRIBUTE}),
        ("docker", {"camp.yaml": ATTRIBUTE}),
        ("kubernetes", {"camp.yaml": ATTRIBUTE}),
    ],
)
def test_the_application_does_not_find_its_data(
    guestbook: Path, synth: Callable[..., Done], camp2iac: Command, target: str, edits: dict[str, tuple[str, str]]
) -> None:
    """The name of the application is that of its database, if nothing names it: the volume stays, its database not."""
    assert synth(target).status == 0
    shutil.copytree(guestbook, guestbook.with_name("old"))
    for file, edit in edits.items():
        _edit(guestbook / file, edit)
    done = synth(target)
    assert done.status == 1
    said = "guestbook has the data, but the application uses the new database visitors"
    assert f"Terraform abandons the data on the volume data of database ({DATA[target]}): {said}" in done.err
    assert "or write  database: guestbook  in org.camp2iac:Attributes of database, and the owner" in done.err
    told = camp2iac("diff", "../old", ".", "-e", f"environments/{target}.yaml", "--fail-on", "data")
    assert told.status == 1
    assert said in " ".join(told.out.split())
    assert synth(target, "--lose", "database").status == 0


@pytest.mark.parametrize("key", ["namespace: other", "name: other", "namespace: guestbook\ncreate_namespace: false"])
def test_another_namespace_loses_what_is_in_it(key: str, guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("kubernetes").status == 0
    _edit(guestbook / "environments/kubernetes.yaml", ("target: kubernetes", f"target: kubernetes\n{key}"))
    done = synth("kubernetes")
    assert (done.status, done.err.count("error[CAMP720]")) == (1, 1), done.err
    assert f"Terraform replaces the volume data of database ({DATA['kubernetes']})" in done.err


def test_new_pods_of_a_database_without_a_volume(guestbook: Path, synth: Callable[..., Done]) -> None:
    volume = "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n"
    _edit(guestbook / "camp.yaml", (volume, ""))
    assert synth("kubernetes").status == 0
    _edit(
        guestbook / "camp.yaml",
        (
            "memory: 2 GiB\n      - characteristic_type: org.camp2iac:Placement",
            "memory: 3 GiB\n      - characteristic_type: org.camp2iac:Placement",
        ),
    )
    done = synth("kubernetes")
    assert (done.status, done.err.count("error[CAMP720]")) == (1, 1), done.err
    pods = "Terraform replaces the pods of the Deployment of database (kubernetes_deployment_v1.database): spec changes"
    assert pods in done.err
    assert "a new pod starts without data: save them first. A Volume keeps data next time" in done.err
    assert synth("kubernetes", "--lose", "database").status == 0


def test_a_database_that_nothing_uses_any_more(guestbook: Path, synth: Callable[..., Done]) -> None:
    """One that is new beside the others, or that a component no longer names, abandons nothing."""
    named = (
        "fulfillment: id:database\n      - requirement_type: org.camp2iac:Expose",
        "fulfillment: id:database\n        org.sql.dbname: visitors\n      - requirement_type: org.camp2iac:Expose",
    )
    _edit(guestbook / "camp.yaml", named)
    assert synth("openstack").status == 0
    _edit(guestbook / "camp.yaml", named[::-1])
    done = synth("openstack")
    assert done.status == 0, done.err
    assert "abandons" not in done.err
    _edit(guestbook / "camp.yaml", named)
    done = synth("openstack")
    assert done.status == 0, done.err
    assert "abandons" not in done.err


def test_the_owner_that_the_environment_names_keeps_the_add_on(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("heroku").status == 0
    _edit(guestbook / "camp.yaml", ("artifacts:\n", ADMIN))
    assert synth("heroku").status == 1
    owner = "addons: { database: { plan: heroku-postgresql:essential-0, owner: web } }"
    _edit(guestbook / "environments/heroku.yaml", ("addons: { database: heroku-postgresql:essential-0 }", owner))
    done = synth("heroku")
    assert done.status == 0, done.err
    assert "add-on" not in done.err


def test_a_change_of_a_value_says_whose_instances_it_replaces(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert "replaces" not in synth("openstack").err
    _edit(guestbook / "camp.yaml", ("default: Hello", "default: Hi"))
    checked = synth("openstack", "--check")
    done = synth("openstack")
    for said in (checked, done):
        assert "replaces the instances of web (openstack_compute_instance_v2.web): var.greeting changes" in said.err
        assert "of database" not in said.err


def test_an_update_in_place_is_named(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("openstack").status == 0
    _edit(guestbook / "camp.yaml", ("size: 10 GiB", "size: 20 GiB"), ("name: guestbook\n", "name: guestbook\n# a\n"))
    done = synth("openstack")
    assert done.status == 0, done.err
    said = done.err.partition("When you apply it, Terraform\n")[2].partition("\n\n")[0]
    assert said.splitlines() == [
        "  updates the volume data of database (openstack_blockstorage_volume_v3.database_data): size changes"
    ]


def test_the_committed_output_is_what_counts(guestbook: Path, synth: Callable[..., Done]) -> None:
    """Removing the output folder first does not bypass the check."""
    assert synth("openstack").status == 0
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run(["git", *identity, *arguments], check=True, cwd=guestbook)
    _edit(guestbook / "camp.yaml", (VOLUME, ""))
    assert synth("openstack").status == 1
    shutil.rmtree(guestbook / "infra/openstack")
    assert synth("openstack").status == 1
    assert not (guestbook / "infra/openstack").exists()
    assert synth("openstack", "--lose", "database").status == 0


def test_a_source_map_without_identities(guestbook: Path, synth: Callable[..., Done]) -> None:
    """An output of an earlier release: resources that always contain data are known by their addresses."""
    assert synth("openstack").status == 0
    path = guestbook / "infra/openstack/.camp2iac.json"
    content, digests = (json.loads(each.read_text()) for each in (path, path.with_name(".camp2iac.digests.json")))
    del content["resources"]
    path.write_text(json.dumps({**content, "format": 1, "files": digests["files"], "inputs": digests["inputs"]}))
    path.with_name(".camp2iac.digests.json").unlink()
    _edit(guestbook / "camp.yaml", (VOLUME, ""))
    refused = synth("openstack")
    assert refused.status == 1
    assert "openstack_blockstorage_volume_v3.database_data" in refused.err


@pytest.mark.parametrize("form", ["json", "hcl"])
def test_the_form_of_the_output_changes_nothing(form: str, guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("openstack").status == 0
    done = synth("openstack", "--format", form)
    assert done.status == 0, done.err
    assert "replaces" not in done.err


def test_another_release_of_the_compiler(guestbook: Path, synth: Callable[..., Done]) -> None:
    """The plan and the environment file did not change, so undoing a change does not help."""
    _edit(guestbook / "camp.yaml", (VOLUME, ""))
    assert synth("openstack").status == 0
    path = guestbook / "infra/openstack/.camp2iac.json"
    path.write_text(path.read_text().replace('"version": "0.1.0"', '"version": "0.0.9"'))
    digests = path.with_name(".camp2iac.digests.json")
    content = json.loads(digests.read_text())
    content["graph"]["openstack_compute_instance_v2.database"]["user_data!"][0] = "0" * 10
    digests.write_text(json.dumps(content))
    refused = synth("openstack")
    assert refused.status == 1
    assert "this release of camp2iac generates different output" in refused.err
    assert "undo the change" not in refused.err


def test_another_region_moves_nothing_and_is_told(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("openstack").status == 0
    _edit(guestbook / "environments/openstack.yaml", ("region: RegionOne", "region: RegionTwo"))
    done = synth("openstack")
    assert done.status == 0, done.err
    assert "does not move the volume data of database" in done.err
    assert "it stays in RegionOne, but new resources are in RegionTwo" in done.err
    assert "replaces" not in done.err


def test_machines_that_stay_as_they_were_made(guestbook: Path, synth: Callable[..., Done]) -> None:
    _edit(guestbook / "camp.yaml", (VOLUME, ""))
    assert synth("openstack").status == 0
    with (guestbook / "environments/openstack.yaml").open("a") as environment:
        environment.write("on_change: ignore\n")
    done = synth("openstack")
    assert done.status == 0, done.err
    assert "replaces" not in done.err
    _edit(guestbook / "environments/openstack.yaml", ("on_change: ignore\n", ""))
    refused = synth("openstack")
    assert refused.status == 1, "what they were made with is not known here"


def test_where_content_lies_changes_nothing(guestbook: Path, synth: Callable[..., Done], camp2iac: Command) -> None:
    _edit(guestbook / "camp.yaml", (VOLUME, ""))
    assert synth("openstack", "-o", "infra/openstack").status == 0
    output = guestbook / "infra" / "openstack"
    moved = guestbook / "deep" / "er"
    shutil.copytree(guestbook, moved, ignore=shutil.ignore_patterns("infra", "deep"))
    environment = "deep/er/environments/openstack.yaml"
    done = camp2iac("synth", "deep/er/camp.yaml", "-e", environment, "-o", str(output))
    assert done.status == 0, done.err
    assert "replaces" not in done.err
    archive = shutil.make_archive(str(guestbook.parent / "packed"), "zip", moved)
    done = camp2iac("synth", archive, "-e", environment, "-o", str(output))
    assert done.status == 0, done.err
    assert "replaces" not in done.err


def test_a_source_map_that_cannot_be_understood(guestbook: Path, synth: Callable[..., Done]) -> None:
    """A merge left conflict marks in the committed source map, so that in the folder counts, if it is readable."""
    assert synth("openstack").status == 0
    path = guestbook / "infra/openstack/.camp2iac.json"
    good = path.read_text()
    path.write_text("<<<<<<< HEAD\n" + good)
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run(["git", *identity, *arguments], check=True, cwd=guestbook)
    _edit(guestbook / "camp.yaml", (VOLUME, ""))
    assert "CAMP705" in synth("openstack").err
    path.write_text(good)
    assert "CAMP720" in synth("openstack").err
    no_part = good.replace('"part": "service"', '"part": "nobody"')
    for broken in (no_part, '{"format": 1, "files": {}, "resources": {"a": {}}}'):
        path.write_text(broken)
        refused = synth("openstack")
        assert refused.status == 1
        assert "CAMP705" in refused.err


def test_a_service_and_a_component_of_one_name(guestbook: Path, synth: Callable[..., Done]) -> None:
    """The service is renamed. A component with the same name does not have its data."""
    scale = "            - characteristic_type: org.camp2iac:Scale\n"
    volume = "            - characteristic_type: org.camp2iac:Volume\n              size: 1 GiB\n"
    _edit(guestbook / "camp.yaml", (scale, volume + scale))
    assert synth("openstack").status == 0
    _edit(guestbook / "camp.yaml", ("id: web", "id: front"))
    refused = synth("openstack")
    assert refused.status == 1
    assert "camp.yaml no longer has the service web" in refused.err
    assert "if front is the renamed web, write  org.camp2iac:previously: [web]  in front" in refused.err


def test_what_is_let_go_and_is_not_there(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("openstack").status == 0
    assert "--lose databse has no effect" in synth("openstack", "--lose", "databse").err


def test_a_volume_cannot_shrink(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("openstack").status == 0
    _edit(guestbook / "camp.yaml", ("size: 10 GiB", "size: 5 GiB"))
    done = synth("openstack")
    assert done.status == 0, done.err
    assert "cannot shrink the volume data of database" in done.err


def test_another_target_into_the_same_folder(guestbook: Path, synth: Callable[..., Done], camp2iac: Command) -> None:
    assert synth("openstack").status == 0
    refused = camp2iac("synth", "camp.yaml", "-e", "environments/heroku.yaml", "-o", "infra/openstack")
    assert refused.status == 1
    assert "this output is for heroku" in refused.err


def test_instances_are_not_moved_out_of_their_group(guestbook: Path, synth: Callable[..., Done]) -> None:
    """Nova cannot do it, so Terraform ignores the change."""
    assert synth("openstack").status == 0
    _edit(guestbook / "camp.yaml", ("              spread: soft\n", ""))
    done = synth("openstack")
    assert done.status == 0, done.err
    assert "replaces" not in done.err


@pytest.mark.parametrize(
    ("platform", "effect"),
    [
        ("heroku", "replaces the build of web (heroku_build.web): build/web/guestbook.py changes"),
        ("openstack", "replaces the instances of web (openstack_compute_instance_v2.web): "),
        ("docker", "replaces the containers of web (docker_container.web): "),
    ],
)
def test_an_edit_of_the_code_is_named(platform: str, effect: str, guestbook: Path, synth: Callable[..., Done]) -> None:
    assert "replaces" not in synth(platform).err
    _edit(guestbook / "web/guestbook.py", ("def ", "\n\ndef "))
    done = synth(platform)
    assert f"When you apply it, Terraform\n  {effect}" in done.err


def test_an_edit_of_the_configuration_is_named_on_heroku(guestbook: Path, synth: Callable[..., Done]) -> None:
    assert synth("heroku").status == 0
    _edit(guestbook / "camp.yaml", ("Sign here", "Sign there"))
    assert "updates the configuration of web (heroku_app_config_association.web): " in synth("heroku").err


def test_a_permission_without_effect_names_the_environment(guestbook: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", str(guestbook / "camp.yaml"), "--lose", "database")
    assert done.status == 0, done.err
    for name in ("heroku", "openstack"):
        line = f"{guestbook / 'infra' / name}: --lose database has no effect: no data of database would be destroyed\n"
        assert done.err.count(line) == 1
