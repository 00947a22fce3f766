"""Images of Docker Hub for products, with the day when they were checked."""

from __future__ import annotations

from camp2iac.targets.docker.offers.images import AttributeUse, RuntimeImage, ServiceImage, fitting
from camp2iac.targets.docker.offers.products import (
    PLATFORM,
    runtime,
    schema,
    scripts,
    service,
    sound,
    unsupported,
)

__all__ = [
    "PLATFORM",
    "AttributeUse",
    "RuntimeImage",
    "ServiceImage",
    "fitting",
    "runtime",
    "schema",
    "scripts",
    "service",
    "sound",
    "unsupported",
]
