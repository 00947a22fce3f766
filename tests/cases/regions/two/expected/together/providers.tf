# The cloud and the credentials come from OS_CLOUD and clouds.yaml, or from the other OS_* variables.
# environments/together.yaml: region
provider "openstack" {
  region = "RegionOne"
}
