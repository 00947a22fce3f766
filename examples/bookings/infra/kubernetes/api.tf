# camp.yaml: api

locals {
  api_environment = {
    KEEP_DAYS = var.keep_days # Env
    PORT      = "8080"        # Expose
  }

  # The pods get these as files in /run/secrets, not as variables.
  api_secrets = {
    CACHE_URL    = "redis://:${random_password.cache.result}@cache:6379"                             # ConnectTo cache
    DATABASE_URL = "postgresql://bookings:${random_password.database.result}@database:5432/bookings" # ConnectTo database
    REDIS_URL    = "redis://:${random_password.cache.result}@cache:6379"                             # ConnectTo cache
  }
}

# camp.yaml: api
resource "kubernetes_config_map_v1" "api" {
  metadata {
    name      = "api-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  data = local.api_environment
}

# camp.yaml: api
resource "kubernetes_secret_v1" "api" {
  metadata {
    name      = "api-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  data = local.api_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "api" {
  triggers_replace = local.api_secrets
}

# camp.yaml: api
resource "kubernetes_service_account_v1" "api" {
  metadata {
    name      = "api"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: api, Process: release
resource "kubernetes_job_v1" "api_release" {
  wait_for_completion = true

  metadata {
    name      = "api-release"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api-release"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    backoff_limit = 0

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "api"
          "app.kubernetes.io/name"      = "api-release"
          "app.kubernetes.io/part-of"   = "bookings"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.api_environment))
          "camp2iac.org/secrets"       = terraform_data.api.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.api.metadata[0].name
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
          name  = "api-release"
          image = "${var.registry}/bookings-api:3ae8062f5135"
          args  = ["sh", "-c", "python migrate.py"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.api.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.api.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  timeouts {
    create = "15m"
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
  ]
}

# camp.yaml: api
resource "kubernetes_deployment_v1" "api" {
  metadata {
    name      = "api"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    replicas = var.api_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "api"
        "app.kubernetes.io/part-of" = "bookings"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "api"
          "app.kubernetes.io/name"      = "api"
          "app.kubernetes.io/part-of"   = "bookings"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.api_environment))
          "camp2iac.org/secrets"       = terraform_data.api.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.api.metadata[0].name
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
          name  = "api"
          image = "${var.registry}/bookings-api:3ae8062f5135"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 bookings:app"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.api.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.api.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_job_v1.api_release,
  ]
}

# camp.yaml: api
resource "kubernetes_service_v1" "api" {
  metadata {
    name      = "api"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "api"
      "app.kubernetes.io/part-of" = "bookings"
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

# camp.yaml: api, Process: worker
resource "kubernetes_deployment_v1" "api_worker" {
  metadata {
    name      = "api-worker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api-worker"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    replicas = var.background_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "api-worker"
        "app.kubernetes.io/part-of" = "bookings"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "api"
          "app.kubernetes.io/name"      = "api-worker"
          "app.kubernetes.io/part-of"   = "bookings"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.api_environment))
          "camp2iac.org/secrets"       = terraform_data.api.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.api.metadata[0].name
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
          name  = "api-worker"
          image = "${var.registry}/bookings-api:3ae8062f5135"
          args  = ["sh", "-c", "python worker.py"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.api.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.api.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_job_v1.api_release,
  ]
}

# camp.yaml: api, Schedule: cleanup
resource "kubernetes_cron_job_v1" "api_cleanup" {
  metadata {
    name      = "api-cleanup"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api-cleanup"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    schedule           = "30 3 * * *"
    timezone           = "Europe/Madrid"
    concurrency_policy = "Forbid"

    job_template {
      metadata {
      }

      spec {
        backoff_limit           = 0
        active_deadline_seconds = 600

        template {
          metadata {
            labels = {
              "app.kubernetes.io/component" = "api"
              "app.kubernetes.io/name"      = "api-cleanup"
              "app.kubernetes.io/part-of"   = "bookings"
            }

            annotations = {
              "camp2iac.org/configuration" = sha256(jsonencode(local.api_environment))
              "camp2iac.org/secrets"       = terraform_data.api.id
            }
          }

          spec {
            service_account_name             = kubernetes_service_account_v1.api.metadata[0].name
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
              name  = "api-cleanup"
              image = "${var.registry}/bookings-api:3ae8062f5135"
              args  = ["sh", "-c", "python cleanup.py"]

              env_from {
                config_map_ref {
                  name = kubernetes_config_map_v1.api.metadata[0].name
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
                secret_name  = kubernetes_secret_v1.api.metadata[0].name
                default_mode = "0440"
              }
            }
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_job_v1.api_release,
  ]
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "api" {
  metadata {
    name      = "api"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "api"
        "app.kubernetes.io/part-of" = "bookings"
      }
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "api_worker" {
  metadata {
    name      = "api-worker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api-worker"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "api-worker"
        "app.kubernetes.io/part-of" = "bookings"
      }
    }
  }
}

# camp.yaml: api: who may connect
resource "kubernetes_network_policy_v1" "api" {
  metadata {
    name      = "api"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "api"
        "app.kubernetes.io/part-of" = "bookings"
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

# camp.yaml: api, Expose
resource "kubernetes_ingress_v1" "api" {
  metadata {
    name      = "api"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "api"
      "app.kubernetes.io/name"      = "api"
      "app.kubernetes.io/part-of"   = "bookings"
    }
  }

  spec {
    rule {
      host = "bookings.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "api"

              port {
                number = 8080
              }
            }
          }
        }
      }
    }

    tls {
      hosts = ["bookings.example.org"]
    }
  }
}
