# The cloud and the credentials come from OS_CLOUD and clouds.yaml, or from the other OS_* variables.
# environments/openstack.yaml: region
provider "openstack" {
  region = "RegionOne"
}
