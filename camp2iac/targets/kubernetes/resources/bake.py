"""``docker-bake.hcl``: how the images of components are built and pushed."""

from __future__ import annotations

from camp2iac.synth import hcl
from camp2iac.synth.module import Block, Document, Module, body, ref, template
from camp2iac.targets.kubernetes.layout import names
from camp2iac.targets.kubernetes.layout.layout import KubernetesLayout
from camp2iac.targets.kubernetes.resources.components import tagged

FILE = "docker-bake.hcl"
_HEADER = "The images of components. `docker buildx bake --push` builds them and pushes them to the registry."


def built(layout: KubernetesLayout) -> tuple[str, ...]:
    """The components whose images are built."""
    return tuple(id_ for id_, image in layout.images.items() if not image.name)


def documents(layout: KubernetesLayout) -> tuple[Document, ...]:
    """The file; none if nothing is built, or Terraform does it."""
    components = built(layout)
    if not components or layout.settings.builds:
        return ()
    module = Module()
    module.add(FILE, Block("variable", ("REGISTRY",), body(default=layout.settings.registry or None)))
    targets = tuple(names.identifier(id_) for id_ in components)
    module.add(FILE, Block("group", ("default",), body(targets=targets)))
    for id_, target in zip(components, targets, strict=True):
        image = template(ref("REGISTRY"), f"/{tagged(layout, layout.topology.components[id_])}")
        module.add(FILE, Block("target", (target,), body(context=f"build/{id_}", tags=(image,))))
    module.headers[FILE] = _HEADER
    return (Document(FILE, hcl.write(module)[FILE].encode(), origin=layout.topology.span),)
