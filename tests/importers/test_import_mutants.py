"""Sources with random faults, and hostile ones: an error with a place or a plan, and never an exception."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from camp2iac.camp.yaml import parse
from camp2iac.diagnostics import Diagnostics
from camp2iac.importers import read, registry

HERE = Path(__file__).parent
CASES = {
    "brooklyn": ("brooklyn/shop", "blueprint.yaml"),
    "cloudfoundry": ("cloudfoundry/shop", "manifest.yml"),
    "compose": ("compose/shop", "compose.yaml"),
    "heroku": ("heroku/repository", "app.json"),
    "score": ("score/shop", "score.yaml"),
}
MORE = (
    "compose/every-key/files/docker-compose.yml",
    "compose/addresses/files/compose.yaml",
    "heroku/running/files/app.json",
)
_ODD = st.one_of(
    st.sampled_from(
        ["", "[]", "{}", "null", "-1", "0", "99999999999999999999", "1e400", "2026-12-01", "true", "'$'", "'${'"]
    ),
    st.sampled_from(
        ["'${A:-${A:-${A}}}'", "'a:b:c:d'", "../../etc", "/etc/passwd", "'::'", '"\\0"', "'\\'", "[[[[1]]]]"]
    ),
    st.text(max_size=12).map(
        lambda text: '"' + "".join(f"\\U{ord(char):08X}" for char in text if not 0xD800 <= ord(char) < 0xE000) + '"'
    ),
)


def imported(name: str, folder: Path) -> None:
    importer = registry.find(name)
    assert importer is not None
    result = read(name, importer, folder)
    for each in result.diagnostics:
        assert each.code.startswith("CAMP")
    assert (result.plan is None) == result.diagnostics.failed
    if result.plan is not None:
        found = Diagnostics()
        assert parse(result.plan.text(name, "x"), "camp.yaml", found) is not None, found.items
        assert result.ledger.forgotten() == []
        for target in result.plan.environments:
            assert parse(result.plan.environment(target), "e.yaml", found) is not None, found.items


@pytest.mark.parametrize("name", CASES)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_fault(name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    case, main = CASES[name]
    texts = [(HERE / case / "files" / main).read_text()]
    texts += [(HERE / each).read_text() for each in MORE if each.startswith(name)]
    text = data.draw(st.sampled_from(texts))
    for _ in range(data.draw(st.integers(1, 3))):
        lines = text.splitlines()
        number = data.draw(st.integers(0, len(lines) - 1))
        line, how = lines[number], data.draw(st.sampled_from(["value", "drop", "twice", "cut", "indent"]))
        if how == "value" and ":" in line:
            lines[number] = f"{line[: line.index(':') + 1]} {data.draw(_ODD)}"
        elif how == "drop":
            del lines[number]
        elif how == "twice":
            lines.insert(number, line)
        elif how == "cut":
            lines[number] = line[: data.draw(st.integers(0, len(line)))]
        else:
            lines[number] = f"  {line}"
        text = "\n".join(lines) or "{}"
    folder = tmp_path_factory.mktemp("mutant") / "shop"
    shutil.copytree(HERE / case / "files", folder)
    (folder / main).write_text(text, encoding="utf-8")
    imported(name, folder)


@pytest.mark.parametrize(
    "text",
    [
        "services: { a: { extends: a, image: x } }",
        "services: { a: { extends: b }, b: { extends: a } }",
        "include: [compose.yaml]\nservices: { a: { image: x } }",
        "services: { a: { image: 'x${" + "A:-${" * 5000 + "' } }",
        "services: { a: { image: x, environment: ['" + "A" * 100_000 + "=1'] } }",
        "services: { a: { image: x, env_file: . } }",
        "services: { a: { build: compose.yaml } }",
        "services: { a: { image: x, ports: ['1-99999999:1-99999999', '0:0', '70000:1'] } }",
        "services: &a { a: *a }",
        "services: { a: [ " * 60,
        "x: &x [1, 2]\nservices: { " + ", ".join(f"a{n}: {{ image: y, x-a: *x }}" for n in range(500)) + " }",
    ],
)
def test_hostile_compose_files(text: str, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(text)
    imported("compose", tmp_path)
