# The context is one of KUBE_CONFIG_PATH.
provider "kubernetes" {
  config_context = "staging"
}
