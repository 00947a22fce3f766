# camp.yaml: uploads, ObjectStore
resource "openstack_objectstorage_container_v1" "store_uploads" {
  name = "files-uploads"

  metadata = {
    application = "files"
  }

  # It holds data. To destroy it, remove this block.
  lifecycle {
    prevent_destroy = true
  }
}

# The keys for the S3 API. They have the rights of the user who creates them.
resource "openstack_identity_ec2_credential_v3" "store_uploads" {
}
