# The cloud and the credentials come from the shell: OS_CLOUD and clouds.yaml, or the OS_* variables.
# environments/together.yaml: region
provider "openstack" {
  region = "RegionOne"
}
