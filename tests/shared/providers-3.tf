# The cloud and the credentials come from the shell: OS_CLOUD and clouds.yaml, or the OS_* variables.
provider "openstack" {
}
