# camp.yaml: queue

# The password of queue. Letters and digits are safe in a URL without encoding.
resource "random_password" "queue" {
  length  = 32
  special = false
}

# camp.yaml: queue
resource "kubernetes_config_map_v1" "queue" {
  metadata {
    name      = "queue-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  data = {
    "etc_rabbitmq_conf.d_20-camp.conf" = "listeners.tcp.default = 5672\nload_definitions = /etc/rabbitmq/camp.json\n"
    usr_local_bin_camp-start           = file("${path.module}/load/queue/camp-start")
  }
}

# camp.yaml: queue
resource "kubernetes_secret_v1" "queue" {
  metadata {
    name      = "queue-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  data = {
    run_secrets_password = random_password.queue.result
  }
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "queue" {
  triggers_replace = [random_password.queue.result]
}

# camp.yaml: queue
resource "kubernetes_service_account_v1" "queue" {
  metadata {
    name      = "queue"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: queue, Volume data
resource "kubernetes_persistent_volume_claim_v1" "queue_data" {
  # Many storage classes wait for the pod that uses the volume
  wait_until_bound = false

  metadata {
    name      = "data-queue-0"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    access_modes = ["ReadWriteOnce"]

    resources {
      requests = {
        storage = "2Gi"
      }
    }
  }

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/kubernetes.yaml, or a list without queue.
    prevent_destroy = true
  }
}

# camp.yaml: queue
resource "kubernetes_stateful_set_v1" "queue" {
  metadata {
    name      = "queue"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    replicas     = 1
    service_name = "queue"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "queue"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "queue"
          "app.kubernetes.io/name"      = "queue"
          "app.kubernetes.io/part-of"   = "fleet"
        }

        annotations = {
          "camp2iac.org/files"   = sha256(jsonencode([kubernetes_config_map_v1.queue.data]))
          "camp2iac.org/secrets" = terraform_data.queue.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.queue.metadata[0].name
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
          name  = "queue"
          image = "rabbitmq:4.0"

          args = [
            "bash",
            "/usr/local/bin/camp-start",
          ]

          port {
            name           = "tcp-5672"
            container_port = 5672
            protocol       = "TCP"
          }

          env {
            name  = "CAMP_USER"
            value = "fleet"
          }
          env {
            name  = "CAMP_DATABASES"
            value = "fleet"
          }
          env {
            name  = "RABBITMQ_NODENAME"
            value = "rabbit@localhost"
          }
          env {
            name  = "RABBITMQ_USE_LONGNAME"
            value = "false"
          }

          resources {
            requests = {
              cpu    = "2"
              memory = "1536Mi"
            }

            limits = {
              memory = "1536Mi"
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            exec {
              command = ["bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/5672"]
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            exec {
              command = ["bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/5672"]
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
          volume_mount {
            name       = "writable-1"
            mount_path = "/etc/rabbitmq"
          }
          volume_mount {
            name       = "writable-2"
            mount_path = "/var/log/rabbitmq"
          }
          volume_mount {
            name       = "files"
            mount_path = "/etc/rabbitmq/conf.d/20-camp.conf"
            sub_path   = "etc_rabbitmq_conf.d_20-camp.conf"
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
            mount_path = "/usr/local/bin/camp-start"
            sub_path   = "usr_local_bin_camp-start"
            read_only  = true
          }
          volume_mount {
            name       = "data"
            mount_path = "/var/lib/rabbitmq"
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
          name = "files"

          config_map {
            name         = kubernetes_config_map_v1.queue.metadata[0].name
            default_mode = "0555"
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.queue.metadata[0].name
            default_mode = "0440"
          }
        }
        volume {
          name = "data"

          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim_v1.queue_data.metadata[0].name
          }
        }
      }
    }
  }
}

# camp.yaml: queue
resource "kubernetes_service_v1" "queue" {
  metadata {
    name      = "queue"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "queue"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-5672"
      port        = 5672
      target_port = 5672
      protocol    = "TCP"
    }
  }
}

# camp.yaml: queue: who may connect
resource "kubernetes_network_policy_v1" "queue" {
  metadata {
    name      = "queue"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "queue"
      "app.kubernetes.io/name"      = "queue"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "queue"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    ingress {
      ports {
        port     = "5672"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "tracker"
            "app.kubernetes.io/part-of"   = "fleet"
          }
        }
      }
    }
  }
}
