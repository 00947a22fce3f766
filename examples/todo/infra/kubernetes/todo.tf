# camp.yaml: todo

locals {
  todo_environment = {
    PORT = "3000" # its default port
  }

  # The pods get these as files in /run/secrets, not as variables.
  todo_secrets = {
    MONGODB_URL = "mongodb://todo:${random_password.mongo.result}@mongo:27017/todo" # ConnectTo mongo
    MONGO_URL   = "mongodb://todo:${random_password.mongo.result}@mongo:27017/todo" # ConnectTo mongo
  }
}

# camp.yaml: todo
resource "kubernetes_config_map_v1" "todo" {
  metadata {
    name      = "todo-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  data = local.todo_environment
}

# camp.yaml: todo
resource "kubernetes_secret_v1" "todo" {
  metadata {
    name      = "todo-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  data = local.todo_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "todo" {
  triggers_replace = local.todo_secrets
}

# camp.yaml: todo
resource "kubernetes_service_account_v1" "todo" {
  metadata {
    name      = "todo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: todo
resource "kubernetes_deployment_v1" "todo" {
  metadata {
    name      = "todo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "todo"
        "app.kubernetes.io/part-of" = "todo"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "todo"
          "app.kubernetes.io/name"      = "todo"
          "app.kubernetes.io/part-of"   = "todo"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.todo_environment))
          "camp2iac.org/secrets"       = terraform_data.todo.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.todo.metadata[0].name
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
          name  = "todo"
          image = "${var.registry}/todo-todo:cb88486f5151"
          args  = ["sh", "-c", "node server.js"]

          port {
            name           = "tcp-3000"
            container_port = 3000
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.todo.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "3000"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
              port = "3000"
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
            secret_name  = kubernetes_secret_v1.todo.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_deployment_v1.mongo,
    kubernetes_network_policy_v1.mongo,
  ]
}

# camp.yaml: todo
resource "kubernetes_service_v1" "todo" {
  metadata {
    name      = "todo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "todo"
      "app.kubernetes.io/part-of" = "todo"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-3000"
      port        = 3000
      target_port = 3000
      protocol    = "TCP"
    }
  }
}

# camp.yaml: todo: who may connect
resource "kubernetes_network_policy_v1" "todo" {
  metadata {
    name      = "todo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "todo"
        "app.kubernetes.io/part-of" = "todo"
      }
    }

    ingress {
      ports {
        port     = "3000"
        protocol = "TCP"
      }
    }
  }
}

# camp.yaml: todo
resource "kubernetes_ingress_v1" "todo" {
  metadata {
    name      = "todo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "todo"
      "app.kubernetes.io/name"      = "todo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    rule {
      host = "todo.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "todo"

              port {
                number = 3000
              }
            }
          }
        }
      }
    }
  }
}
