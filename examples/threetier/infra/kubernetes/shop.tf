# camp.yaml: shop

locals {
  shop_environment = {
    ORDERS      = "http://orders:8002" # Env
    PORT        = "8000"               # Expose
    STOCK_HOSTS = "stock-members"      # Env
    TITLE       = var.title            # Env
  }

  # The pods get these as files in /run/secrets, not as variables.
  shop_secrets = {
    SEAL = random_password.seal.result # Env
  }
}

# camp.yaml: shop
resource "kubernetes_config_map_v1" "shop" {
  metadata {
    name      = "shop-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  data = local.shop_environment
}

# camp.yaml: shop
resource "kubernetes_secret_v1" "shop" {
  metadata {
    name      = "shop-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  data = local.shop_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "shop" {
  triggers_replace = local.shop_secrets
}

# camp.yaml: shop
resource "kubernetes_service_account_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: shop
resource "kubernetes_deployment_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    replicas = var.shop_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "shop"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "shop"
          "app.kubernetes.io/name"      = "shop"
          "app.kubernetes.io/part-of"   = "harbour"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.shop_environment))
          "camp2iac.org/secrets"       = terraform_data.shop.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.shop.metadata[0].name
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
          name  = "shop"
          image = "${var.registry}/harbour-shop:e728b2fb0e56"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 shop:app"]

          port {
            name           = "tcp-8000"
            container_port = 8000
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.shop.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            http_get {
              path = "/healthz"
              port = "8000"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            http_get {
              path = "/healthz"
              port = "8000"
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
            secret_name  = kubernetes_secret_v1.shop.metadata[0].name
            default_mode = "0440"
          }
        }

        topology_spread_constraint {
          max_skew           = 1
          topology_key       = "kubernetes.io/hostname"
          when_unsatisfiable = "ScheduleAnyway"

          label_selector {
            match_labels = {
              "app.kubernetes.io/name"    = "shop"
              "app.kubernetes.io/part-of" = "harbour"
            }
          }
        }
      }
    }
  }
}

# camp.yaml: shop
resource "kubernetes_service_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "shop"
      "app.kubernetes.io/part-of" = "harbour"
    }

    type             = "ClusterIP"
    session_affinity = "ClientIP"

    port {
      name        = "tcp-8000"
      port        = 8000
      target_port = 8000
      protocol    = "TCP"
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "shop"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }
  }
}

# camp.yaml: shop: who may connect
resource "kubernetes_network_policy_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "shop"
        "app.kubernetes.io/part-of" = "harbour"
      }
    }

    ingress {
      ports {
        port     = "8000"
        protocol = "TCP"
      }
    }
  }
}

# camp.yaml: shop, Expose
resource "kubernetes_ingress_v1" "shop" {
  metadata {
    name      = "shop"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "shop"
      "app.kubernetes.io/name"      = "shop"
      "app.kubernetes.io/part-of"   = "harbour"
    }
  }

  spec {
    rule {
      host = "shop.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "shop"

              port {
                number = 8000
              }
            }
          }
        }
      }
    }
  }
}
