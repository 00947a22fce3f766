# camp.yaml: thumbs

locals {
  thumbs_environment = {
    EDGE = var.edge # Env
    PORT = "8000"   # Expose
  }

  # The pods get these as files in /run/secrets, not as variables.
  thumbs_secrets = {
    AMQP_URL  = "amqp://thumbs:${random_password.jobs.result}@jobs:5672/thumbs" # ConnectTo jobs
    CACHE_URL = "redis://:${random_password.cache.result}@cache:6379"           # ConnectTo cache
    JOBS_URL  = "amqp://thumbs:${random_password.jobs.result}@jobs:5672/thumbs" # ConnectTo jobs
    REDIS_URL = "redis://:${random_password.cache.result}@cache:6379"           # ConnectTo cache
  }
}

# camp.yaml: thumbs
resource "kubernetes_config_map_v1" "thumbs" {
  metadata {
    name      = "thumbs-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  data = local.thumbs_environment
}

# camp.yaml: thumbs
resource "kubernetes_secret_v1" "thumbs" {
  metadata {
    name      = "thumbs-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  data = local.thumbs_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "thumbs" {
  triggers_replace = local.thumbs_secrets
}

# camp.yaml: thumbs
resource "kubernetes_service_account_v1" "thumbs" {
  metadata {
    name      = "thumbs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: thumbs
resource "kubernetes_deployment_v1" "thumbs" {
  metadata {
    name      = "thumbs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "thumbs"
        "app.kubernetes.io/part-of" = "thumbs"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "thumbs"
          "app.kubernetes.io/name"      = "thumbs"
          "app.kubernetes.io/part-of"   = "thumbs"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.thumbs_environment))
          "camp2iac.org/secrets"       = terraform_data.thumbs.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.thumbs.metadata[0].name
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
          name  = "thumbs"
          image = "${var.registry}/thumbs-thumbs:6de9d250430c"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 web:app"]

          port {
            name           = "tcp-8000"
            container_port = 8000
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.thumbs.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "8000"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
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
            secret_name  = kubernetes_secret_v1.thumbs.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_deployment_v1.jobs,
    kubernetes_network_policy_v1.jobs,
  ]
}

# camp.yaml: thumbs
resource "kubernetes_service_v1" "thumbs" {
  metadata {
    name      = "thumbs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "thumbs"
      "app.kubernetes.io/part-of" = "thumbs"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-8000"
      port        = 8000
      target_port = 8000
      protocol    = "TCP"
    }
  }
}

# camp.yaml: thumbs, Process: worker
resource "kubernetes_deployment_v1" "thumbs_worker" {
  metadata {
    name      = "thumbs-worker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs-worker"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "thumbs-worker"
        "app.kubernetes.io/part-of" = "thumbs"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "thumbs"
          "app.kubernetes.io/name"      = "thumbs-worker"
          "app.kubernetes.io/part-of"   = "thumbs"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.thumbs_environment))
          "camp2iac.org/secrets"       = terraform_data.thumbs.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.thumbs.metadata[0].name
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
          name  = "thumbs-worker"
          image = "${var.registry}/thumbs-thumbs:6de9d250430c"
          args  = ["sh", "-c", "python worker.py"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.thumbs.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.thumbs.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.cache,
    kubernetes_network_policy_v1.cache,
    kubernetes_deployment_v1.jobs,
    kubernetes_network_policy_v1.jobs,
  ]
}

# camp.yaml: thumbs: who may connect
resource "kubernetes_network_policy_v1" "thumbs" {
  metadata {
    name      = "thumbs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "thumbs"
        "app.kubernetes.io/part-of" = "thumbs"
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

# camp.yaml: thumbs, Expose
resource "kubernetes_ingress_v1" "thumbs" {
  metadata {
    name      = "thumbs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "thumbs"
      "app.kubernetes.io/name"      = "thumbs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    rule {
      host = "thumbs.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "thumbs"

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
