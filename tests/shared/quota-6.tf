# The project of the credentials.
data "openstack_identity_auth_scope_v3" "project" {
  name = "project"
}

locals {
  # What this module creates, by the names of quotas: ram in MiB, gigabytes for volumes.
  # cores and ram leave out box, database and proxy, because a variable sets the flavor.
  makes = {
    compute = { instances = 3 }
    network = { network = 1, router = 1, security_group = 4, floatingip = 1 }
  }
}

data "openstack_compute_quotaset_v2" "quota" {
  project_id = data.openstack_identity_auth_scope_v3.project.project_id
}

# Nova's quota; -1 means no limit. If the check fails, Terraform only prints a warning.
check "quota_compute" {
  assert {
    condition = alltrue([
      for name, makes in local.makes.compute : data.openstack_compute_quotaset_v2.quota[name] < 0 || makes <= data.openstack_compute_quotaset_v2.quota[name]
    ])
    error_message = "Nova's quota is too small for this module: ${join(", ", [for name, makes in local.makes.compute : "${name} ${makes} of ${data.openstack_compute_quotaset_v2.quota[name]}"])}."
  }
}

data "openstack_networking_quota_v2" "quota" {
  project_id = data.openstack_identity_auth_scope_v3.project.project_id
}

# Neutron's quota; -1 means no limit. If the check fails, Terraform only prints a warning.
check "quota_network" {
  assert {
    condition = alltrue([
      for name, makes in local.makes.network : data.openstack_networking_quota_v2.quota[name] < 0 || makes <= data.openstack_networking_quota_v2.quota[name]
    ])
    error_message = "Neutron's quota is too small for this module: ${join(", ", [for name, makes in local.makes.network : "${name} ${makes} of ${data.openstack_networking_quota_v2.quota[name]}"])}."
  }
}
