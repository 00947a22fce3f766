# camp.yaml: recipes

locals {
  recipes_environment = {
    PORT = "8080" # Expose
  }

  # The pods get these as files in /run/secrets, not as variables.
  recipes_secrets = {
    DATABASE_URL = "mysql://recipes:${random_password.database.result}@database:3306/recipes" # ConnectTo database
  }
}

# camp.yaml: recipes
resource "kubernetes_config_map_v1" "recipes" {
  metadata {
    name      = "recipes-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  data = local.recipes_environment
}

# camp.yaml: recipes
resource "kubernetes_secret_v1" "recipes" {
  metadata {
    name      = "recipes-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  data = local.recipes_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "recipes" {
  triggers_replace = local.recipes_secrets
}

# camp.yaml: recipes
resource "kubernetes_service_account_v1" "recipes" {
  metadata {
    name      = "recipes"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: recipes
resource "kubernetes_deployment_v1" "recipes" {
  metadata {
    name      = "recipes"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "recipes"
        "app.kubernetes.io/part-of" = "recipes"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "recipes"
          "app.kubernetes.io/name"      = "recipes"
          "app.kubernetes.io/part-of"   = "recipes"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.recipes_environment))
          "camp2iac.org/secrets"       = terraform_data.recipes.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.recipes.metadata[0].name
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
          name  = "recipes"
          image = "${var.registry}/recipes-recipes:a107002e51b3"
          args  = ["sh", "-c", "exec apache2-foreground"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.recipes.metadata[0].name
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
            mount_path = "/var/run/apache2"
          }
          volume_mount {
            name       = "writable-2"
            mount_path = "/var/lock/apache2"
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
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.recipes.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.database,
    kubernetes_network_policy_v1.database,
  ]
}

# camp.yaml: recipes
resource "kubernetes_service_v1" "recipes" {
  metadata {
    name      = "recipes"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "recipes"
      "app.kubernetes.io/part-of" = "recipes"
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

# camp.yaml: recipes: who may connect
resource "kubernetes_network_policy_v1" "recipes" {
  metadata {
    name      = "recipes"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "recipes"
        "app.kubernetes.io/part-of" = "recipes"
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

# camp.yaml: recipes, Expose
resource "kubernetes_ingress_v1" "recipes" {
  metadata {
    name      = "recipes"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "recipes"
      "app.kubernetes.io/name"      = "recipes"
      "app.kubernetes.io/part-of"   = "recipes"
    }
  }

  spec {
    rule {
      host = "recipes.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "recipes"

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
