# camp.yaml: board

locals {
  board_environment = {
    PORT  = "8080"    # Expose
    TITLE = var.title # Env
  }

  # The pods get these as files in /run/secrets, not as variables.
  board_secrets = {
    NOTES_URL = "redis://:${random_password.notes.result}@notes:6379" # ConnectTo notes
    REDIS_URL = "redis://:${random_password.notes.result}@notes:6379" # ConnectTo notes
  }
}

# camp.yaml: board
resource "kubernetes_config_map_v1" "board" {
  metadata {
    name      = "board-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  data = local.board_environment
}

# camp.yaml: board
resource "kubernetes_secret_v1" "board" {
  metadata {
    name      = "board-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  data = local.board_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "board" {
  triggers_replace = local.board_secrets
}

# camp.yaml: board
resource "kubernetes_service_account_v1" "board" {
  metadata {
    name      = "board"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: board
resource "kubernetes_deployment_v1" "board" {
  metadata {
    name      = "board"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  spec {
    replicas = var.board_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "board"
        "app.kubernetes.io/part-of" = "board"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "board"
          "app.kubernetes.io/name"      = "board"
          "app.kubernetes.io/part-of"   = "board"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.board_environment))
          "camp2iac.org/secrets"       = terraform_data.board.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.board.metadata[0].name
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
          name  = "board"
          image = "${var.registry}/board-board:73f6a7446473"
          args  = ["sh", "-c", "node dist/server.js"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.board.metadata[0].name
            }
          }

          resources {
            requests = {
              memory = "2Gi"
            }

            limits = {
              memory = "2Gi"
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            http_get {
              path = "/healthz"
              port = "8080"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            http_get {
              path = "/healthz"
              port = "8080"
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
          volume_mount {
            name       = "secrets"
            mount_path = "/run/secrets"
            read_only  = true
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
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.board.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_stateful_set_v1.notes,
    kubernetes_network_policy_v1.notes,
  ]
}

# camp.yaml: board
resource "kubernetes_service_v1" "board" {
  metadata {
    name      = "board"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "board"
      "app.kubernetes.io/part-of" = "board"
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

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "board" {
  metadata {
    name      = "board"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "board"
        "app.kubernetes.io/part-of" = "board"
      }
    }
  }
}

# camp.yaml: board: who may connect
resource "kubernetes_network_policy_v1" "board" {
  metadata {
    name      = "board"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "board"
        "app.kubernetes.io/part-of" = "board"
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

# camp.yaml: board, Expose
resource "kubernetes_ingress_v1" "board" {
  metadata {
    name      = "board"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "board"
      "app.kubernetes.io/name"      = "board"
      "app.kubernetes.io/part-of"   = "board"
    }
  }

  spec {
    rule {
      host = "board.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "board"

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
