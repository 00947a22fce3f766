# camp.yaml: ledger

locals {
  ledger_environment = {
    CAMP_HEAP = var.heap  # heap
    CURRENCY  = "EUR"     # Env
    LIMIT     = var.limit # Env
    PORT      = "8080"    # Expose
  }

  # The pods get these as files in /run/secrets, not as variables.
  ledger_secrets = {
    DATABASE_URL           = "postgresql://${replace(urlencode(var.database_user), "+", "%20")}:${replace(urlencode(var.database_password), "+", "%20")}@db.example.org/ledger"                         # ConnectTo database
    JDBC_DATABASE_PASSWORD = var.database_password                                                                                                                                                      # ConnectTo database
    JDBC_DATABASE_URL      = "jdbc:postgresql://db.example.org:5432/ledger?user=${replace(urlencode(var.database_user), "+", "%20")}&password=${replace(urlencode(var.database_password), "+", "%20")}" # ConnectTo database
    JDBC_DATABASE_USERNAME = var.database_user                                                                                                                                                          # ConnectTo database
  }
}

# camp.yaml: ledger
resource "kubernetes_config_map_v1" "ledger" {
  metadata {
    name      = "ledger-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  data = local.ledger_environment
}

# camp.yaml: ledger
resource "kubernetes_secret_v1" "ledger" {
  metadata {
    name      = "ledger-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  data = local.ledger_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "ledger" {
  triggers_replace = local.ledger_secrets
}

# camp.yaml: ledger
resource "kubernetes_service_account_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: ledger, Process: release
resource "kubernetes_job_v1" "ledger_release" {
  wait_for_completion = true

  metadata {
    name      = "ledger-release"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger-release"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  spec {
    backoff_limit = 0

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "ledger"
          "app.kubernetes.io/name"      = "ledger-release"
          "app.kubernetes.io/part-of"   = "ledger"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.ledger_environment))
          "camp2iac.org/secrets"       = terraform_data.ledger.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.ledger.metadata[0].name
        automount_service_account_token  = false
        enable_service_links             = false
        restart_policy                   = "Never"
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
          name  = "ledger-release"
          image = "${var.registry}/ledger-ledger:63282283f301"
          args  = ["sh", "-c", "java -jar target/ledger.jar migrate"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.ledger.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.ledger.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  timeouts {
    create = "15m"
  }
}

# camp.yaml: ledger
resource "kubernetes_deployment_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  spec {
    replicas = var.ledger_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "ledger"
        "app.kubernetes.io/part-of" = "ledger"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "ledger"
          "app.kubernetes.io/name"      = "ledger"
          "app.kubernetes.io/part-of"   = "ledger"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.ledger_environment))
          "camp2iac.org/secrets"       = terraform_data.ledger.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.ledger.metadata[0].name
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
          name  = "ledger"
          image = "${var.registry}/ledger-ledger:63282283f301"
          args  = ["sh", "-c", "exec java -Xmx$${CAMP_HEAP}m -Dserver.port=$PORT -jar \"$(cat /opt/archive)\""]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.ledger.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.ledger.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [kubernetes_job_v1.ledger_release]
}

# camp.yaml: ledger
resource "kubernetes_service_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "ledger"
      "app.kubernetes.io/part-of" = "ledger"
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
resource "kubernetes_pod_disruption_budget_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "ledger"
        "app.kubernetes.io/part-of" = "ledger"
      }
    }
  }
}

# camp.yaml: ledger: who may connect
resource "kubernetes_network_policy_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "ledger"
        "app.kubernetes.io/part-of" = "ledger"
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

# camp.yaml: ledger, Expose
resource "kubernetes_ingress_v1" "ledger" {
  metadata {
    name      = "ledger"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "ledger"
      "app.kubernetes.io/name"      = "ledger"
      "app.kubernetes.io/part-of"   = "ledger"
    }
  }

  spec {
    rule {
      host = "ledger.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "ledger"

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
