# camp.yaml: web

locals {
  web_environment = {
    GREETING = var.greeting            # Env
    PORT     = "8080"                  # Expose
    TITLE    = "Sign here, $${friend}" # Env
  }

  # The pods get these as files in /run/secrets, not as variables.
  web_secrets = {
    DATABASE_URL = "postgresql://guestbook:${random_password.database.result}@database:5432/guestbook" # ConnectTo database
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
      "app.kubernetes.io/part-of"   = "guestbook"
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
      "app.kubernetes.io/part-of"   = "guestbook"
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
      "app.kubernetes.io/part-of"   = "guestbook"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: web
resource "kubernetes_deployment_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "guestbook"
    }
  }

  spec {
    replicas = var.web_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "guestbook"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "web"
          "app.kubernetes.io/name"      = "web"
          "app.kubernetes.io/part-of"   = "guestbook"
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
          image = "${var.registry}/guestbook-web:79487c7d431b"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 guestbook:app"]

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
              cpu    = "1"
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
            secret_name  = kubernetes_secret_v1.web.metadata[0].name
            default_mode = "0440"
          }
        }

        topology_spread_constraint {
          max_skew           = 1
          topology_key       = "kubernetes.io/hostname"
          when_unsatisfiable = "ScheduleAnyway"

          label_selector {
            match_labels = {
              "app.kubernetes.io/name"    = "web"
              "app.kubernetes.io/part-of" = "guestbook"
            }
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
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
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
      "app.kubernetes.io/part-of"   = "guestbook"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "web"
      "app.kubernetes.io/part-of" = "guestbook"
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

# camp.yaml: web, Scale
resource "kubernetes_horizontal_pod_autoscaler_v2" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "guestbook"
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
      "app.kubernetes.io/part-of"   = "guestbook"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "guestbook"
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
      "app.kubernetes.io/part-of"   = "guestbook"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "guestbook"
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
      "app.kubernetes.io/part-of"   = "guestbook"
    }
  }

  spec {
    rule {
      host = "web.apps.example.org"

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
  }
}
