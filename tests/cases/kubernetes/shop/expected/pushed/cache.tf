# camp.yaml: cache

# The password of cache. Letters and digits are safe in a URL without encoding.
resource "random_password" "cache" {
  length  = 32
  special = false
}

# camp.yaml: cache
resource "kubernetes_config_map_v1" "cache" {
  metadata {
    name      = "cache-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "cache"
      "app.kubernetes.io/name"      = "cache"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = {
    usr_local_bin_camp-start         = file("${path.module}/load/cache/camp-start")
    "usr_local_etc_redis_redis.conf" = "port 6379\ndir /data\nappendonly yes\ninclude /usr/local/etc/redis/password.conf\n"
  }
}

# camp.yaml: cache
resource "kubernetes_secret_v1" "cache" {
  metadata {
    name      = "cache-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "cache"
      "app.kubernetes.io/name"      = "cache"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = {
    run_secrets_password = random_password.cache.result
  }
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "cache" {
  triggers_replace = [random_password.cache.result]
}

# camp.yaml: cache
resource "kubernetes_service_account_v1" "cache" {
  metadata {
    name      = "cache"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "cache"
      "app.kubernetes.io/name"      = "cache"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  automount_service_account_token = false

  # environments/pushed.yaml: pull_secret
  image_pull_secret {
    name = "registry"
  }
}

# camp.yaml: cache
resource "kubernetes_deployment_v1" "cache" {
  metadata {
    name      = "cache"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "cache"
      "app.kubernetes.io/name"      = "cache"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "cache"
        "app.kubernetes.io/part-of" = "shop"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "cache"
          "app.kubernetes.io/name"      = "cache"
          "app.kubernetes.io/part-of"   = "shop"
        }

        annotations = {
          "camp2iac.org/files"   = sha256(jsonencode([kubernetes_config_map_v1.cache.data]))
          "camp2iac.org/secrets" = terraform_data.cache.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.cache.metadata[0].name
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
          name  = "cache"
          image = "redis:8.2-bookworm"

          args = [
            "sh",
            "/usr/local/bin/camp-start",
          ]

          port {
            name           = "tcp-6379"
            container_port = 6379
            protocol       = "TCP"
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            exec {
              command = [
                "sh",
                "-c",
                "REDISCLI_AUTH=$(cat /run/secrets/password) redis-cli -p 6379 ping | grep -qx PONG",
              ]
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            exec {
              command = [
                "sh",
                "-c",
                "REDISCLI_AUTH=$(cat /run/secrets/password) redis-cli -p 6379 ping | grep -qx PONG",
              ]
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
          volume_mount {
            name       = "writable-1"
            mount_path = "/usr/local/etc/redis"
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
            name       = "files"
            mount_path = "/usr/local/etc/redis/redis.conf"
            sub_path   = "usr_local_etc_redis_redis.conf"
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
            name         = kubernetes_config_map_v1.cache.metadata[0].name
            default_mode = "0555"
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.cache.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/pushed.yaml, or a list without cache.
    prevent_destroy = true
  }
}

# camp.yaml: cache
resource "kubernetes_service_v1" "cache" {
  metadata {
    name      = "cache"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "cache"
      "app.kubernetes.io/name"      = "cache"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "cache"
      "app.kubernetes.io/part-of" = "shop"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-6379"
      port        = 6379
      target_port = 6379
      protocol    = "TCP"
    }
  }
}

# camp.yaml: cache: who may connect
resource "kubernetes_network_policy_v1" "cache" {
  metadata {
    name      = "cache"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "cache"
      "app.kubernetes.io/name"      = "cache"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "cache"
        "app.kubernetes.io/part-of" = "shop"
      }
    }

    ingress {
      ports {
        port     = "6379"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "web"
            "app.kubernetes.io/part-of"   = "shop"
          }
        }
      }
    }
  }
}
