"""The types of Docker's resources: https://registry.terraform.io/providers/kreuzwerker/docker/latest/docs."""

CONTAINER = "docker_container"
IMAGE = "docker_image"
NETWORK = "docker_network"
VOLUME = "docker_volume"
PASSWORD = "random_password"  # noqa: S105 - the name of a type
