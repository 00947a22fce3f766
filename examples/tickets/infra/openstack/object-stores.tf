# camp.yaml: photos, ObjectStore
resource "openstack_objectstorage_container_v1" "store_photos" {
  name = "tickets-photos"

  metadata = {
    application = "tickets"
  }
}

# The keys for the S3 API. They have the rights of the user who creates them.
resource "openstack_identity_ec2_credential_v3" "store_photos" {
}
