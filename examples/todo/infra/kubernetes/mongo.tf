# camp.yaml: mongo

# The password of mongo. Letters and digits are safe in a URL without encoding.
resource "random_password" "mongo" {
  length  = 32
  special = false
}

# camp.yaml: mongo
resource "kubernetes_config_map_v1" "mongo" {
  metadata {
    name      = "mongo-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "mongo"
      "app.kubernetes.io/name"      = "mongo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  data = {
    "docker-entrypoint-initdb.d_camp-setup.sh"              = file("${path.module}/load/mongo/camp-setup.sh")
    "srv_camp_load_001_todo_tasks_todo_tasks.metadata.json" = file("${path.module}/load/mongo/001-tasks/todo/tasks.metadata.json")
    usr_local_bin_camp-start                                = file("${path.module}/load/mongo/camp-start")
    usr_local_bin_gosu                                      = file("${path.module}/load/mongo/gosu")
  }

  binary_data = {
    "srv_camp_load_001_todo_tasks_todo_tasks.bson" = filebase64("${path.module}/load/mongo/001-tasks/todo/tasks.bson")
  }
}

# camp.yaml: mongo
resource "kubernetes_secret_v1" "mongo" {
  metadata {
    name      = "mongo-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "mongo"
      "app.kubernetes.io/name"      = "mongo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  data = {
    run_secrets_password = random_password.mongo.result
  }
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "mongo" {
  triggers_replace = [random_password.mongo.result]
}

# camp.yaml: mongo
resource "kubernetes_service_account_v1" "mongo" {
  metadata {
    name      = "mongo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "mongo"
      "app.kubernetes.io/name"      = "mongo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: mongo
resource "kubernetes_deployment_v1" "mongo" {
  metadata {
    name      = "mongo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "mongo"
      "app.kubernetes.io/name"      = "mongo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "mongo"
        "app.kubernetes.io/part-of" = "todo"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "mongo"
          "app.kubernetes.io/name"      = "mongo"
          "app.kubernetes.io/part-of"   = "todo"
        }

        annotations = {
          "camp2iac.org/files" = sha256(jsonencode([
            kubernetes_config_map_v1.mongo.data,
            kubernetes_config_map_v1.mongo.binary_data,
          ]))
          "camp2iac.org/secrets" = terraform_data.mongo.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.mongo.metadata[0].name
        automount_service_account_token  = false
        enable_service_links             = false
        termination_grace_period_seconds = 30

        security_context {
          run_as_non_root        = true
          run_as_user            = 999
          run_as_group           = 999
          fs_group               = 999
          fs_group_change_policy = "OnRootMismatch"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        container {
          name  = "mongo"
          image = "mongo:8.0-noble"

          args = [
            "bash",
            "/usr/local/bin/camp-start",
          ]

          port {
            name           = "tcp-27017"
            container_port = 27017
            protocol       = "TCP"
          }

          env {
            name  = "CAMP_USER"
            value = "todo"
          }
          env {
            name  = "CAMP_DATABASES"
            value = "todo"
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            exec {
              command = ["bash", "-c", "exec 3<> \"/dev/tcp/$HOSTNAME/27017\""]
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            exec {
              command = ["bash", "-c", "exec 3<> \"/dev/tcp/$HOSTNAME/27017\""]
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
          volume_mount {
            name       = "writable-1"
            mount_path = "/data/configdb"
          }
          volume_mount {
            name       = "files"
            mount_path = "/docker-entrypoint-initdb.d/camp-setup.sh"
            sub_path   = "docker-entrypoint-initdb.d_camp-setup.sh"
            read_only  = true
          }
          volume_mount {
            name       = "secrets"
            mount_path = "/run/secrets/password"
            sub_path   = "run_secrets_password"
            read_only  = true
          }
          volume_mount {
            name       = "files"
            mount_path = "/srv/camp/load/001/todo/tasks/todo/tasks.bson"
            sub_path   = "srv_camp_load_001_todo_tasks_todo_tasks.bson"
            read_only  = true
          }
          volume_mount {
            name       = "files"
            mount_path = "/srv/camp/load/001/todo/tasks/todo/tasks.metadata.json"
            sub_path   = "srv_camp_load_001_todo_tasks_todo_tasks.metadata.json"
            read_only  = true
          }
          volume_mount {
            name       = "files"
            mount_path = "/usr/local/bin/camp-start"
            sub_path   = "usr_local_bin_camp-start"
            read_only  = true
          }
          volume_mount {
            name       = "files"
            mount_path = "/usr/local/bin/gosu"
            sub_path   = "usr_local_bin_gosu"
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
          name = "files"

          config_map {
            name         = kubernetes_config_map_v1.mongo.metadata[0].name
            default_mode = "0555"
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.mongo.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }
}

# camp.yaml: mongo
resource "kubernetes_service_v1" "mongo" {
  metadata {
    name      = "mongo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "mongo"
      "app.kubernetes.io/name"      = "mongo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "mongo"
      "app.kubernetes.io/part-of" = "todo"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-27017"
      port        = 27017
      target_port = 27017
      protocol    = "TCP"
    }
  }
}

# camp.yaml: mongo: who may connect
resource "kubernetes_network_policy_v1" "mongo" {
  metadata {
    name      = "mongo"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "mongo"
      "app.kubernetes.io/name"      = "mongo"
      "app.kubernetes.io/part-of"   = "todo"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "mongo"
        "app.kubernetes.io/part-of" = "todo"
      }
    }

    ingress {
      ports {
        port     = "27017"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "todo"
            "app.kubernetes.io/part-of"   = "todo"
          }
        }
      }
    }
  }
}
