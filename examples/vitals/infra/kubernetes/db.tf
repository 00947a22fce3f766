# camp.yaml: db

# The password of db. Letters and digits are safe in a URL without encoding.
resource "random_password" "db" {
  length  = 32
  special = false
}

# camp.yaml: db
resource "kubernetes_config_map_v1" "db" {
  metadata {
    name      = "db-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "db"
      "app.kubernetes.io/name"      = "db"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  data = {
    "docker-entrypoint-initdb.d_camp-setup.sh"   = file("${path.module}/load/db/camp-setup.sh")
    "srv_camp_load_001_vitals_tables_vitals.sql" = file("${path.module}/load/db/001-tables/vitals.sql")
    usr_local_bin_camp-start                     = file("${path.module}/load/db/camp-start")
    usr_local_bin_gosu                           = file("${path.module}/load/db/gosu")
  }
}

# camp.yaml: db
resource "kubernetes_secret_v1" "db" {
  metadata {
    name      = "db-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "db"
      "app.kubernetes.io/name"      = "db"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  data = {
    run_secrets_password = random_password.db.result
  }
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "db" {
  triggers_replace = [random_password.db.result]
}

# camp.yaml: db
resource "kubernetes_service_account_v1" "db" {
  metadata {
    name      = "db"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "db"
      "app.kubernetes.io/name"      = "db"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: db
resource "kubernetes_deployment_v1" "db" {
  metadata {
    name      = "db"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "db"
      "app.kubernetes.io/name"      = "db"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "db"
        "app.kubernetes.io/part-of" = "vitals"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "db"
          "app.kubernetes.io/name"      = "db"
          "app.kubernetes.io/part-of"   = "vitals"
        }

        annotations = {
          "camp2iac.org/files"   = sha256(jsonencode([kubernetes_config_map_v1.db.data]))
          "camp2iac.org/secrets" = terraform_data.db.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.db.metadata[0].name
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
          name  = "db"
          image = "postgres:18-bookworm"

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
            value = "vitals"
          }
          env {
            name  = "CAMP_DATABASES"
            value = "vitals"
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
            mount_path = "/srv/camp/load/001/vitals/tables/vitals.sql"
            sub_path   = "srv_camp_load_001_vitals_tables_vitals.sql"
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
            name         = kubernetes_config_map_v1.db.metadata[0].name
            default_mode = "0555"
          }
        }
        volume {
          name = "secrets"

          secret {
            secret_name  = kubernetes_secret_v1.db.metadata[0].name
            default_mode = "0440"
          }
        }
      }
    }
  }
}

# camp.yaml: db
resource "kubernetes_service_v1" "db" {
  metadata {
    name      = "db"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "db"
      "app.kubernetes.io/name"      = "db"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "db"
      "app.kubernetes.io/part-of" = "vitals"
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

# camp.yaml: db: who may connect
resource "kubernetes_network_policy_v1" "db" {
  metadata {
    name      = "db"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "db"
      "app.kubernetes.io/name"      = "db"
      "app.kubernetes.io/part-of"   = "vitals"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "db"
        "app.kubernetes.io/part-of" = "vitals"
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
            "app.kubernetes.io/component" = "vitals"
            "app.kubernetes.io/part-of"   = "vitals"
          }
        }
      }
    }
  }
}
