# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the volume of the first container.
# Terraform only renames it in its state. Otherwise, the blocks have no effect.

moved {
  from = docker_volume.database_data["database-1"]
  to   = docker_volume.database_data
}
