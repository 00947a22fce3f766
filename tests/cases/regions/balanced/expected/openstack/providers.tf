# The cloud and the credentials come from the shell: OS_CLOUD and clouds.yaml, or the OS_* variables.
# environments/openstack.yaml: region
provider "openstack" {
  region = "RegionOne"
}

# camp.yaml: far, Placement: region; camp.yaml: web, Placement: region
provider "openstack" {
  alias  = "regiontwo"
  region = "RegionTwo"
}
