# The cloud and the credentials come from OS_CLOUD and clouds.yaml, or from the other OS_* variables.
provider "openstack" {
}
