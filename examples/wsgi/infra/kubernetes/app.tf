# camp.yaml: app

locals {
  app_environment = {
    PLACE = "the cellar" # Env
    PORT  = "8080"       # its default port
    UNIT  = "celsius"    # Env
  }
}

# camp.yaml: app
resource "kubernetes_config_map_v1" "app" {
  metadata {
    name      = "app-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "app"
      "app.kubernetes.io/name"      = "app"
      "app.kubernetes.io/part-of"   = "sensor-readings"
    }
  }

  data = local.app_environment
}

# camp.yaml: app
resource "kubernetes_service_account_v1" "app" {
  metadata {
    name      = "app"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "app"
      "app.kubernetes.io/name"      = "app"
      "app.kubernetes.io/part-of"   = "sensor-readings"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: app
resource "kubernetes_deployment_v1" "app" {
  metadata {
    name      = "app"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "app"
      "app.kubernetes.io/name"      = "app"
      "app.kubernetes.io/part-of"   = "sensor-readings"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "app"
        "app.kubernetes.io/part-of" = "sensor-readings"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "app"
          "app.kubernetes.io/name"      = "app"
          "app.kubernetes.io/part-of"   = "sensor-readings"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.app_environment))
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.app.metadata[0].name
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
          name  = "app"
          image = "${var.registry}/sensor-readings-app:716a82a35878"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 main:application"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.app.metadata[0].name
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

# camp.yaml: app
resource "kubernetes_service_v1" "app" {
  metadata {
    name      = "app"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "app"
      "app.kubernetes.io/name"      = "app"
      "app.kubernetes.io/part-of"   = "sensor-readings"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "app"
      "app.kubernetes.io/part-of" = "sensor-readings"
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

# camp.yaml: app: who may connect
resource "kubernetes_network_policy_v1" "app" {
  metadata {
    name      = "app"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "app"
      "app.kubernetes.io/name"      = "app"
      "app.kubernetes.io/part-of"   = "sensor-readings"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "app"
        "app.kubernetes.io/part-of" = "sensor-readings"
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

# camp.yaml: app
resource "kubernetes_ingress_v1" "app" {
  metadata {
    name      = "app"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "app"
      "app.kubernetes.io/name"      = "app"
      "app.kubernetes.io/part-of"   = "sensor-readings"
    }
  }

  spec {
    rule {
      host = "app.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "app"

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
