"""Where secrets of Docker's modules are, and how they are rotated."""

from __future__ import annotations

from camp2iac.targets.docker.resource_types import CONTAINER
from camp2iac.targets.secret_table import SecretPlace, SecretTable

_SET = "The new container sets the new password in {title} before it starts, also if the data in the volume are older."

SECRETS = SecretTable(
    places={
        f"{CONTAINER}.upload": SecretPlace("a file in the container, such as /run/secrets/NAME"),
        f"{CONTAINER}.env": SecretPlace("a variable of the container, which docker inspect shows"),
    },
    literals=("*_secrets",),
    servers={
        **dict.fromkeys(("mariadb", "mongodb", "postgresql"), _SET),
        **dict.fromkeys(
            ("rabbitmq", "redis", "valkey"), "The new container starts {title} with the new password. Data stay."
        ),
    },
)
