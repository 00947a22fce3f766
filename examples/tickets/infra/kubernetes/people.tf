# camp.yaml: people

locals {
  people_environment = {
    PORT = "8080" # its default port
  }

  # The pods get these as files in /run/secrets, not as variables.
  people_secrets = {
    CALL_TOKEN = random_password.call_token.result # Env
  }
}

# camp.yaml: people
resource "kubernetes_config_map_v1" "people" {
  metadata {
    name      = "people-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  data = local.people_environment
}

# camp.yaml: people
resource "kubernetes_secret_v1" "people" {
  metadata {
    name      = "people-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  data = local.people_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "people" {
  triggers_replace = local.people_secrets
}

# camp.yaml: people
resource "kubernetes_service_account_v1" "people" {
  metadata {
    name      = "people"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: people
resource "kubernetes_deployment_v1" "people" {
  metadata {
    name      = "people"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    replicas = var.people_count

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "people"
        "app.kubernetes.io/part-of" = "tickets"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "people"
          "app.kubernetes.io/name"      = "people"
          "app.kubernetes.io/part-of"   = "tickets"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.people_environment))
          "camp2iac.org/secrets"       = terraform_data.people.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.people.metadata[0].name
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
          name  = "people"
          image = "${var.registry}/tickets-people:4d1caee4938f"
          args  = ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT --workers 3 people:app"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.people.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "8080"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
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
            secret_name  = kubernetes_secret_v1.people.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }
}

# camp.yaml: people
resource "kubernetes_service_v1" "people" {
  metadata {
    name      = "people"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "people"
      "app.kubernetes.io/part-of" = "tickets"
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
resource "kubernetes_pod_disruption_budget_v1" "people" {
  metadata {
    name      = "people"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "people"
        "app.kubernetes.io/part-of" = "tickets"
      }
    }
  }
}

# camp.yaml: people: who may connect
resource "kubernetes_network_policy_v1" "people" {
  metadata {
    name      = "people"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "people"
      "app.kubernetes.io/name"      = "people"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "people"
        "app.kubernetes.io/part-of" = "tickets"
      }
    }

    ingress {
      ports {
        port     = "8080"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "tickets"
            "app.kubernetes.io/part-of"   = "tickets"
          }
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "web"
            "app.kubernetes.io/part-of"   = "tickets"
          }
        }
      }
    }
  }
}
