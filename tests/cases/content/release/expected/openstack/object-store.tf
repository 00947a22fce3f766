locals {
  # Seconds: ten years. Machines to come fetch by the same URLs.
  content_lifetime = 315360000

  # Where machines reach the object store: its URLs tell.
  object_store      = nonsensitive(regex("^https?://[^/]+", openstack_objectstorage_tempurl_v1.pages_release.url))
  object_store_port = try(regex(":([0-9]+)$", local.object_store)[0], startswith(local.object_store, "https:") ? 443 : 80)
}

# Signs the temporary URLs. Whoever has such a URL may read that one object, and nothing else.
resource "random_password" "content_key" {
  length  = 48
  special = false
}

# environments/openstack.yaml: object_store. What machines fetch: archives by their SHA-256, and releases.
resource "openstack_objectstorage_container_v1" "content" {
  name = "notes-content"

  metadata = {
    Temp-URL-Key = random_password.content_key.result
    application  = "notes"
  }
}
