"""The variables of a link, as Terraform makes them of a password that the operator gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from support import phases
from support.terraform import Terraform

from camp2iac.synth import hcl

USER = "o'brien & sons+%/"
PLAN = """\
camp_version: CAMP 1.1
artifacts:
  - name: shop
    artifact_type: org.apache.maven:Project
    content: {{ href: shop/ }}
    requirements:
      - requirement_type: com.java:RunOn
      - requirement_type: {connect}
        fulfillment: id:database
services:
  - id: database
    href: {href}
    characteristics:
      - characteristic_type: {product}
      - characteristic_type: org.camp2iac:Attributes
        {user}
        password: {{ secret: key }}
org.camp2iac:Secrets:
  key: {{ description: The password }}
"""
POM = "<project><artifactId>shop</artifactId><version>1</version></project>"


def variables(
    terraform: Terraform, folder: Path, target: str, product: str, href: str, keys: Sequence[str], *, user: str = USER
) -> list[Mapping[str, str]]:
    """The variables of the link for each of the passwords."""
    folder.mkdir()
    (folder / "shop").mkdir()
    (folder / "shop/pom.xml").write_text(POM)
    connect = "org.sql:ConnectTo" if product in ("PostgreSQL", "MariaDB") else "ConnectTo"
    said = f"user: {json.dumps(user)}" if user else ""
    plan = PLAN.format(connect=connect, product=product, href=json.dumps(href), user=said)
    (folder / "camp.yaml").write_text(plan)
    compiled = phases.compile(phases.load(folder / "camp.yaml"), target=target)
    assert compiled.result is not None, compiled.diagnostics
    lines = hcl.write(compiled.result.lowered.module)["shop.tf"].splitlines()
    pairs = [line.partition(" #")[0].split(" = ", 1) for line in lines if "DATABASE_" in line and " = " in line]
    code = ", ".join(f"{name.strip()} = {value.strip().replace('var.key', 'key')}" for name, value in pairs)
    module = folder / "module"
    module.mkdir()
    (module / "main.tf").write_text(
        f'variable "keys" {{}}\n\nlocals {{\n  made = [for key in var.keys : {{ {code} }}]\n}}\n'
    )
    (module / "terraform.tfvars.json").write_text(json.dumps({"keys": keys}))
    terraform.init(module)
    made: list[Mapping[str, str]] = terraform.evaluate(module, "local.made")
    return made
