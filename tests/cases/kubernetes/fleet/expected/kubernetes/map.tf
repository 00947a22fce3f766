# camp.yaml: map

locals {
  map_environment = {
    PORT     = "8080"            # Expose
    TRACKERS = "tracker-members" # Env
  }
}

# camp.yaml: map
resource "kubernetes_config_map_v1" "map" {
  metadata {
    name      = "map-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  data = local.map_environment
}

# camp.yaml: map
resource "kubernetes_service_account_v1" "map" {
  metadata {
    name      = "map"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: map
resource "kubernetes_deployment_v1" "map" {
  metadata {
    name      = "map"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    replicas = var.map_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "map"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "map"
          "app.kubernetes.io/name"      = "map"
          "app.kubernetes.io/part-of"   = "fleet"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.map_environment))
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.map.metadata[0].name
        automount_service_account_token  = false
        enable_service_links             = false
        termination_grace_period_seconds = 30

        security_context {
          run_as_non_root        = true
          run_as_user            = 10001
          run_as_group           = 10001
          fs_group               = 10001
          fs_group_change_policy = "OnRootMismatch"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        container {
          name  = "map"
          image = "${var.registry}/fleet-map:1b6d589b68ed"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 map:app"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.map.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "8080"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
              port = "8080"
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }

          security_context {
            allow_privilege_escalation = false
            run_as_non_root            = true
            read_only_root_filesystem  = true

            capabilities {
              drop = ["ALL"]
            }
          }
        }

        volume {
          name = "writable-0"

          empty_dir {
          }
        }

        affinity {
          pod_affinity {
            preferred_during_scheduling_ignored_during_execution {
              weight = 100

              pod_affinity_term {
                topology_key = "kubernetes.io/hostname"

                label_selector {
                  match_labels = {
                    "app.kubernetes.io/name"    = "map"
                    "app.kubernetes.io/part-of" = "fleet"
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

# camp.yaml: map
resource "kubernetes_service_v1" "map" {
  metadata {
    name      = "map"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "map"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type             = "ClusterIP"
    session_affinity = "ClientIP"

    port {
      name        = "tcp-8080"
      port        = 8080
      target_port = 8080
      protocol    = "TCP"
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "map" {
  metadata {
    name      = "map"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "map"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }
  }
}

# camp.yaml: map: who may connect
resource "kubernetes_network_policy_v1" "map" {
  metadata {
    name      = "map"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "map"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    ingress {
      ports {
        port     = "8080"
        protocol = "TCP"
      }
    }
  }
}

# camp.yaml: map, Expose
resource "kubernetes_ingress_v1" "map" {
  metadata {
    name      = "map"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "map"
      "app.kubernetes.io/name"      = "map"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    rule {
      host = "map.${var.domain}"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "map"

              port {
                number = 8080
              }
            }
          }
        }
      }
    }
  }
}
