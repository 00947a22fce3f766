"""The section of the output's README about baked images: how to make them, and what they change."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.targets.openstack.layout import names
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.resources import baking

_WHAT = (
    "The folders in `images/` make images for [Packer](https://developer.hashicorp.com/packer), with what new "
    "instances would otherwise download and build when they boot: packages, content, and what is built from it. "
    "An image contains no secrets and no addresses. Without images, instances install everything themselves."
)
_STEPS = (
    "Packer starts an instance, copies files to it over SSH, runs `bake.sh`, and deletes the instance. It reads the "
    "same credentials as Terraform. NETWORK-ID is a network from which the instance reaches indexes of packages. For "
    "example:"
)
_THEN = (
    "Existing instances keep their image. A new instance whose image has another version than this module "
    "installs the software again, and `terraform plan` warns about it. Make the images again when `terraform "
    "plan` says so, and from time to time: updates of packages that were released since are not in them."
)


def text(layout: OpenStackLayout, machines: Mapping[str, TierSoftware]) -> str:
    """Markdown. Empty: no tier has a recipe."""
    recipes = {id_: machine.image for id_, machine in machines.items() if machine.image}
    if not recipes:
        return ""
    rows = ["| tier | recipe | image | variable |", "|---|---|---|---|"]
    for id_, recipe in recipes.items():
        image, variable = baking.image_name(layout, id_, recipe), names.baked_image(layout.topology, id_)
        rows.append(f"| {id_} | `{baking.folder(id_)}` | `{image}` | `{variable}` |")
    first, recipe = next(iter(recipes.items()))
    folder, variable = baking.folder(first), names.baked_image(layout.topology, first)
    commands = "\n".join(
        (
            "```sh",
            f"packer init {folder}",
            f"packer build -var 'networks=[\"NETWORK-ID\"]' {folder}",
            f"terraform plan -var {variable}={baking.image_name(layout, first, recipe)} -out plan.tfplan",
            "```",
        )
    )
    return "\n\n".join(["## Images", _WHAT, "\n".join(rows), _STEPS, commands, _THEN])
