# camp.yaml: orders

locals {
  orders_environment = {
    PORT        = "8002"          # Expose
    STOCK_HOSTS = "stock-members" # Env
  }

  # The pods get these as files in /run/secrets, not as variables.
  orders_secrets = {
    DATABASE_URL = "postgresql://harbour-master:${random_password.database.result}@database:5432/harbour" # ConnectTo database
  }
}

# camp.yaml: orders
resource "kubernetes_config_map_v1" "orders" {
  metadata {
    name      = "orders-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "orders"
      "app.kubernetes.io/name"      = "orders"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  data = local.orders_environment
}

# camp.yaml: orders
resource "kubernetes_secret_v1" "orders" {
  metadata {
    name      = "orders-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "orders"
      "app.kubernetes.io/name"      = "orders"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  data = local.orders_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "orders" {
  triggers_replace = local.orders_secrets
}

# camp.yaml: orders
resource "kubernetes_service_account_v1" "orders" {
  metadata {
    name      = "orders"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "orders"
      "app.kubernetes.io/name"      = "orders"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: orders
resource "kubernetes_deployment_v1" "orders" {
  metadata {
    name      = "orders"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "orders"
      "app.kubernetes.io/name"      = "orders"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "orders"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "orders"
          "app.kubernetes.io/name"      = "orders"
          "app.kubernetes.io/part-of"   = "harbour"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.orders_environment))
          "camp2iac.org/secrets"       = terraform_data.orders.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.orders.metadata[0].name
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
          name  = "orders"
          image = "${var.registry}/harbour-orders:286e27330a24"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 2 orders:app"]

          port {
            name           = "tcp-8002"
            container_port = 8002
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.orders.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "8002"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
              port = "8002"
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
            secret_name  = kubernetes_secret_v1.orders.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
  ]
}

# camp.yaml: orders
resource "kubernetes_service_v1" "orders" {
  metadata {
    name      = "orders"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "orders"
      "app.kubernetes.io/name"      = "orders"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "orders"
      "app.kubernetes.io/part-of" = "harbour"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-8002"
      port        = 8002
      target_port = 8002
      protocol    = "TCP"
    }
  }
}

# camp.yaml: orders: who may connect
resource "kubernetes_network_policy_v1" "orders" {
  metadata {
    name      = "orders"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "orders"
      "app.kubernetes.io/name"      = "orders"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "orders"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }

    ingress {
      ports {
        port     = "8002"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "shop"
            "app.kubernetes.io/part-of"   = "harbour"
          }
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "stock"
            "app.kubernetes.io/part-of"   = "harbour"
          }
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/name"    = "shop"
            "app.kubernetes.io/part-of" = "harbour"
          }
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/name"    = "stock"
            "app.kubernetes.io/part-of" = "harbour"
          }
        }
      }
    }
  }
}
