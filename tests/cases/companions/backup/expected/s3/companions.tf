# environments/s3.yaml: backup. Password that encrypts the backups. Without it, no one can read them.
resource "random_password" "companion_backup_password" {
  length  = 40
  special = false
}
