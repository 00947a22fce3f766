# camp.yaml: web

locals {
  web_environment = {
    PEOPLE_HOST  = "people"              # ConnectTo people
    PEOPLE_PORT  = "8080"                # ConnectTo people
    PEOPLE_URL   = "http://people:8080"  # ConnectTo people
    PORT         = "8080"                # Expose
    TICKETS_HOST = "tickets"             # ConnectTo tickets
    TICKETS_PORT = "8080"                # ConnectTo tickets
    TICKETS_URL  = "http://tickets:8080" # ConnectTo tickets
  }

  # The pods get these as files in /run/secrets, not as variables.
  web_secrets = {
    CALL_TOKEN = random_password.call_token.result # Env
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
      "app.kubernetes.io/part-of"   = "tickets"
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
      "app.kubernetes.io/part-of"   = "tickets"
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
      "app.kubernetes.io/part-of"   = "tickets"
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
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "tickets"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "web"
          "app.kubernetes.io/name"      = "web"
          "app.kubernetes.io/part-of"   = "tickets"
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
          image = "${var.registry}/tickets-web:c04c614a1e27"
          args  = ["sh", "-c", "node server.js"]

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
            secret_name  = kubernetes_secret_v1.web.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.people,
    kubernetes_network_policy_v1.people,
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
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "web"
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

# camp.yaml: web: who may connect
resource "kubernetes_network_policy_v1" "web" {
  metadata {
    name      = "web"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "web"
      "app.kubernetes.io/name"      = "web"
      "app.kubernetes.io/part-of"   = "tickets"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "web"
        "app.kubernetes.io/part-of" = "tickets"
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
      "app.kubernetes.io/part-of"   = "tickets"
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
