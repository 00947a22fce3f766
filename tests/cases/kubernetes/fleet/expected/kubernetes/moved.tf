# If you add org.camp2iac:Scale to a tier or remove it, these blocks keep the volume of the first pod.
# Terraform only renames it in its state. Otherwise, the blocks have no effect.

moved {
  from = kubernetes_persistent_volume_claim_v1.queue_data["queue-0"]
  to   = kubernetes_persistent_volume_claim_v1.queue_data
}

moved {
  from = kubernetes_persistent_volume_claim_v1.tracker_tracks
  to   = kubernetes_persistent_volume_claim_v1.tracker_tracks["tracker-0"]
}
