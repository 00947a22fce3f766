"""Read every output with one parser: `scan.py NAME FILE`, in an environment that has it. Writes the result to FILE.

Names: `checkov`, `python-hcl2`, `tfparse` (Trivy's parser), `tree-sitter`, and programs in `.venv-scanners/bin`:
`terraform-docs`, `tflint`. Imports nothing from the project.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = {"examples": "examples/*/infra/**/*.tf", "tests/cases": "tests/cases/*/*/expected/**/*.tf"}
PROGRAMS = ROOT / ".venv-scanners" / "bin"
RESOURCE = re.compile(r'^resource "', re.MULTILINE)
NAMED = re.compile(r'^resource "([^"]+)" "([^"]+)"', re.MULTILINE)
#: module to the number of resources that were found, or to the error
Seen = dict[Path, "int | str"]


def modules() -> dict[Path, list[Path]]:
    """The folders of Terraform modules, and their files."""
    found: dict[Path, list[Path]] = {}
    for file in sorted(each for pattern in PLACES.values() for each in ROOT.glob(pattern)):
        found.setdefault(file.parent, []).append(file)
    return found


def _count(definitions: Sequence[Mapping[str, Any]]) -> int:
    return sum(len(named) for each in definitions for block in each.get("resource", []) for named in block.values())


def checkov() -> Seen:
    """checkov's parser. A scan silently leaves out files that it cannot read."""
    from checkov.terraform.tf_parser import TFParser

    seen: Seen = {}
    for folder, files in modules().items():
        wrong: dict[str, Exception] = {}
        found = TFParser().parse_directory(str(folder), out_parsing_errors=wrong)
        left = {str(file) for file in files} - {key.file_path for key in found}
        seen[folder] = ", ".join(sorted({*left, *wrong})) or _count(list(found.values()))
    return seen


def python_hcl2() -> Seen:
    """python-hcl2, file by file."""
    import hcl2

    return {folder: _count([hcl2.loads(file.read_text()) for file in files]) for folder, files in modules().items()}


def tfparse() -> Seen:
    """Trivy's parser and evaluator, as a library. It multiplies or drops resources with for_each or count."""
    from tfparse import load_from_path

    seen: Seen = {}
    for folder, files in modules().items():
        try:
            found = load_from_path(str(folder), stop_on_hcl_error=True)
        except Exception as wrong:
            seen[folder] = str(wrong)
            continue
        read = {Path(each["__tfmeta"]["filename"]).name for blocks in found.values() for each in blocks}
        # it returns nothing for a file that only has checks
        left = {file.name for file in files if RESOURCE.search(file.read_text())} - read
        seen[folder] = ", ".join(sorted(left)) or _written(files)
    return seen


def tree_sitter() -> Seen:
    """The grammar that editors and scanners such as Semgrep use."""
    import tree_sitter_hcl
    from tree_sitter import Language, Parser

    parser, seen = Parser(Language(tree_sitter_hcl.language())), Seen()
    for folder, files in modules().items():
        wrong = [file.name for file in files if parser.parse(file.read_bytes()).root_node.has_error]
        seen[folder] = ", ".join(wrong) or _written(files)
    return seen


def terraform_docs() -> Seen:
    """terraform-docs: it lists each resource of a module by the end of its type and its name."""
    seen: Seen = {}
    for folder, files in modules().items():
        done = subprocess.run(
            [PROGRAMS / "terraform-docs", "json", folder], capture_output=True, text=True, check=False
        )
        if done.returncode:
            seen[folder] = done.stderr.strip()
            continue
        listed = {
            (each["type"], each["name"]) for each in json.loads(done.stdout)["resources"] if each["mode"] == "managed"
        }
        text = "".join(file.read_text() for file in files)
        named = {(type_.partition("_")[2], name) for type_, name in NAMED.findall(text)}
        seen[folder] = ", ".join(".".join(each) for each in sorted(named ^ listed)) or _written(files)
    return seen


def tflint() -> Seen:
    """tflint: what it cannot load, and the findings of its own rules."""
    seen: Seen = {}
    for folder, files in modules().items():
        command = [PROGRAMS / "tflint", f"--chdir={folder}", "--format=json"]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
        wrong = [each["message"] for each in (*found["errors"], *found["issues"])]
        seen[folder] = ", ".join(sorted(set(wrong))) or _written(files)
    return seen


def _version(package: str) -> str:
    """The version of a Python package, or of a program."""
    try:
        return version(package)
    except PackageNotFoundError:
        done = subprocess.run([PROGRAMS / package, "--version"], capture_output=True, text=True, check=True)
        return re.findall(r"[0-9]+\.[0-9.]+[0-9]", done.stdout)[0]


def _written(files: Sequence[Path]) -> int:
    return sum(len(RESOURCE.findall(file.read_text())) for file in files)


def checks() -> list[str]:
    """The results of checkov as users run it: one line per folder. Its exit status is that of the checks."""
    said = []
    for place in PLACES:
        command = [Path(sys.executable).with_name("checkov"), "-d", place, "--framework", "terraform", "--compact"]
        done = subprocess.run(
            [*command, "--skip-download", "-o", "json"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        found = json.loads(done.stdout)
        if re.search("Traceback|Failed to parse|Timeout", done.stderr) or found["results"]["parsing_errors"]:
            said.append(f"{place}: PARSING ERRORS: {found['results']['parsing_errors']} {done.stderr[-400:]}")
            continue
        failed = sorted({f"{each['check_id']} {each['check_name']}" for each in found["results"]["failed_checks"]})
        said.append(
            f"{place}: {found['summary']['passed']} checks passed, {found['summary']['failed']} failed"
            + "".join(f"; {each}" for each in failed)
        )
    return said


READERS: dict[str, tuple[str, Callable[[], Seen]]] = {
    "checkov": ("checkov", checkov),
    "python-hcl2": ("python-hcl2", python_hcl2),
    "tfparse": ("tfparse", tfparse),
    "tree-sitter": ("tree-sitter-hcl", tree_sitter),
    "terraform-docs": ("terraform-docs", terraform_docs),
    "tflint": ("tflint", tflint),
}


def main() -> int:
    """Write the result of one reader. Exits with 1 if something was not read."""
    name, out = sys.argv[1:]
    package, reader = READERS[name]
    start, files = time.monotonic(), modules()
    seen = reader()
    wrong = [f"{folder.relative_to(ROOT)}: {said}" for folder, said in seen.items() if isinstance(said, str)]
    for folder, written in files.items():
        if isinstance(seen[folder], int) and seen[folder] != _written(written):
            wrong.append(f"{folder.relative_to(ROOT)}: {seen[folder]} of {_written(written)} resources")
    said = checks() if name == "checkov" else []
    wrong += [line for line in said if "PARSING ERRORS" in line]
    record = {
        "reader": f"{package} {_version(package)}",
        "files": sum(map(len, files.values())),
        "resources": sum(map(_written, files.values())),
        "wrong": wrong,
        "said": said,
    }
    Path(out).write_text(json.dumps(record, indent=1) + "\n")
    print(
        f"{record['reader']}: {record['files']} files, {record['resources']} resources, {len(wrong)} not read,"
        f" {time.monotonic() - start:.0f} s"
    )
    print(*said, *wrong, sep="\n", end="\n" if said or wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
