# camp.yaml: stock

locals {
  stock_environment = {
    ORDERS = "http://orders:8002" # Env
    PORT   = "8001"               # Expose
  }

  # The pods get these as files in /run/secrets, not as variables.
  stock_secrets = {
    DATABASE_URL = "postgresql://harbour-master:${random_password.database.result}@database:5432/harbour" # ConnectTo database
  }
}

# camp.yaml: stock
resource "kubernetes_config_map_v1" "stock" {
  metadata {
    name      = "stock-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  data = local.stock_environment
}

# camp.yaml: stock
resource "kubernetes_secret_v1" "stock" {
  metadata {
    name      = "stock-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  data = local.stock_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "stock" {
  triggers_replace = local.stock_secrets
}

# camp.yaml: stock
resource "kubernetes_service_account_v1" "stock" {
  metadata {
    name      = "stock"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: stock
resource "kubernetes_deployment_v1" "stock" {
  metadata {
    name      = "stock"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    replicas = var.stock_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "stock"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "stock"
          "app.kubernetes.io/name"      = "stock"
          "app.kubernetes.io/part-of"   = "harbour"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.stock_environment))
          "camp2iac.org/secrets"       = terraform_data.stock.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.stock.metadata[0].name
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
          name  = "stock"
          image = "${var.registry}/harbour-stock:a581ee84deae"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 stock:app"]

          port {
            name           = "tcp-8001"
            container_port = 8001
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.stock.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "8001"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
              port = "8001"
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
            secret_name  = kubernetes_secret_v1.stock.metadata[0].name
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

# camp.yaml: stock
resource "kubernetes_service_v1" "stock" {
  metadata {
    name      = "stock"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "stock"
      "app.kubernetes.io/part-of" = "harbour"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-8001"
      port        = 8001
      target_port = 8001
      protocol    = "TCP"
    }
  }
}

# The addresses of all pods
resource "kubernetes_service_v1" "stock_members" {
  metadata {
    name      = "stock-members"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "stock"
      "app.kubernetes.io/part-of" = "harbour"
    }

    type       = "ClusterIP"
    cluster_ip = "None"

    port {
      name        = "tcp-8001"
      port        = 8001
      target_port = 8001
      protocol    = "TCP"
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "stock" {
  metadata {
    name      = "stock"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "stock"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }
  }
}

# camp.yaml: stock: who may connect
resource "kubernetes_network_policy_v1" "stock" {
  metadata {
    name      = "stock"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "stock"
      "app.kubernetes.io/name"      = "stock"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "stock"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }

    ingress {
      ports {
        port     = "8001"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "orders"
            "app.kubernetes.io/part-of"   = "harbour"
          }
        }
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
            "app.kubernetes.io/name"    = "orders"
            "app.kubernetes.io/part-of" = "harbour"
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
    }
  }
}
