"""Images of Docker Hub for products, with the day when they were checked."""

from __future__ import annotations

from camp2iac.targets.containers.offers.images import AttributeUse, ServiceImage, WithoutRoot, fitting
from camp2iac.targets.containers.offers.products import (
    PLATFORM,
    schema,
    scripts,
    service,
    sound,
    unsupported,
)
from camp2iac.targets.containers.offers.runtimes import RuntimeImage, runtime

__all__ = [
    "PLATFORM",
    "AttributeUse",
    "RuntimeImage",
    "ServiceImage",
    "WithoutRoot",
    "fitting",
    "runtime",
    "schema",
    "scripts",
    "service",
    "sound",
    "unsupported",
]
