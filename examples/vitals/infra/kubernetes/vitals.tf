# camp.yaml: vitals

locals {
  vitals_environment = {
    JDBC_DATABASE_USERNAME = "vitals" # ConnectTo db
    JDBC_DB_USERNAME       = "vitals" # ConnectTo db
    PORT                   = "8080"   # its default port
  }

  # The pods get these as files in /run/secrets, not as variables.
  vitals_secrets = {
    DATABASE_URL           = "postgresql://vitals:${random_password.db.result}@db:5432/vitals"                    # ConnectTo db
    DB_URL                 = "postgresql://vitals:${random_password.db.result}@db:5432/vitals"                    # ConnectTo db
    JDBC_DATABASE_PASSWORD = random_password.db.result                                                            # ConnectTo db
    JDBC_DATABASE_URL      = "jdbc:postgresql://db:5432/vitals?user=vitals&password=${random_password.db.result}" # ConnectTo db
    JDBC_DB_PASSWORD       = random_password.db.result                                                            # ConnectTo db
    JDBC_DB_URL            = "jdbc:postgresql://db:5432/vitals?user=vitals&password=${random_password.db.result}" # ConnectTo db
  }
}

# camp.yaml: vitals
resource "kubernetes_config_map_v1" "vitals" {
  metadata {
    name      = "vitals-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  data = local.vitals_environment
}

# camp.yaml: vitals
resource "kubernetes_secret_v1" "vitals" {
  metadata {
    name      = "vitals-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  data = local.vitals_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "vitals" {
  triggers_replace = local.vitals_secrets
}

# camp.yaml: vitals
resource "kubernetes_service_account_v1" "vitals" {
  metadata {
    name      = "vitals"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: vitals
resource "kubernetes_deployment_v1" "vitals" {
  metadata {
    name      = "vitals"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "vitals"
        "app.kubernetes.io/part-of" = "vitals"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "vitals"
          "app.kubernetes.io/name"      = "vitals"
          "app.kubernetes.io/part-of"   = "vitals"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.vitals_environment))
          "camp2iac.org/secrets"       = terraform_data.vitals.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.vitals.metadata[0].name
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
          name  = "vitals"
          image = "${var.registry}/vitals-vitals:d38b3e49d7f4"

          args = [
            "sh",
            "-c",
            "mkdir -p /tmp/webapps && export CATALINA_OPTS=\"-Dapp.port=$PORT\" && exec catalina.sh run",
          ]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.vitals.metadata[0].name
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
            name       = "writable-1"
            mount_path = "/usr/local/tomcat/logs"
          }
          volume_mount {
            name       = "writable-2"
            mount_path = "/usr/local/tomcat/temp"
          }
          volume_mount {
            name       = "writable-3"
            mount_path = "/usr/local/tomcat/work"
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
          name = "writable-1"

          empty_dir {
          }
        }
        volume {
          name = "writable-2"

          empty_dir {
          }
        }
        volume {
          name = "writable-3"

          empty_dir {
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.vitals.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.db,
    kubernetes_network_policy_v1.db,
  ]
}

# camp.yaml: vitals
resource "kubernetes_service_v1" "vitals" {
  metadata {
    name      = "vitals"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "vitals"
      "app.kubernetes.io/part-of" = "vitals"
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

# camp.yaml: vitals: who may connect
resource "kubernetes_network_policy_v1" "vitals" {
  metadata {
    name      = "vitals"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "vitals"
        "app.kubernetes.io/part-of" = "vitals"
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

# camp.yaml: vitals
resource "kubernetes_ingress_v1" "vitals" {
  metadata {
    name      = "vitals"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "vitals"
      "app.kubernetes.io/name"      = "vitals"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    rule {
      host = "vitals.apps.example.org"

      http {
        path {
          path      = "/vitals"
          path_type = "Prefix"

          backend {
            service {
              name = "vitals"

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
