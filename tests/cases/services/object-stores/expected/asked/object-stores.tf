# camp.yaml: uploads, ObjectStore
resource "openstack_objectstorage_container_v1" "store_uploads" {
  name = "files-uploads"

  metadata = {
    application = "files"
  }

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/asked.yaml, or a list without uploads.
    prevent_destroy = true
  }
}

# The keys for the S3 API. They have the rights of the user who creates them.
resource "openstack_identity_ec2_credential_v3" "store_uploads" {
}
