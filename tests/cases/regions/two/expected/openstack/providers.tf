# The cloud and the credentials come from OS_CLOUD and clouds.yaml, or from the other OS_* variables.
# environments/openstack.yaml: region
provider "openstack" {
  region = "RegionOne"
}

# camp.yaml: stock, Placement: region; environments/openstack.yaml: tiers: reader: region
provider "openstack" {
  alias  = "regiontwo"
  region = "RegionTwo"
}
