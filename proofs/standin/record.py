"""`python -m standin.record`: records the schemas of the real providers.

`schema/` has those that the stand-ins serve. `described/` has those of other platforms: the resources that reports
show, without what is deep in pods. Tests compare reports with both. Needs Terraform and the providers where `terraform
init` finds them. Descriptions are left out; what a provider checks beyond names, types, required arguments and numbers
of blocks is in no such dump.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VERSIONS = {
    "hashicorp/random": "3.9.0",
    "hashicorp/tls": "4.1.0",
    "heroku/heroku": "5.3.2",
    "terraform-provider-openstack/openstack": "3.4.0",
}
#: The providers of platforms without a stand-in: the release, and the target whose reports show their resources
DESCRIBED = {
    "hashicorp/kubernetes": ("3.2.1", "kubernetes"),
    "kreuzwerker/docker": ("4.5.0", "docker"),
}
FOLDER = Path(__file__).resolve().parent / "schema"
OTHERS = FOLDER.with_name("described")
_DEEPEST = 4  # blocks in blocks, in `described/`


def main() -> None:
    """Write one file a provider: TYPE-VERSION.json."""
    FOLDER.mkdir(exist_ok=True)
    for source, dump in sorted(dumped(VERSIONS).items()):
        short = source.partition("/")[2]
        write(FOLDER / f"{short.rpartition('/')[2]}-{VERSIONS[short]}.json", source, dump)
    OTHERS.mkdir(exist_ok=True)
    for source, dump in sorted(dumped({source: at for source, (at, _) in DESCRIBED.items()}).items()):
        version, target = DESCRIBED[source.partition("/")[2]]
        shown = inventory(target)
        types = {type_: each for type_, each in dump["resource_schemas"].items() if type_ in shown}
        for each in types.values():
            cut(each["block"], _DEEPEST)
        name = f"{source.rpartition('/')[2]}-{version}.json"
        write(OTHERS / name, source, {"resource_schemas": types})


def write(path: Path, source: str, dump: Any) -> None:
    """Write a recording."""
    recording = {"format_version": "1.0", "provider_schemas": {source: without_text(dump)}}
    path.write_text(one_line_a_resource(recording))
    print(path.name)


def inventory(target: str) -> set[str]:
    """The types of resources that reports show of a platform. On Kubernetes, Docker's provider pushes images."""
    from camp2iac.targets import registry

    found: Any = registry.find(target)
    return {*found.inventory.types, "docker_registry_image"}


def cut(block: Any, deepest: int) -> None:
    """Leave out blocks that are deeper than this."""
    if not deepest:
        block.pop("block_types", None)
    for each in block.get("block_types", {}).values():
        cut(each["block"], deepest - 1)


def dumped(versions: Mapping[str, str]) -> dict[str, Any]:
    """What `terraform providers schema -json` says, by source address."""
    required = {source.rpartition("/")[2]: {"source": source, "version": at} for source, at in versions.items()}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.tf.json").write_text(json.dumps({"terraform": {"required_providers": required}}))
        subprocess.run(["terraform", "init", "-input=false"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        said = subprocess.run(
            ["terraform", "providers", "schema", "-json"], cwd=folder, check=True, stdout=subprocess.PIPE
        ).stdout
    schemas: dict[str, Any] = json.loads(said)["provider_schemas"]
    return schemas


def without_text(dump: Any) -> Any:
    """A schema without its descriptions."""
    if isinstance(dump, dict):
        texts = {name for name in ("description", "description_kind") if isinstance(dump.get(name), str)}
        return {name: without_text(each) for name, each in dump.items() if name not in texts}
    return dump


def one_line_a_resource(value: Any, depth: int = 4, indent: str = "") -> str:
    """JSON, compact below that depth, so that a diff shows which resources changed."""
    if depth == 0 or not isinstance(value, dict):
        return json.dumps(value, separators=(",", ":"), sort_keys=True)
    lines = ",\n".join(
        f"{indent} {json.dumps(name)}:{one_line_a_resource(each, depth - 1, indent + ' ')}"
        for name, each in sorted(value.items())
    )
    return f"{{\n{lines}\n{indent}}}" + ("\n" if not indent else "")


if __name__ == "__main__":
    main()
