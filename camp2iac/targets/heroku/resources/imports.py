"""``import`` blocks: Terraform takes over what exists, instead of creating it."""

from __future__ import annotations

from camp2iac.synth.module import Attribute, Block, ref
from camp2iac.targets.heroku.layout.adoptions import adoptions
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.kit import ModuleBuilder

FILE = "imports.tf"
_HEADER = (
    "The first apply takes over what these blocks name. Afterwards, they have no effect, and the key  adopt  can be",
    "removed from the environment file. Terraform reads them only in a root module.",
)


def add(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """Add an ``import`` block for all that the environment file adopts."""
    for each in adoptions(layout):
        if each.address:
            made.module.headers[FILE] = _HEADER
            body = (Attribute("to", ref(each.address)), Attribute("id", each.id))
            made.module.add(FILE, Block("import", (), body, made.by(f"adopt, {each.words}"), each.span))
