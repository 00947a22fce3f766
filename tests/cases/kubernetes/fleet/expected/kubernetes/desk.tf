# camp.yaml: desk

locals {
  desk_environment = {
    PORT = "8080" # Expose
  }
}

# camp.yaml: desk
resource "kubernetes_config_map_v1" "desk" {
  metadata {
    name      = "desk-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "desk"
      "app.kubernetes.io/name"      = "desk"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  data = local.desk_environment
}

# camp.yaml: desk
resource "kubernetes_service_account_v1" "desk" {
  metadata {
    name      = "desk"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "desk"
      "app.kubernetes.io/name"      = "desk"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: desk
resource "kubernetes_deployment_v1" "desk" {
  metadata {
    name      = "desk"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "desk"
      "app.kubernetes.io/name"      = "desk"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "desk"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "desk"
          "app.kubernetes.io/name"      = "desk"
          "app.kubernetes.io/part-of"   = "fleet"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.desk_environment))
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.desk.metadata[0].name
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
          name  = "desk"
          image = "${var.registry}/fleet-desk:8b3736ce0b2d"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 map:app"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.desk.metadata[0].name
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
      }
    }
  }
}

# camp.yaml: desk
resource "kubernetes_service_v1" "desk" {
  metadata {
    name      = "desk"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "desk"
      "app.kubernetes.io/name"      = "desk"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "desk"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-8080"
      port        = 8080
      target_port = 8080
      protocol    = "TCP"
    }
  }
}

# camp.yaml: desk: who may connect
resource "kubernetes_network_policy_v1" "desk" {
  metadata {
    name      = "desk"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "desk"
      "app.kubernetes.io/name"      = "desk"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "desk"
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

# camp.yaml: desk, Expose
resource "kubernetes_ingress_v1" "desk" {
  metadata {
    name      = "desk"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "desk"
      "app.kubernetes.io/name"      = "desk"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    rule {
      host = "desk.${var.domain}"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "desk"

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
