# The cluster is that of KUBE_CONFIG_PATH.
provider "kubernetes" {
}

# The engine is that of DOCKER_HOST, or the local one.
provider "docker" {
  # The login of `docker login`, or of DOCKER_REGISTRY_USER and DOCKER_REGISTRY_PASS
  registry_auth {
    address = "registry.example.org"
  }
}
