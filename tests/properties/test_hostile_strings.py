"""Strings of strangers, wherever a plan or an environment takes one: they arrive, or a diagnostic says why not.

Each example fills a plan with strings of many kinds and compiles it. What comes out must be as ``terraform fmt`` leaves
it and valid for the real providers; the documents that Terraform renders must be YAML that carries the strings;
the variables must be what systemd reads; the scripts must be sound for bash.
"""

from __future__ import annotations

import base64
import json
import re
import shlex
import subprocess
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import phases
from support.terraform import Terraform

from camp2iac.diagnostics.formats import render
from camp2iac.review.output import assemble
from camp2iac.synth import hcl
from camp2iac.synth.folder import write as write_folder
from camp2iac.targets.openstack.machine.render import shell

WORDS = (
    "${var.x}",
    "$${x}",
    "%{ if true }",
    "%%{",
    "${",
    "%{",
    "$",
    "`id`",
    "$(id)",
    "$HOME",
    '"',
    "'",
    "\\",
    "\\n",
    "\n",
    "\t",
    "\r",
    "#",
    "# x",
    ": ",
    "- ",
    "[a]",
    "{b}",
    "*a",
    "&a",
    "!x",
    "|",
    ">",
    "%n",
    "%%",
    "@",
    "~",
    "EOT",
    "{{ 7*7 }}",
    "{% raw %}",
    ";",
    "&&",
    "é",
    "😀",
    "\u202e",
    "\u200f",
    "\u200b",
    "\u2028",
    "\x85",
    "\x7f",
    "\x01",
    "\x1b[31m",
    "\ufeff",
    "null",
    "yes",
    "0x1F",
    "</script>",
    "a",
    "b",
    " ",
    "=",
    ",",
    "/",
    ".",
    "..",
    "-",
    "_",
    "*",
    "?",
)
TEXT = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=20),
).map(lambda text: unicodedata.normalize("NFC", text))
LINE = TEXT.map(lambda text: re.sub(r"[\x00-\x1f]", " ", text)).filter(lambda text: text.strip())
FILE_NAME = (
    LINE.map(lambda text: text.replace("/", "-")[:60])
    .filter(lambda text: text.strip(". ") == text and not text.startswith("."))
    .filter(lambda text: len(text.encode()) < 120 and unicodedata.is_normalized("NFC", text))
)


@dataclass(frozen=True)
class Strings:
    """One string, or several, for each place."""

    name: str
    description: str
    tags: list[str]
    variables: dict[str, str]
    command: str
    files: dict[str, bytes]
    parameter: tuple[str, str, list[str]]
    image: str
    flavor: str
    zone: str
    external: str
    others: str
    folder: str = field(default="content of it")


STRINGS = st.builds(
    Strings,
    name=LINE,
    description=TEXT,
    tags=st.lists(TEXT, max_size=3),
    variables=st.dictionaries(
        st.from_regex("[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True).map(lambda name: f"V_{name}"),
        TEXT,
        min_size=3,
        max_size=6,
    ),
    command=LINE,
    files=st.dictionaries(FILE_NAME, st.binary(max_size=20), max_size=3),
    parameter=st.tuples(TEXT, TEXT, st.lists(TEXT, max_size=2)),
    image=LINE,
    flavor=LINE,
    zone=LINE,
    external=LINE,
    others=TEXT,
)


def plan_of(strings: Strings) -> dict[str, Any]:
    description, default, allowed = strings.parameter
    parameter: dict[str, Any] = {"description": description, "default": default}
    if allowed:
        parameter["allowed"] = [default, *allowed]
    env: dict[str, Any] = {name: {"value": text} for name, text in strings.variables.items()}
    return {
        "camp_version": "CAMP 1.1",
        "name": strings.name,
        "description": strings.description,
        "tags": strings.tags,
        "artifacts": [
            {
                "name": "web",
                "description": strings.others,
                "artifact_type": "org.python:src",
                "content": {"href": f"{strings.folder}/"},
                "requirements": [
                    {
                        "requirement_type": "com.python:wsgi",
                        "com.python.wsgi.application": "app/app",
                        "fulfillment": "id:web",
                    },
                    {"requirement_type": "org.camp2iac:Env", **env, "P": {"parameter": "given"}},
                    {"requirement_type": "org.camp2iac:Process", "worker": strings.command},
                ],
            }
        ],
        "services": [
            {
                "id": "web",
                "name": strings.others,
                "characteristics": [
                    {"characteristic_type": "org.python:version", "version": "[3.9,4)"},
                    {"characteristic_type": "org.camp2iac:Placement", "zone": strings.zone},
                    {"characteristic_type": "org.camp2iac:Scale", "min": 1, "max": 2},
                ],
            }
        ],
        "org.camp2iac:Parameters": {"given": parameter},
    }


def environment_of(strings: Strings) -> dict[str, Any]:
    size = {"flavor": strings.flavor, "cores": 1, "memory": "1 GiB"}
    return {
        "target": "openstack",
        "name": "hostile",
        "image": strings.image,
        "os": "debian-12",
        "sizes": {"small": size},
        "external_network": strings.external,
    }


@dataclass
class Made:
    """What came of the strings on one target: the output folder, or None and diagnostics that say why."""

    strings: Strings
    target: str
    folder: Path | None


def made(strings: Strings, target: str, folder: Path) -> Made:
    package = folder / strings.folder
    package.mkdir(parents=True)
    (package / "app.py").write_text("def app(environ, start):\n    pass\n")
    for name, data in strings.files.items():
        (package / name).write_bytes(data)
    (folder / "camp.yaml").write_text(yaml.safe_dump(plan_of(strings), allow_unicode=False, sort_keys=False))
    environment = None
    if target == "openstack":
        environment = folder / "env.yaml"
        environment.write_text(yaml.safe_dump(environment_of(strings), allow_unicode=False))
    loaded = phases.load(folder / "camp.yaml", leave_out=[environment] if environment else [])
    output = folder / "infra" / target
    compiled = phases.compile(loaded, environment=environment, target=None if environment else target, output=output)
    said = render(compiled.diagnostics, compiled.texts, "plain")
    assert not [c for c in said.replace("\n", "") if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")], said
    assert not set(said) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"), said
    if not compiled.ok:
        assert phases.failed(compiled.diagnostics)
        return Made(strings, target, None)
    written = assemble(compiled.result, hcl.write, plan="../../camp.yaml", environment=None)
    assert not write_folder(written, output).refused
    for path, data in written.files.items():
        if path.endswith((".tf", ".md")) and not path.startswith("build/"):
            assert not set(data.decode()) & {"\u202e", "\u200f", "\u2028", "\x7f", "\x1b", "\x85"}, path
        if path.endswith(".sh"):
            subprocess.run(["bash", "-n"], input=data, check=True, capture_output=True)
    return Made(strings, target, output)


def environment_file(text: str) -> Mapping[str, str]:
    """An EnvironmentFile as systemd reads it (src/basic/env-file.c, parse_env_file_internal), every value of which is
    between double quotes: there a backslash takes ``" \\ ` $`` literally, joins lines, and is itself before any other.
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        equals = text.index("=", at)
        name = text[at:equals]
        assert re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name), name
        assert text[equals + 1] == '"'
        at, value = equals + 2, ""
        while text[at] != '"':
            if text[at] == "\\":
                at += 1
                value += text[at] if text[at] in '"\\`$' else "" if text[at] == "\n" else f"\\{text[at]}"
            else:
                value += text[at]
            at += 1
        assert text[at + 1] == "\n"
        at += 2
        found[name] = value
    return found


def check_machine(terraform: Terraform, here: Made) -> None:
    """What the machine is told, as Terraform renders it."""
    assert here.folder is not None
    strings = here.strings
    told = terraform.evaluate(here.folder, "local.web_environment")
    wanted = {**strings.variables, "P": strings.parameter[1]}
    assert {name: told[name] for name in wanted} == wanted
    document = yaml.safe_load(terraform.evaluate(here.folder, "local.web_user_data"))
    files = {
        each["path"]: base64.b64decode(each["content"]) if each.get("encoding") == "b64" else each["content"].encode()
        for each in document["write_files"]
    }
    read = environment_file(files["/etc/hostile/web.env"].decode())
    assert {name: read[name] for name in wanted} == wanted
    assert files["/opt/hostile/web.worker.sh"].decode() == f"{strings.command}\n"
    for name, data in strings.files.items():
        assert files[f"/opt/hostile/web/{name}"] == data
    assert all("worker.sh" in line or strings.command not in line for line in map(str, document["runcmd"]))
    module = "".join(path.read_text() for path in here.folder.glob("*.tf"))
    for text in (strings.image, strings.external, strings.zone, strings.flavor):
        assert hcl_string(text) in module, text


def hcl_string(text: str) -> str:
    from camp2iac.synth.hcl_text import quote

    return quote(text)


def check_app(terraform: Terraform, here: Made) -> None:
    """What Heroku's app is told."""
    assert here.folder is not None
    association = (here.folder / "web.tf").read_text()
    for name in here.strings.variables:
        assert re.search(rf"^ +{name} += ", association, re.MULTILINE), name
    procfile = (here.folder / "build/web/Procfile").read_bytes().decode()
    assert f"worker: {here.strings.command.strip(' ')}" in procfile.split("\n")
    for name, data in here.strings.files.items():
        assert (here.folder / "build/web" / name).read_bytes() == data


def run(terraform: Terraform, all_: list[Strings], folder: Path) -> int:
    """Compiles every one for both targets and checks what came out; how many did."""
    found = [
        made(strings, target, folder / f"{number}-{target}")
        for number, strings in enumerate(all_)
        for target in ("openstack", "heroku")
    ]
    good = [each for each in found if each.folder is not None]
    assert terraform.unformatted(folder) == ""
    for each in good:
        assert each.folder is not None
        terraform.init(each.folder)
        assert terraform.validate(each.folder) == []
        (check_machine if each.target == "openstack" else check_app)(terraform, each)
    return len(good)


def drawn(count: int, seed: int) -> list[Strings]:
    """Examples of the strategy: Hypothesis draws, the batch is checked as one, since Terraform is slow to start."""
    found: list[Strings] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STRINGS)
    def draw(strings: Strings) -> None:
        found.append(strings)

    from hypothesis import seed as seeded

    seeded(seed)(draw)()
    return found[-count:]


FIXED = [
    Strings(
        name='Bobby\'s "shop"; rm -rf ${HOME} `id` %n',
        description="${path.module} %{ if true } \\ 😀\n\u202eEOT\n# x",
        tags=["${var.x}", "a\nb"],
        variables={
            "V_A": "${x} $${y} %{z} %%{ \\ ` \" ' $HOME $(id)",
            "V_B": "a\nb\r\n\tc\n",
            "V_C": "- {a: [b]} # c: *d",
            "V_D": "\x01\x1b\x7f\x85\u2028\ufeff",
            "V_E": "a\\",
            "V_F": "\\\n\\x",
            "V_G": " ",
        },
        command="printf '%s' \"${x:-`id`}\" && echo $$ %n # \\",
        files={"it's $HOME `id` ${x} %{y} #: é": b"\x00\xff", "- a": b"", "%n": b"x"},
        parameter=('${x} "quoted"\nline', "%{x}\\ ${y}\n", ["$", "`"]),
        image='debian "12" ${x}',
        flavor="m1.${x}\\",
        zone="%{zone} 'x'",
        external='pub`id`"lic',
        others="\u202e${x}\n# y",
    )
]


@pytest.mark.terraform
def test_what_is_known_to_hurt(terraform: Terraform, tmp_path: Path) -> None:
    assert run(terraform, FIXED, tmp_path) == 2


@pytest.mark.terraform
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_strings_of_all_kinds(terraform: Terraform, tmp_path: Path, seed: int) -> None:
    assert run(terraform, drawn(6, seed), tmp_path) > 6


def test_most_strings_compile_and_none_breaks(tmp_path: Path) -> None:
    """Without Terraform, so that there can be more. What is drawn differs from run to run: about half compile."""
    found = [
        made(strings, target, tmp_path / f"{number}-{target}").folder is not None
        for number, strings in enumerate(drawn(60, 99))
        for target in ("openstack", "heroku")
    ]
    assert sum(found) > len(found) // 4


@given(TEXT)
def test_constants_of_scripts_are_the_literal_text(text: str) -> None:
    """What a script assigns by the filter ``shell`` is what bash then has."""
    script = f'constant={shell(text)}\nprintf %s "$constant"\n'
    assert shlex.split(shell(text)) == [text]
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == text


def test_the_reader_of_environment_files_is_as_strict_as_systemd() -> None:
    assert environment_file('A="x\\"\\\\\\`\\$ y"\nB="1\n2"\n') == {"A": 'x"\\`$ y', "B": "1\n2"}
    assert environment_file('A="a\\x\\\nb"\n') == {"A": "a\\xb"}
    assert json.loads('"\\u0001"') == "\x01"
