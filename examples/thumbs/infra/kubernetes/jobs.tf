# camp.yaml: jobs

# The password of jobs. Letters and digits are safe in a URL without encoding.
resource "random_password" "jobs" {
  length  = 32
  special = false
}

# camp.yaml: jobs
resource "kubernetes_config_map_v1" "jobs" {
  metadata {
    name      = "jobs-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "jobs"
      "app.kubernetes.io/name"      = "jobs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  data = {
    "etc_rabbitmq_conf.d_20-camp.conf" = "listeners.tcp.default = 5672\nload_definitions = /etc/rabbitmq/camp.json\n"
    usr_local_bin_camp-start           = file("${path.module}/load/jobs/camp-start")
  }
}

# camp.yaml: jobs
resource "kubernetes_secret_v1" "jobs" {
  metadata {
    name      = "jobs-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "jobs"
      "app.kubernetes.io/name"      = "jobs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  data = {
    run_secrets_password = random_password.jobs.result
  }
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "jobs" {
  triggers_replace = [random_password.jobs.result]
}

# camp.yaml: jobs
resource "kubernetes_service_account_v1" "jobs" {
  metadata {
    name      = "jobs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "jobs"
      "app.kubernetes.io/name"      = "jobs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: jobs
resource "kubernetes_deployment_v1" "jobs" {
  metadata {
    name      = "jobs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "jobs"
      "app.kubernetes.io/name"      = "jobs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "jobs"
        "app.kubernetes.io/part-of" = "thumbs"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "jobs"
          "app.kubernetes.io/name"      = "jobs"
          "app.kubernetes.io/part-of"   = "thumbs"
        }

        annotations = {
          "camp2iac.org/files"   = sha256(jsonencode([kubernetes_config_map_v1.jobs.data]))
          "camp2iac.org/secrets" = terraform_data.jobs.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.jobs.metadata[0].name
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
          name  = "jobs"
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
            value = "thumbs"
          }
          env {
            name  = "CAMP_DATABASES"
            value = "thumbs"
          }
          env {
            name  = "RABBITMQ_NODENAME"
            value = "rabbit@localhost"
          }
          env {
            name  = "RABBITMQ_USE_LONGNAME"
            value = "false"
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
            name         = kubernetes_config_map_v1.jobs.metadata[0].name
            default_mode = "0555"
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.jobs.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }
}

# camp.yaml: jobs
resource "kubernetes_service_v1" "jobs" {
  metadata {
    name      = "jobs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "jobs"
      "app.kubernetes.io/name"      = "jobs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "jobs"
      "app.kubernetes.io/part-of" = "thumbs"
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

# camp.yaml: jobs: who may connect
resource "kubernetes_network_policy_v1" "jobs" {
  metadata {
    name      = "jobs"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "jobs"
      "app.kubernetes.io/name"      = "jobs"
      "app.kubernetes.io/part-of"   = "thumbs"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "jobs"
        "app.kubernetes.io/part-of" = "thumbs"
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
            "app.kubernetes.io/component" = "thumbs"
            "app.kubernetes.io/part-of"   = "thumbs"
          }
        }
      }
    }
  }
}
