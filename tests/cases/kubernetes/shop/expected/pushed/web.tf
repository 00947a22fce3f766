# camp.yaml: web

# camp.yaml: web
resource "docker_registry_image" "web" {
  name = "registry.example.org/shop/shop-web:7f9e850edfdf"

  # Pods of the release before may still start
  keep_remotely = true

  # The SHA-256 of build/web. If it changes, Terraform builds the image again.
  triggers = {
    content = "7f9e850edfdf8d62da1b698dcc525572b1eb2d9e3cf321037434ac9aa9690fa6"
  }

  build {
    context = "${path.module}/build/web"
  }
}

locals {
  web_environment = {
    PORT = "8080" # Expose
  }

  # The pods get these as files in /run/secrets, not as variables.
  web_secrets = {
    CACHE_URL    = "redis://:${random_password.cache.result}@cache:6379"                     # ConnectTo cache
    DATABASE_URL = "postgresql://shop:${random_password.database.result}@database:5432/shop" # ConnectTo database
    REDIS_URL    = "redis://:${random_password.cache.result}@cache:6379"                     # ConnectTo cache
    SESSION_KEY  = random_password.session_key.result                                        # Env
  }
}

# camp.yaml: web
resource "kubernetes_config_map_v1" "web" {
  metadata {
    name      = "web-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = local.web_environment
}

# camp.yaml: web
resource "kubernetes_secret_v1" "web" {
  metadata {
    name      = "web-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = local.web_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "web" {
  triggers_replace = local.web_secrets
}

# camp.yaml: web
resource "kubernetes_service_account_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  automount_service_account_token = false

  # environments/pushed.yaml: pull_secret
  image_pull_secret {
    name = "registry"
  }
}

# camp.yaml: web, Process: release
resource "kubernetes_job_v1" "web_release" {
  wait_for_completion = true

  metadata {
    name      = "web-release"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web-release"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    backoff_limit = 0

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "web"
          "app.kubernetes.io/name"      = "web-release"
          "app.kubernetes.io/part-of"   = "shop"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.web_environment))
          "camp2iac.org/secrets"       = terraform_data.web.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.web.metadata[0].name
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
          name  = "web-release"
          image = docker_registry_image.web.name
          args  = ["sh", "-c", "python migrate.py"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.web.metadata[0].name
            }
          }

          resources {
            requests = {
              cpu    = "500m"
              memory = "512Mi"
            }

            limits = {
              memory = "1Gi"
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
            secret_name  = kubernetes_secret_v1.web.metadata[0].name
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

# camp.yaml: web
resource "kubernetes_deployment_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    replicas = var.web_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "shop"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "web"
          "app.kubernetes.io/name"      = "web"
          "app.kubernetes.io/part-of"   = "shop"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.web_environment))
          "camp2iac.org/secrets"       = terraform_data.web.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.web.metadata[0].name
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
          name  = "web"
          image = docker_registry_image.web.name
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 shop:app"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.web.metadata[0].name
            }
          }

          resources {
            requests = {
              cpu    = "500m"
              memory = "512Mi"
            }

            limits = {
              memory = "1Gi"
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
            secret_name  = kubernetes_secret_v1.web.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  # The autoscaler chooses the number of pods
  lifecycle {
    ignore_changes = [spec[0].replicas]
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_job_v1.web_release,
  ]
}

# camp.yaml: web
resource "kubernetes_service_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "web"
      "app.kubernetes.io/part-of" = "shop"
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

# camp.yaml: web, Process: worker
resource "kubernetes_deployment_v1" "web_worker" {
  metadata {
    name      = "web-worker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web-worker"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    replicas = var.web_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web-worker"
        "app.kubernetes.io/part-of" = "shop"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "web"
          "app.kubernetes.io/name"      = "web-worker"
          "app.kubernetes.io/part-of"   = "shop"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.web_environment))
          "camp2iac.org/secrets"       = terraform_data.web.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.web.metadata[0].name
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
          name  = "web-worker"
          image = docker_registry_image.web.name
          args  = ["sh", "-c", "python worker.py"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.web.metadata[0].name
            }
          }

          resources {
            requests = {
              cpu    = "500m"
              memory = "512Mi"
            }

            limits = {
              memory = "1Gi"
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
            secret_name  = kubernetes_secret_v1.web.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  # The autoscaler chooses the number of pods
  lifecycle {
    ignore_changes = [spec[0].replicas]
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_job_v1.web_release,
  ]
}

# camp.yaml: web, Schedule: report
resource "kubernetes_cron_job_v1" "web_report" {
  metadata {
    name      = "web-report"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web-report"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    schedule           = "30 7 * * 1"
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
              "app.kubernetes.io/component" = "web"
              "app.kubernetes.io/name"      = "web-report"
              "app.kubernetes.io/part-of"   = "shop"
            }

            annotations = {
              "camp2iac.org/configuration" = sha256(jsonencode(local.web_environment))
              "camp2iac.org/secrets"       = terraform_data.web.id
            }
          }

          spec {
            service_account_name             = kubernetes_service_account_v1.web.metadata[0].name
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
              name  = "web-report"
              image = docker_registry_image.web.name
              args  = ["sh", "-c", "python report.py --since \"1 week\""]

              env_from {
                config_map_ref {
                  name = kubernetes_config_map_v1.web.metadata[0].name
                }
              }

              resources {
                requests = {
                  cpu    = "500m"
                  memory = "512Mi"
                }

                limits = {
                  memory = "1Gi"
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
                secret_name  = kubernetes_secret_v1.web.metadata[0].name
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
    kubernetes_job_v1.web_release,
  ]
}

# camp.yaml: web, Scale
resource "kubernetes_horizontal_pod_autoscaler_v2" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    min_replicas = 2
    max_replicas = 4

    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = kubernetes_deployment_v1.web.metadata[0].name
    }

    metric {
      type = "Resource"

      resource {
        name = "cpu"

        target {
          type                = "Utilization"
          average_utilization = 80
        }
      }
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "shop"
      }
    }
  }
}

# camp.yaml: web, Scale
resource "kubernetes_horizontal_pod_autoscaler_v2" "web_worker" {
  metadata {
    name      = "web-worker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web-worker"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    min_replicas = 2
    max_replicas = 4

    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = kubernetes_deployment_v1.web_worker.metadata[0].name
    }

    metric {
      type = "Resource"

      resource {
        name = "cpu"

        target {
          type                = "Utilization"
          average_utilization = 80
        }
      }
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "web_worker" {
  metadata {
    name      = "web-worker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web-worker"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web-worker"
        "app.kubernetes.io/part-of" = "shop"
      }
    }
  }
}

# camp.yaml: web: who may connect
resource "kubernetes_network_policy_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "shop"
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

# camp.yaml: web, Expose
resource "kubernetes_ingress_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    rule {
      host = "shop.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "web"

              port {
                number = 8080
              }
            }
          }
        }
      }
    }
    rule {
      host = "www.shop.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "web"

              port {
                number = 8080
              }
            }
          }
        }
      }
    }

    tls {
      hosts = ["shop.example.org", "www.shop.example.org"]
    }
  }
}
