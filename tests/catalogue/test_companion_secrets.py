"""What companions can ask for beside packages, files and a script, with one of a user's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from support import phases

from camp2iac.synth import hcl

HEAD = {"title": "Vault", "description": "Keeps data.", "effect": "Data are kept.", "systems": ["debian-12"]}
SETTINGS = {
    "vault.url": {"type": "endpoint", "required": True, "description": "The server."},
    "vault.box": {"type": "name", "description": "The box."},
    "disk": {"type": "name", "description": "Here."},
    "from": {"type": "name", "description": "What fills new data."},
    "copies": {"type": "number", "most": 9, "description": "How many."},
}
MACHINE = {
    "files": [{"path": "{lib}/box", "template": "box.j2", "permissions": "0600"}],
    "servers": ["vault.url"],
    "only_data": True,
    "services": {"template": "keep.sh.j2", "path": "{lib}/services/{id}"},
    "fill": {"command": "/usr/local/bin/fill", "with": "from"},
    "status": "/usr/local/bin/kept",
}
COMPANION = {
    **HEAD,
    "settings": SETTINGS,
    "groups": {"vault": "A server."},
    "one_of": ["vault", "disk"],
    "secrets": {
        "token": {"description": "A token.", "group": "vault"},
        "key": {"description": "A key.", "length": 32},
    },
    "machine": MACHINE,
}
BOX = """\
{{ settings["vault.url"] or "here" }} {{ settings.copies or 1 }} {{ secrets.key }}
{% for folder in folders %}
{{ folder | shell }}
{% endfor %}
"""
PLAN = """\
camp_version: CAMP 1.1
name: shop
services:
  - id: db
    characteristics:
      - characteristic_type: PostgreSQL
      - { characteristic_type: org.camp2iac:Volume, name: data, size: 1 GiB }
      - { characteristic_type: org.camp2iac:Volume, name: more, size: 1 GiB }
  - id: pages
    characteristics: [{ characteristic_type: Memcached }]
"""
VAULT = 'vault: { vault: { url: "https://vault.example.org:8200" }, copies: 3, from: yesterday }\n'


class Compiled:
    """The plan in an environment."""

    def __init__(self, work: Path, environment: str, **changed: object) -> None:
        folder = work / "catalogue/vault"
        (folder / "templates").mkdir(parents=True)
        (folder / "companion.yaml").write_text(yaml.safe_dump({**COMPANION, **changed}, sort_keys=False))
        (folder / "templates/box.j2").write_text(BOX)
        (work / "plan").mkdir()
        (work / "plan/camp.yaml").write_text(PLAN)
        file = work / "environment.yaml"
        file.write_text(f"image: debian-12\nssh_from: 192.0.2.0/24\n{environment}")
        loaded = phases.load(work / "plan")
        made = phases.compile(loaded, environment=file, target="openstack", catalogue=[folder])
        self.messages = [f"{each.code}: {each.message}" for each in made.diagnostics if each.level.value != "note"]
        self.files: dict[str, str] = {}
        if made.result and made.ok:
            self.files = dict(hcl.write(made.result.lowered.module))
            self.files |= {each.path: each.data.decode() for each in made.result.lowered.documents}


def test_what_it_gets(tmp_path: Path) -> None:
    made = Compiled(tmp_path, VAULT)
    document = made.files["cloud-init/db.yaml.tftpl"]
    assert "https://vault.example.org:8200 3 ${vault_key}\n      /srv/more\n" in document
    assert "checked /usr/local/bin/kept\n" in document
    assert "camp-status-commands.sh" in document
    assert "vault" not in made.files["cloud-init/pages.yaml.tftpl"], "an instance without data"
    assert 'resource "random_password" "companion_vault_key"' in made.files["companions.tf"]
    assert made.files["variables.tf"].count('variable "vault_token"') == 1
    assert 'variable "companion_vault_key"' in made.files["variables.tf"]
    assert 'output "vault_key"' in made.files["outputs.tf"]
    assert "port_range_min    = 8200" in made.files["db.tf"]
    assert "8200" not in made.files["pages.tf"]


def test_without_the_group(tmp_path: Path) -> None:
    made = Compiled(tmp_path, "vault: { disk: sda }\n")
    assert "here 1 ${vault_key}" in made.files["cloud-init/db.yaml.tftpl"]
    assert "vault_token" not in made.files["variables.tf"]
    assert "vault_" not in made.files["db.tf"].replace("vault_key", "")
    assert "/usr/local/bin/fill" not in made.files["cloud-init/db.configure.sh"]


def test_new_data_are_filled_before_they_are_used(tmp_path: Path) -> None:
    """Without a template for the companion, a database is left out. Other folders are filled."""
    made = Compiled(tmp_path, VAULT, machine={**MACHINE, "services": {"template": "backup.sh.j2", "path": "/srv/{id}"}})
    script = made.files["cloud-init/db.configure.sh"]
    filled = script.index("/usr/local/bin/fill service db")
    assert script.index('touch "$data.new-data"') < filled < script.index("creating the role and the database")
    assert filled < script.index('say "opening the port"')
    assert "/usr/local/bin/fill folder /srv/more\n" in script
    assert "folder /srv/data" not in script, "the database is on it"
    assert "path: /srv/db\n" in made.files["cloud-init/db.yaml.tftpl"]


def test_a_port_that_is_open_anyway(tmp_path: Path) -> None:
    made = Compiled(tmp_path, VAULT.replace(":8200", ""))
    assert "db_to_vault" not in made.files["db.tf"]


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ("vault: { copies: 3 }\n", "CAMP476: vault has none of vault or disk"),
        (
            'vault: { vault: { url: "https://a.example" }, disk: a }\n',
            "CAMP476: vault has vault and disk, but only one",
        ),
        ("vault: { vault: { box: a } }\n", "CAMP314: the vault has no url"),
        ("vault: { vault: { url: ftp://a.example } }\n", "CAMP311: url is not the URL of a server"),
        ("vault: { disk: a, copies: 10 }\n", "CAMP311: copies is not a number from 0 to 9"),
        ("vault: { disk: $(reboot) }\n", "CAMP311: disk is not a name"),
        ("vault: yes\n", "CAMP311"),
    ],
)
def test_what_an_environment_cannot_say(tmp_path: Path, environment: str, message: str) -> None:
    made = Compiled(tmp_path, environment)
    assert made.messages[0].startswith(message), made.messages
    assert made.files == {}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"short": "disks"}, "short names no setting"),
        ({"groups": {}}, "groups must describe exactly the groups of the settings"),
        ({"one_of": ["vault", "tape"]}, "one_of names tape"),
        ({"machine": {**MACHINE, "servers": ["url"]}}, "servers names url"),
        ({"machine": {**MACHINE, "fill": {"command": "/bin/fill", "with": "to"}}}, "fill names to"),
        ({"secrets": {"key": {"description": "A key.", "group": "tape"}}}, "secrets names tape"),
    ],
)
def test_what_a_companion_names_must_exist(tmp_path: Path, changed: dict[str, object], message: str) -> None:
    made = Compiled(tmp_path, "", **changed)
    assert made.messages[0].endswith(message), made.messages


def test_data_that_it_cannot_have(tmp_path: Path) -> None:
    made = Compiled(tmp_path, VAULT)
    assert made.messages == ["CAMP477: vault does not include the data of db"]
