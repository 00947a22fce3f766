# camp.yaml: desk, Expose
output "desk_url" {
  description = "URL of desk."
  value       = "http://desk.${var.domain}"
}

# camp.yaml: map, Expose
output "map_url" {
  description = "URL of map."
  value       = "http://map.${var.domain}"
}

# camp.yaml: tracker, Expose
output "tracker_url" {
  description = "URL of tracker."
  value       = "tcp://${try(coalesce(kubernetes_service_v1.tracker_public.status[0].load_balancer[0].ingress[0].hostname, kubernetes_service_v1.tracker_public.status[0].load_balancer[0].ingress[0].ip), "")}:443"
}

# camp.yaml: tracker, Expose
output "tracker_url_5005" {
  description = "URL of tracker."
  value       = "udp://${try(coalesce(kubernetes_service_v1.tracker_5005_public.status[0].load_balancer[0].ingress[0].hostname, kubernetes_service_v1.tracker_5005_public.status[0].load_balancer[0].ingress[0].ip), "")}:5005"
}
