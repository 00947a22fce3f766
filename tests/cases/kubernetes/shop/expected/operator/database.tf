# camp.yaml: database

# The password of database. Letters and digits are safe in a URL without encoding.
resource "random_password" "database" {
  length  = 32
  special = false
}

# camp.yaml: database
resource "kubernetes_secret_v1" "database" {
  metadata {
    name      = "database-app"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database"
      "app.kubernetes.io/name"      = "database"
      "app.kubernetes.io/part-of"   = "shop"
      "cnpg.io/reload"              = "true"
    }
  }

  type = "kubernetes.io/basic-auth"

  data = {
    username = "shop"
    password = random_password.database.result
  }
}

# environments/operator.yaml: operators
resource "kubernetes_manifest" "database" {
  manifest = {
    apiVersion = "postgresql.cnpg.io/v1"
    kind       = "Cluster"
    metadata = {
      name      = "database"
      namespace = local.namespace
      labels = {
        "app.kubernetes.io/component" = "database"
        "app.kubernetes.io/name"      = "database"
        "app.kubernetes.io/part-of"   = "shop"
      }
    }
    spec = {
      imageName = "ghcr.io/cloudnative-pg/postgresql:17-standard-trixie"
      instances = 1
      inheritedMetadata = {
        labels = { "app.kubernetes.io/part-of" = "shop" }
      }
      bootstrap = {
        initdb = {
          database      = "shop"
          owner         = "shop"
          secret        = { name = kubernetes_secret_v1.database.metadata[0].name }
          dataChecksums = true
          encoding      = "UTF8"
        }
      }
      storage = {
        size         = "10Gi"
        storageClass = "fast"
      }
    }
  }

  wait {
    condition {
      type   = "Ready"
      status = "True"
    }
  }

  timeouts {
    create = "15m"
    update = "15m"
  }

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/operator.yaml, or a list without database.
    prevent_destroy = true
  }
}

# camp.yaml: database
resource "kubernetes_config_map_v1" "database_load" {
  metadata {
    name      = "database-load-files"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database-load"
      "app.kubernetes.io/name"      = "database-load"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  data = {
    usr_local_bin_camp-load                    = file("${path.module}/load/database/camp-load")
    "srv_camp_load_001_shop_schema_schema.sql" = file("${path.module}/load/database/001-schema/schema.sql")
    "srv_camp_load_002_shop_goods_goods.sql"   = file("${path.module}/load/database/002-goods/goods.sql")
  }
}

# camp.yaml: database
resource "kubernetes_service_account_v1" "database_load" {
  metadata {
    name      = "database-load"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database-load"
      "app.kubernetes.io/name"      = "database-load"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: database: what is loaded
resource "kubernetes_job_v1" "database_load" {
  wait_for_completion = true

  metadata {
    name      = "database-load"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "database-load"
      "app.kubernetes.io/name"      = "database-load"
      "app.kubernetes.io/part-of"   = "shop"
    }
  }

  spec {
    backoff_limit = 0

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "database-load"
          "app.kubernetes.io/name"      = "database-load"
          "app.kubernetes.io/part-of"   = "shop"
        }

        annotations = {
          "camp2iac.org/files" = sha256(jsonencode([kubernetes_config_map_v1.database_load.data]))
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.database_load.metadata[0].name
        automount_service_account_token  = false
        enable_service_links             = false
        restart_policy                   = "Never"
        termination_grace_period_seconds = 30

        security_context {
          run_as_non_root        = true
          run_as_user            = 26
          run_as_group           = 26
          fs_group               = 26
          fs_group_change_policy = "OnRootMismatch"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        container {
          name  = "database-load"
          image = "ghcr.io/cloudnative-pg/postgresql:17-standard-trixie"
          args  = ["bash", "/usr/local/bin/camp-load"]

          env {
            name  = "PGHOST"
            value = "database-rw"
          }
          env {
            name = "PGUSER"

            value_from {
              secret_key_ref {
                name = kubernetes_secret_v1.database.metadata[0].name
                key  = "username"
              }
            }
          }
          env {
            name = "PGPASSWORD"

            value_from {
              secret_key_ref {
                name = kubernetes_secret_v1.database.metadata[0].name
                key  = "password"
              }
            }
          }

          volume_mount {
            name       = "writable-0"
            mount_path = "/tmp"
          }
          volume_mount {
            name       = "files"
            mount_path = "/usr/local/bin/camp-load"
            sub_path   = "usr_local_bin_camp-load"
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
          name = "files"

          config_map {
            name         = kubernetes_config_map_v1.database_load.metadata[0].name
            default_mode = "0555"
          }
        }
      }
    }
  }

  timeouts {
    create = "15m"
  }

  depends_on = [
    kubernetes_manifest.database,
    kubernetes_network_policy_v1.database,
  ]
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
        "cnpg.io/cluster" = "database"
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
            "cnpg.io/cluster" = "database"
          }
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/component" = "web"
            "app.kubernetes.io/part-of"   = "shop"
          }
        }
      }
      from {
        namespace_selector {
        }

        pod_selector {
          match_labels = {
            "app.kubernetes.io/name" = "cloudnative-pg"
          }
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/name"    = "database-load"
            "app.kubernetes.io/part-of" = "shop"
          }
        }
      }
    }
    ingress {
      ports {
        port     = "8000"
        protocol = "TCP"
      }

      from {
        pod_selector {
          match_labels = {
            "cnpg.io/cluster" = "database"
          }
        }
      }
      from {
        namespace_selector {
        }

        pod_selector {
          match_labels = {
            "app.kubernetes.io/name" = "cloudnative-pg"
          }
        }
      }
    }
  }
}
