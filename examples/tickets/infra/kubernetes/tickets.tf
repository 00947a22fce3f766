# camp.yaml: tickets

locals {
  tickets_environment = {
    DAYS        = var.days             # Env
    PEOPLE_HOST = "people"             # ConnectTo people
    PEOPLE_PORT = "8080"               # ConnectTo people
    PEOPLE_URL  = "http://people:8080" # ConnectTo people
    PORT        = "8080"               # its default port
    WEB_HOST    = "web"                # ConnectTo web
    WEB_PORT    = "8080"               # ConnectTo web
    WEB_URL     = "http://web:8080"    # ConnectTo web
  }

  # The pods get these as files in /run/secrets, not as variables.
  tickets_secrets = {
    CALL_TOKEN   = random_password.call_token.result                                               # Env
    DATABASE_URL = "postgresql://tickets:${random_password.database.result}@database:5432/tickets" # ConnectTo database
  }
}

# camp.yaml: tickets
resource "kubernetes_config_map_v1" "tickets" {
  metadata {
    name      = "tickets-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  data = local.tickets_environment
}

# camp.yaml: tickets
resource "kubernetes_secret_v1" "tickets" {
  metadata {
    name      = "tickets-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  data = local.tickets_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "tickets" {
  triggers_replace = local.tickets_secrets
}

# camp.yaml: tickets
resource "kubernetes_service_account_v1" "tickets" {
  metadata {
    name      = "tickets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: tickets, Process: web
resource "kubernetes_deployment_v1" "tickets" {
  metadata {
    name      = "tickets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "tickets"
        "app.kubernetes.io/part-of" = "tickets"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "tickets"
          "app.kubernetes.io/name"      = "tickets"
          "app.kubernetes.io/part-of"   = "tickets"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.tickets_environment))
          "camp2iac.org/secrets"       = terraform_data.tickets.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.tickets.metadata[0].name
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
          name  = "tickets"
          image = "${var.registry}/tickets-tickets:15ef29a046fa"
          args  = ["sh", "-c", "bin/server"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.tickets.metadata[0].name
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
            secret_name  = kubernetes_secret_v1.tickets.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_deployment_v1.people,
    kubernetes_network_policy_v1.people,
  ]
}

# camp.yaml: tickets, Process: web
resource "kubernetes_service_v1" "tickets" {
  metadata {
    name      = "tickets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "tickets"
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

# camp.yaml: tickets, Schedule: archive
resource "kubernetes_cron_job_v1" "tickets_archive" {
  metadata {
    name      = "tickets-archive"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets-archive"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    schedule           = "15 2 * * *"
    timezone           = "Europe/Zurich"
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
              "app.kubernetes.io/component" = "tickets"
              "app.kubernetes.io/name"      = "tickets-archive"
              "app.kubernetes.io/part-of"   = "tickets"
            }

            annotations = {
              "camp2iac.org/configuration" = sha256(jsonencode(local.tickets_environment))
              "camp2iac.org/secrets"       = terraform_data.tickets.id
            }
          }

          spec {
            service_account_name             = kubernetes_service_account_v1.tickets.metadata[0].name
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
              name  = "tickets-archive"
              image = "${var.registry}/tickets-tickets:15ef29a046fa"
              args  = ["sh", "-c", "bin/archive"]

              env_from {
                config_map_ref {
                  name = kubernetes_config_map_v1.tickets.metadata[0].name
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
                secret_name  = kubernetes_secret_v1.tickets.metadata[0].name
                default_mode = "0440"
              }
            }
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_stateful_set_v1.database,
    kubernetes_network_policy_v1.database,
    kubernetes_deployment_v1.people,
    kubernetes_network_policy_v1.people,
  ]
}

# camp.yaml: tickets: who may connect
resource "kubernetes_network_policy_v1" "tickets" {
  metadata {
    name      = "tickets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tickets"
      "app.kubernetes.io/name"      = "tickets"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "tickets"
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
            "app.kubernetes.io/component" = "web"
            "app.kubernetes.io/part-of"   = "tickets"
          }
        }
      }
    }
  }
}
