"""What Docker's engine builds: https://registry.terraform.io/providers/kreuzwerker/docker/latest/docs."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, body, expr, template
from camp2iac.targets.containers.layout.builds import ComponentImage
from camp2iac.targets.containers.resources.told import digest

PROVIDER = ("kreuzwerker/docker", "~> 4.5")
"""The provider and its releases."""


def build(image: ComponentImage) -> tuple[Attribute, Block]:
    """How an image is built from ``build/COMPONENT``, and when again."""
    folder = f"build/{image.component.id}"
    again = Attribute(
        "triggers",
        {"content": digest(image)},
        comment=f"The SHA-256 of {folder}. If it changes, Terraform builds the image again.",
    )
    return again, Block("build", (), body(context=template(expr("path.module"), f"/{folder}")))
