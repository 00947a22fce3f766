# The cluster is that of KUBE_CONFIG_PATH.
provider "kubernetes" {
}
