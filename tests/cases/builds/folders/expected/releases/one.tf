# camp.yaml: one

locals {
  one_address = openstack_networking_port_v2.one_main.all_fixed_ips[0]

  # camp.yaml: api, the SHA-256 of each file of its content.
  # archives/api.tar contains these files.
  api_content = {
    "libs/counting/counting.go"        = "dd80bcb4d4caf43f7e11a5b9be37d52329b58cb0f01c4e3d0f0c7991d19514cb"
    "libs/counting/go.mod"             = "2df576ef1673403ebcc39d200c51161096d16c229135ec3421524cfc7f30ac49"
    "libs/rubywords/lib/rubywords.rb"  = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "libs/rubywords/rubywords.gemspec" = "806947cf8d46712c4d2dfc8804fff53206ab54ce95c212e603b48476f4fe3637"
    "libs/words.php"                   = "6936577a55a41e4d65cce2887bdb35d69f50fa7d7f5d7cbb06ac2b80c9e51af5"
    "libs/words/pyproject.toml"        = "83ff8c3542d46cb780e23948681dbbc226f116de8f57eeccde03a0dfa932483b"
    "libs/words/words.py"              = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "requirements/base.txt"            = "ab2d0f9637b9209bafb020637a32728430a310075c0cb2bfd9a81571ec7c67a5"
    "services/api/main.py"             = "c22d7bb3385dbbf2ebd03808dc8b280a8f9869c2d3cda7459f61e62c17388db8"
    "services/api/requirements.txt"    = "f57138dd9029664841fc60eb21d821f61e3b51225beed903862f3e32bf9dc5a2"
    "services/counter/go.mod"          = "092ad13f423599e0d3d8fcbcd2e7fae9c827bd6bc1dbc6229f7dd44493406d24"
    "services/counter/main.go"         = "0b3c2cdfffb020b450ba3e5c5878849a625d46afb6a7b48e3186a4f1709bc4d7"
    "services/pages/public/index.php"  = "9edd3855210f07fefe2eece3679d59216e8c0814209ed1913fda44bc0087b2f8"
    "services/rack/Gemfile"            = "87537e7c4e85f133267d8ff0fe224aa8408b52d500ef23d44535ff4e882a949b"
    "services/rack/config.ru"          = "b2f07e44c60a7c0a7daaeb9d151a67250ead513b064c9b07d94eaaec6abb6569"
  }

  # The files of the package that are not content, and the outputs in it.
  api_left_out = "(^|/)\\.|(^|/)(CVS)/|^environments/.*\\.ya?ml$|^(camp\\.cert|camp\\.mf|camp\\.yaml)(/|$)"
  api_outputs  = [for file in fileset("${path.module}/../..", "**/.camp2iac.json") : "${dirname(file)}/"]

  # The files that exist. Of the files that were not compiled, only those that would be content.
  api_files = toset([
    for name in fileset("${path.module}/../..", "**") : name
    if contains(keys(local.api_content), name) || (!can(regex(local.left_out, name)) && !can(regex(local.api_left_out, name)) && !anytrue([for folder in local.api_outputs : startswith(name, folder)]))
  ])

  # camp.yaml: api, content: the SHA-256 of the object
  api_sha256 = "ba2abb6fa5156458605e4d4ff460b83f1770e7aa2bc47a473b7387c351e5727c"

  api_environment = {
    PORT = "8080" # Expose
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  api_variables = join("", [
    for name, value in local.api_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])

  # camp.yaml: counter, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  counter_content = {
    "libs/counting/counting.go"        = "dd80bcb4d4caf43f7e11a5b9be37d52329b58cb0f01c4e3d0f0c7991d19514cb"
    "libs/counting/go.mod"             = "2df576ef1673403ebcc39d200c51161096d16c229135ec3421524cfc7f30ac49"
    "libs/rubywords/lib/rubywords.rb"  = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "libs/rubywords/rubywords.gemspec" = "806947cf8d46712c4d2dfc8804fff53206ab54ce95c212e603b48476f4fe3637"
    "libs/words.php"                   = "6936577a55a41e4d65cce2887bdb35d69f50fa7d7f5d7cbb06ac2b80c9e51af5"
    "libs/words/pyproject.toml"        = "83ff8c3542d46cb780e23948681dbbc226f116de8f57eeccde03a0dfa932483b"
    "libs/words/words.py"              = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "requirements/base.txt"            = "ab2d0f9637b9209bafb020637a32728430a310075c0cb2bfd9a81571ec7c67a5"
    "services/api/main.py"             = "c22d7bb3385dbbf2ebd03808dc8b280a8f9869c2d3cda7459f61e62c17388db8"
    "services/api/requirements.txt"    = "f57138dd9029664841fc60eb21d821f61e3b51225beed903862f3e32bf9dc5a2"
    "services/counter/go.mod"          = "092ad13f423599e0d3d8fcbcd2e7fae9c827bd6bc1dbc6229f7dd44493406d24"
    "services/counter/main.go"         = "0b3c2cdfffb020b450ba3e5c5878849a625d46afb6a7b48e3186a4f1709bc4d7"
    "services/pages/public/index.php"  = "9edd3855210f07fefe2eece3679d59216e8c0814209ed1913fda44bc0087b2f8"
    "services/rack/Gemfile"            = "87537e7c4e85f133267d8ff0fe224aa8408b52d500ef23d44535ff4e882a949b"
    "services/rack/config.ru"          = "b2f07e44c60a7c0a7daaeb9d151a67250ead513b064c9b07d94eaaec6abb6569"
  }

  # The files of the package that are not content, and the outputs in it.
  counter_left_out = "(^|/)\\.|(^|/)(CVS)/|^environments/.*\\.ya?ml$|^(camp\\.cert|camp\\.mf|camp\\.yaml)(/|$)"
  counter_outputs  = [for file in fileset("${path.module}/../..", "**/.camp2iac.json") : "${dirname(file)}/"]

  # The files that exist. Of the files that were not compiled, only those that would be content.
  counter_files = toset([
    for name in fileset("${path.module}/../..", "**") : name
    if contains(keys(local.counter_content), name) || (!can(regex(local.left_out, name)) && !can(regex(local.counter_left_out, name)) && !anytrue([for folder in local.counter_outputs : startswith(name, folder)]))
  ])

  counter_environment = {
    PORT = "8081" # Expose
  }

  # camp.yaml: pages, the SHA-256 of each file of its content.
  # archives/pages.tar contains these files.
  pages_content = {
    "libs/counting/counting.go"        = "dd80bcb4d4caf43f7e11a5b9be37d52329b58cb0f01c4e3d0f0c7991d19514cb"
    "libs/counting/go.mod"             = "2df576ef1673403ebcc39d200c51161096d16c229135ec3421524cfc7f30ac49"
    "libs/rubywords/lib/rubywords.rb"  = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "libs/rubywords/rubywords.gemspec" = "806947cf8d46712c4d2dfc8804fff53206ab54ce95c212e603b48476f4fe3637"
    "libs/words.php"                   = "6936577a55a41e4d65cce2887bdb35d69f50fa7d7f5d7cbb06ac2b80c9e51af5"
    "libs/words/pyproject.toml"        = "83ff8c3542d46cb780e23948681dbbc226f116de8f57eeccde03a0dfa932483b"
    "libs/words/words.py"              = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "requirements/base.txt"            = "ab2d0f9637b9209bafb020637a32728430a310075c0cb2bfd9a81571ec7c67a5"
    "services/api/main.py"             = "c22d7bb3385dbbf2ebd03808dc8b280a8f9869c2d3cda7459f61e62c17388db8"
    "services/api/requirements.txt"    = "f57138dd9029664841fc60eb21d821f61e3b51225beed903862f3e32bf9dc5a2"
    "services/counter/go.mod"          = "092ad13f423599e0d3d8fcbcd2e7fae9c827bd6bc1dbc6229f7dd44493406d24"
    "services/counter/main.go"         = "0b3c2cdfffb020b450ba3e5c5878849a625d46afb6a7b48e3186a4f1709bc4d7"
    "services/pages/public/index.php"  = "9edd3855210f07fefe2eece3679d59216e8c0814209ed1913fda44bc0087b2f8"
    "services/rack/Gemfile"            = "87537e7c4e85f133267d8ff0fe224aa8408b52d500ef23d44535ff4e882a949b"
    "services/rack/config.ru"          = "b2f07e44c60a7c0a7daaeb9d151a67250ead513b064c9b07d94eaaec6abb6569"
  }

  # The files of the package that are not content, and the outputs in it.
  pages_left_out = "(^|/)\\.|(^|/)(CVS)/|^environments/.*\\.ya?ml$|^(camp\\.cert|camp\\.mf|camp\\.yaml)(/|$)"
  pages_outputs  = [for file in fileset("${path.module}/../..", "**/.camp2iac.json") : "${dirname(file)}/"]

  # The files that exist. Of the files that were not compiled, only those that would be content.
  pages_files = toset([
    for name in fileset("${path.module}/../..", "**") : name
    if contains(keys(local.pages_content), name) || (!can(regex(local.left_out, name)) && !can(regex(local.pages_left_out, name)) && !anytrue([for folder in local.pages_outputs : startswith(name, folder)]))
  ])

  # camp.yaml: pages, content: the SHA-256 of the object
  pages_sha256 = "ba2abb6fa5156458605e4d4ff460b83f1770e7aa2bc47a473b7387c351e5727c"

  pages_environment = {
    PORT = "8082" # Expose
  }

  # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
  pages_variables = join("", [
    for name, value in local.pages_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
  ])

  # camp.yaml: rack, the SHA-256 of each file of its content.
  # If a line changes, Terraform replaces the instances. Each instance checks the files that it gets.
  rack_content = {
    "libs/counting/counting.go"        = "dd80bcb4d4caf43f7e11a5b9be37d52329b58cb0f01c4e3d0f0c7991d19514cb"
    "libs/counting/go.mod"             = "2df576ef1673403ebcc39d200c51161096d16c229135ec3421524cfc7f30ac49"
    "libs/rubywords/lib/rubywords.rb"  = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "libs/rubywords/rubywords.gemspec" = "806947cf8d46712c4d2dfc8804fff53206ab54ce95c212e603b48476f4fe3637"
    "libs/words.php"                   = "6936577a55a41e4d65cce2887bdb35d69f50fa7d7f5d7cbb06ac2b80c9e51af5"
    "libs/words/pyproject.toml"        = "83ff8c3542d46cb780e23948681dbbc226f116de8f57eeccde03a0dfa932483b"
    "libs/words/words.py"              = "ebf81134ab8b11de935f227a26a3671dd816fc5ac44685f70661f0d7a4299ecb"
    "requirements/base.txt"            = "ab2d0f9637b9209bafb020637a32728430a310075c0cb2bfd9a81571ec7c67a5"
    "services/api/main.py"             = "c22d7bb3385dbbf2ebd03808dc8b280a8f9869c2d3cda7459f61e62c17388db8"
    "services/api/requirements.txt"    = "f57138dd9029664841fc60eb21d821f61e3b51225beed903862f3e32bf9dc5a2"
    "services/counter/go.mod"          = "092ad13f423599e0d3d8fcbcd2e7fae9c827bd6bc1dbc6229f7dd44493406d24"
    "services/counter/main.go"         = "0b3c2cdfffb020b450ba3e5c5878849a625d46afb6a7b48e3186a4f1709bc4d7"
    "services/pages/public/index.php"  = "9edd3855210f07fefe2eece3679d59216e8c0814209ed1913fda44bc0087b2f8"
    "services/rack/Gemfile"            = "87537e7c4e85f133267d8ff0fe224aa8408b52d500ef23d44535ff4e882a949b"
    "services/rack/config.ru"          = "b2f07e44c60a7c0a7daaeb9d151a67250ead513b064c9b07d94eaaec6abb6569"
  }

  # The files of the package that are not content, and the outputs in it.
  rack_left_out = "(^|/)\\.|(^|/)(CVS)/|^environments/.*\\.ya?ml$|^(camp\\.cert|camp\\.mf|camp\\.yaml)(/|$)"
  rack_outputs  = [for file in fileset("${path.module}/../..", "**/.camp2iac.json") : "${dirname(file)}/"]

  # The files that exist. Of the files that were not compiled, only those that would be content.
  rack_files = toset([
    for name in fileset("${path.module}/../..", "**") : name
    if contains(keys(local.rack_content), name) || (!can(regex(local.left_out, name)) && !can(regex(local.rack_left_out, name)) && !anytrue([for folder in local.rack_outputs : startswith(name, folder)]))
  ])

  rack_environment = {
    PORT = "8083" # Expose
  }
}

resource "openstack_networking_secgroup_v2" "one" {
  name                 = "folders-one"
  description          = "Tier one of folders"
  delete_default_rules = true
  tags                 = local.tags
}

# camp.yaml: api, Expose
resource "openstack_networking_secgroup_rule_v2" "one_from_anywhere_8080" {
  security_group_id = openstack_networking_secgroup_v2.one.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8080
  port_range_max    = 8080
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: counter, Expose
resource "openstack_networking_secgroup_rule_v2" "one_from_anywhere_8081" {
  security_group_id = openstack_networking_secgroup_v2.one.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8081
  port_range_max    = 8081
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: pages, Expose
resource "openstack_networking_secgroup_rule_v2" "one_from_anywhere_8082" {
  security_group_id = openstack_networking_secgroup_v2.one.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8082
  port_range_max    = 8082
  remote_ip_prefix  = "0.0.0.0/0"
}

# camp.yaml: rack, Expose
resource "openstack_networking_secgroup_rule_v2" "one_from_anywhere_8083" {
  security_group_id = openstack_networking_secgroup_v2.one.id
  description       = "HTTP from any address"
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = 8083
  port_range_max    = 8083
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_secgroup_rule_v2" "one_to_object_store" {
  security_group_id = openstack_networking_secgroup_v2.one.id
  description       = "To the object store"
  direction         = "egress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  port_range_min    = local.object_store_port
  port_range_max    = local.object_store_port
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "openstack_networking_port_v2" "one_main" {
  name       = "folders-one-1-main"
  network_id = openstack_networking_network_v2.main.id
  tags       = local.tags

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.one.id,
  ]

  fixed_ip {
    subnet_id = openstack_networking_subnet_v2.main.id
  }
}

# camp.yaml: api, content
resource "openstack_objectstorage_object_v1" "api_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "api/${local.api_sha256}.tar"
  source         = "${path.module}/archives/api.tar"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition = local.api_files != toset(keys(local.api_content)) ? false : alltrue([
        for name, sha256 in local.api_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = try(filesha256("${path.module}/archives/api.tar"), "") == local.api_sha256
      error_message = "archives/api.tar has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "api_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.api_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: api. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "api_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "api.release"

  content = join("\n", [
    "sha256 ${local.api_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.api_content.url}",
    "machines 1",
    "form archive",
    "name app.tar",
    "",
    local.api_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "api_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.api_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: pages, content
resource "openstack_objectstorage_object_v1" "pages_content" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "pages/${local.pages_sha256}.tar"
  source         = "${path.module}/archives/pages.tar"

  lifecycle {
    # The old object is deleted after all references have changed.
    create_before_destroy = true

    precondition {
      condition = local.pages_files != toset(keys(local.pages_content)) ? false : alltrue([
        for name, sha256 in local.pages_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition     = try(filesha256("${path.module}/archives/pages.tar"), "") == local.pages_sha256
      error_message = "archives/pages.tar has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

resource "openstack_objectstorage_tempurl_v1" "pages_content" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.pages_content.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

# camp.yaml: pages. Its instances read this object every minute. If it changes, they deploy the
# new release one after the other, and roll it back if it does not respond.
resource "openstack_objectstorage_object_v1" "pages_release" {
  container_name = openstack_objectstorage_container_v1.content.name
  name           = "pages.release"

  content = join("\n", [
    "sha256 ${local.pages_sha256}",
    "url ${openstack_objectstorage_tempurl_v1.pages_content.url}",
    "machines 1",
    "form archive",
    "name app.tar",
    "",
    local.pages_variables,
  ])

  content_type = "text/plain"
}

resource "openstack_objectstorage_tempurl_v1" "pages_release" {
  container = openstack_objectstorage_container_v1.content.name
  object    = openstack_objectstorage_object_v1.pages_release.name
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}

resource "openstack_compute_instance_v2" "one" {
  name        = "folders-one-1"
  image_id    = data.openstack_images_image_v2.machine.id
  flavor_name = var.one_flavor
  key_pair    = var.key_pair
  metadata    = merge(local.metadata, { tier = "one" })

  user_data = templatefile("${path.module}/cloud-init/one.yaml.tftpl", {
    scripts              = "${path.module}/cloud-init"
    api_release_url      = openstack_objectstorage_tempurl_v1.api_release.url
    counter_content_root = "${path.module}/../.."
    counter_content      = local.counter_content
    pages_release_url    = openstack_objectstorage_tempurl_v1.pages_release.url
    rack_content_root    = "${path.module}/../.."
    rack_content         = local.rack_content

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    counter_environment = join("", [
      for name, value in local.counter_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])

    # In systemd's EnvironmentFile, only " \ $ and ` need a backslash between double quotes.
    rack_environment = join("", [
      for name, value in local.rack_environment : format("%s=\"%s\"\n", name, replace(value, "/[\"\\\\$`]/", "\\$0"))
    ])
  })

  network {
    port = openstack_networking_port_v2.one_main.id
  }

  # The first boot downloads packages through the router.
  depends_on = [openstack_networking_router_interface_v2.main]

  lifecycle {
    # Only new instances use a newer image with the same name. Otherwise, the provider would rebuild existing ones.
    # Only new instances use a changed server group. Otherwise, Terraform would replace existing ones.
    ignore_changes = [
      image_id,
      scheduler_hints,
    ]

    precondition {
      condition = local.counter_files != toset(keys(local.counter_content)) ? false : alltrue([
        for name, sha256 in local.counter_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
    precondition {
      condition = local.rack_files != toset(keys(local.rack_content)) ? false : alltrue([
        for name, sha256 in local.rack_content : filesha256("${path.module}/../../${name}") == sha256
      ])
      error_message = "the package has changed since this module was generated: run camp2iac synth, and review what it replaces."
    }
  }
}

# camp.yaml: api, Expose: public; camp.yaml: counter, Expose: public; camp.yaml: pages, Expose: public; camp.yaml: rack, Expose: public
resource "openstack_networking_floatingip_v2" "one" {
  pool        = data.openstack_networking_network_v2.external.name
  port_id     = openstack_networking_port_v2.one_main.id
  description = "folders-one-1"
  tags        = local.tags

  # Neutron needs the router in the instance's subnet before it can associate the floating IP.
  depends_on = [openstack_networking_router_interface_v2.main]
}
