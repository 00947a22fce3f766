# camp.yaml: database

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# camp.yaml: database
resource "kubernetes_config_map_v1" "database" {
  metadata {
    name      = "database-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = {
    "docker-entrypoint-initdb.d_camp-setup.sh" = file("${path.module}/load/database/camp-setup.sh")
    "srv_camp_load_001_shop_schema_schema.sql" = file("${path.module}/load/database/001-schema/schema.sql")
    "srv_camp_load_002_shop_goods_goods.sql"   = file("${path.module}/load/database/002-goods/goods.sql")
    usr_local_bin_camp-start                   = file("${path.module}/load/database/camp-start")
    usr_local_bin_gosu                         = file("${path.module}/load/database/gosu")
  }
}

# camp.yaml: database
resource "kubernetes_secret_v1" "database" {
  metadata {
    name      = "database-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = {
    run_secrets_password = random_password.database.result
  }
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "database" {
  triggers_replace = [random_password.database.result]
}

# camp.yaml: database
resource "kubernetes_service_account_v1" "database" {
  metadata {
    name      = "database"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  automount_service_account_token = false

  # environments/pushed.yaml: pull_secret
  image_pull_secret {
    name = "registry"
  }
}

# camp.yaml: database, Volume data
resource "kubernetes_persistent_volume_claim_v1" "database_data" {
  # Many storage classes wait for the pod that uses the volume
  wait_until_bound = false

  metadata {
    name      = "data-database-0"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    access_modes = ["ReadWriteOnce"]

    resources {
      requests = {
        storage = "10Gi"
      }
    }
  }

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/pushed.yaml, or a list without database.
    prevent_destroy = true
  }
}

# camp.yaml: database
resource "kubernetes_stateful_set_v1" "database" {
  metadata {
    name      = "database"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    replicas     = 1
    service_name = "database"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "database"
        "app.kubernetes.io/part-of" = "shop"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "database"
          "app.kubernetes.io/name"      = "database"
          "app.kubernetes.io/part-of"   = "shop"
        }

        annotations = {
          "camp2iac.org/files"   = sha256(jsonencode([kubernetes_config_map_v1.database.data]))
          "camp2iac.org/secrets" = terraform_data.database.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.database.metadata[0].name
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
          name  = "database"
          image = "postgres:17-bookworm"

          args = [
            "bash",
            "/usr/local/bin/camp-start",
          ]

          port {
            name           = "tcp-5432"
            container_port = 5432
            protocol       = "TCP"
          }

          env {
            name  = "CAMP_USER"
            value = "shop"
          }
          env {
            name  = "CAMP_DATABASES"
            value = "shop"
          }
          env {
            name  = "POSTGRES_PASSWORD_FILE"
            value = "/run/secrets/password"
          }
          env {
            name  = "POSTGRES_INITDB_ARGS"
            value = "--encoding=UTF8 --locale=C.UTF-8 --data-checksums"
          }
          env {
            name  = "PGDATA"
            value = "/var/lib/postgresql/data/pgdata"
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            exec {
              command = ["pg_isready", "--quiet", "--host=127.0.0.1", "--port=5432"]
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            exec {
              command = ["pg_isready", "--quiet", "--host=127.0.0.1", "--port=5432"]
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
          volume_mount {
            name       = "writable-1"
            mount_path = "/var/run/postgresql"
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
            mount_path = "/srv/camp/load/001/shop/schema/schema.sql"
            sub_path   = "srv_camp_load_001_shop_schema_schema.sql"
            read_only  = true
          }
          volume_mount {
            name       = "files"
            mount_path = "/srv/camp/load/002/shop/goods/goods.sql"
            sub_path   = "srv_camp_load_002_shop_goods_goods.sql"
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
          volume_mount {
            name       = "data"
            mount_path = "/var/lib/postgresql/data"
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
            name         = kubernetes_config_map_v1.database.metadata[0].name
            default_mode = "0555"
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.database.metadata[0].name
            default_mode = "0440"
          }
        }
        volume {
          name = "data"

          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim_v1.database_data.metadata[0].name
          }
        }
      }
    }
  }
}

# camp.yaml: database
resource "kubernetes_service_v1" "database" {
  metadata {
    name      = "database"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "database"
      "app.kubernetes.io/part-of" = "shop"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-5432"
      port        = 5432
      target_port = 5432
      protocol    = "TCP"
    }
  }
}

# camp.yaml: database: who may connect
resource "kubernetes_network_policy_v1" "database" {
  metadata {
    name      = "database"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "database"
        "app.kubernetes.io/part-of" = "shop"
      }
    }

    ingress {
      ports {
        port     = "5432"
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
