"""Measure the cost of constructs: a module through CDKTF and through the JSON writer, in CPU seconds with Node.js.

python -m tests.bench.constructs [RESOURCES]
"""

from __future__ import annotations

import os
import subprocess
import sys

_PROGRAM = """
import sys
from camp2iac.synth.module import Block, Module, body, ref, template
module = Module()
for number in range(int(sys.argv[2])):
    module.add("x.tf", Block("resource", ("random_password", f"x{number}"), body(
        length=16, keepers={"a": "b", "c": template("d-", ref("var.e"))}, depends_on=(ref("terraform_data.f"),)
    )))
if sys.argv[1] == "cdktf":
    from camp2iac.synth.cdktf import write
    write(module, "stack")
else:
    from camp2iac.synth.json import write
    write(module)
"""


def seconds(form: str, resources: int) -> float:
    """CPU seconds of a process, with its children, that writes this many resources."""
    before = os.times()
    subprocess.run([sys.executable, "-c", _PROGRAM, form, str(resources)], check=True, stderr=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user + after.children_system) - (before.children_user + before.children_system)


def main() -> None:
    """Print both, and their ratio."""
    resources = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    times = {form: min(seconds(form, resources) for _ in range(3)) for form in ("json", "cdktf")}
    ratio = times["cdktf"] / times["json"]
    print(f"{resources} resources: json {times['json']:.2f} s, cdktf {times['cdktf']:.2f} s of CPU: {ratio:.1f} times")


if __name__ == "__main__":
    main()
