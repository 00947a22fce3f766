locals {
  # Ten years, in seconds. New instances use the same URLs.
  content_lifetime = 315360000

  # The object store's address.
  object_store      = nonsensitive(regex("^https?://[^/]+", openstack_objectstorage_tempurl_v1.object_store.url))
  object_store_port = try(regex(":([0-9]+)$", local.object_store)[0], startswith(local.object_store, "https:") ? 443 : 80)
}

# Signs the temporary URLs. A URL gives read access to one object.
resource "random_password" "content_key" {
  length  = 48
  special = false
}

# environments/releases.yaml: object_store. Instances download archives and releases from it.
resource "openstack_objectstorage_container_v1" "content" {
  name = "greetings-content"

  metadata = {
    Temp-URL-Key = random_password.content_key.result
    application  = "greetings"
  }
}

# Only for the object store's address: no object has this name. The URL of an object changes with the object.
resource "openstack_objectstorage_tempurl_v1" "object_store" {
  container = openstack_objectstorage_container_v1.content.name
  object    = "address"
  method    = "get"
  key       = random_password.content_key.result
  digest    = "sha256"
  ttl       = local.content_lifetime
}
