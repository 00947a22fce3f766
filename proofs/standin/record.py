"""`python -m standin.record`: records the schemas that the stand-ins serve, from the real providers.

Needs Terraform and the providers where `terraform init` finds them. Descriptions are left out; what a provider checks
beyond names, types, required arguments and numbers of blocks is in no such dump.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

VERSIONS = {
    "hashicorp/random": "3.9.0",
    "heroku/heroku": "5.3.2",
    "terraform-provider-openstack/openstack": "3.4.0",
}
FOLDER = Path(__file__).resolve().parent / "schema"


def main() -> None:
    """Write one file a provider: TYPE-VERSION.json."""
    FOLDER.mkdir(exist_ok=True)
    for source, dump in sorted(dumped().items()):
        short = source.partition("/")[2]
        path = FOLDER / f"{short.rpartition('/')[2]}-{VERSIONS[short]}.json"
        recording = {"format_version": "1.0", "provider_schemas": {source: without_text(dump)}}
        path.write_text(one_line_a_resource(recording))
        print(path.name)


def dumped() -> dict[str, Any]:
    """What `terraform providers schema -json` says, by source address."""
    required = {source.rpartition("/")[2]: {"source": source, "version": at} for source, at in VERSIONS.items()}
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
