# camp.yaml: gallery

locals {
  gallery_environment = {
    CURATOR     = var.curator        # Env
    MAIL_HOST   = "mail.example.org" # ConnectTo mail
    MAIL_PORT   = "587"              # ConnectTo mail
    MEDIA_ROOT  = "/srv/media"       # Env
    PORT        = "8000"             # Expose
    SERVE_MEDIA = "no"               # Env
  }

  # The pods get these as files in /run/secrets, not as variables.
  gallery_secrets = {
    DATABASE_URL  = "postgresql://gallery:${random_password.database.result}@database:5432/gallery"                                                     # ConnectTo database
    MAIL_PASSWORD = var.mail_password                                                                                                                   # ConnectTo mail
    MAIL_URL      = "smtp://${replace(urlencode(var.mail_user), "+", "%20")}:${replace(urlencode(var.mail_password), "+", "%20")}@mail.example.org:587" # ConnectTo mail
    MAIL_USER     = var.mail_user                                                                                                                       # ConnectTo mail
    SECRET_KEY    = random_password.session_key.result                                                                                                  # Env
  }
}

# camp.yaml: gallery
resource "kubernetes_config_map_v1" "gallery" {
  metadata {
    name      = "gallery-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  data = local.gallery_environment
}

# camp.yaml: gallery
resource "kubernetes_secret_v1" "gallery" {
  metadata {
    name      = "gallery-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  data = local.gallery_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "gallery" {
  triggers_replace = local.gallery_secrets
}

# camp.yaml: gallery
resource "kubernetes_service_account_v1" "gallery" {
  metadata {
    name      = "gallery"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: django, Volume media
resource "kubernetes_persistent_volume_claim_v1" "gallery_media" {
  # Many storage classes wait for the pod that uses the volume
  wait_until_bound = false

  metadata {
    name      = "media-gallery-0"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    access_modes = ["ReadWriteOnce"]

    resources {
      requests = {
        storage = "20Gi"
      }
    }
  }
}

# camp.yaml: gallery
resource "kubernetes_job_v1" "gallery_release" {
  wait_for_completion = true

  metadata {
    name      = "gallery-release"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery-release"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    backoff_limit = 0

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "gallery"
          "app.kubernetes.io/name"      = "gallery-release"
          "app.kubernetes.io/part-of"   = "gallery"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.gallery_environment))
          "camp2iac.org/secrets"       = terraform_data.gallery.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.gallery.metadata[0].name
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
          name  = "gallery-release"
          image = "${var.registry}/gallery-gallery:9ca0f6d2411c"
          args  = ["sh", "-c", "exec python manage.py migrate --noinput"]

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.gallery.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.gallery.metadata[0].name
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
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
  ]
}

# camp.yaml: gallery
resource "kubernetes_stateful_set_v1" "gallery" {
  metadata {
    name      = "gallery"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    replicas     = 1
    service_name = "gallery"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "gallery"
        "app.kubernetes.io/part-of" = "gallery"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "gallery"
          "app.kubernetes.io/name"      = "gallery"
          "app.kubernetes.io/part-of"   = "gallery"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.gallery_environment))
          "camp2iac.org/secrets"       = terraform_data.gallery.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.gallery.metadata[0].name
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
          name  = "gallery"
          image = "${var.registry}/gallery-gallery:9ca0f6d2411c"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 gallery.wsgi:application"]

          port {
            name           = "tcp-8000"
            container_port = 8000
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.gallery.metadata[0].name
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
          volume_mount {
            name       = "media"
            mount_path = "/srv/media"
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
            secret_name  = kubernetes_secret_v1.gallery.metadata[0].name
            default_mode = "0440"
          }
        }
        volume {
          name = "media"

          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim_v1.gallery_media.metadata[0].name
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_job_v1.gallery_release,
  ]
}

# camp.yaml: gallery
resource "kubernetes_service_v1" "gallery" {
  metadata {
    name      = "gallery"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "gallery"
      "app.kubernetes.io/part-of" = "gallery"
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

# camp.yaml: gallery: who may connect
resource "kubernetes_network_policy_v1" "gallery" {
  metadata {
    name      = "gallery"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "gallery"
      "app.kubernetes.io/name"      = "gallery"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "gallery"
        "app.kubernetes.io/part-of" = "gallery"
      }
    }

    ingress {
      ports {
        port     = "8000"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "front"
            "app.kubernetes.io/part-of"   = "gallery"
          }
        }
      }
    }
  }
}
