# camp.yaml: site

locals {
  site_environment = {
    PORT = "8080" # Expose
  }
}

# camp.yaml: site
resource "kubernetes_config_map_v1" "site" {
  metadata {
    name      = "site-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "site"
      "app.kubernetes.io/name"      = "site"
      "app.kubernetes.io/part-of"   = "tide-tables"
    }
  }

  data = local.site_environment
}

# camp.yaml: site
resource "kubernetes_service_account_v1" "site" {
  metadata {
    name      = "site"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "site"
      "app.kubernetes.io/name"      = "site"
      "app.kubernetes.io/part-of"   = "tide-tables"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: site
resource "kubernetes_deployment_v1" "site" {
  metadata {
    name      = "site"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "site"
      "app.kubernetes.io/name"      = "site"
      "app.kubernetes.io/part-of"   = "tide-tables"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "site"
        "app.kubernetes.io/part-of" = "tide-tables"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "site"
          "app.kubernetes.io/name"      = "site"
          "app.kubernetes.io/part-of"   = "tide-tables"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.site_environment))
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.site.metadata[0].name
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
          name  = "site"
          image = "${var.registry}/tide-tables-site:9fd47c608e64"
          args  = ["sh", "-c", "exec camp-nginx"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.site.metadata[0].name
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
      }
    }
  }
}

# camp.yaml: site
resource "kubernetes_service_v1" "site" {
  metadata {
    name      = "site"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "site"
      "app.kubernetes.io/name"      = "site"
      "app.kubernetes.io/part-of"   = "tide-tables"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "site"
      "app.kubernetes.io/part-of" = "tide-tables"
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

# camp.yaml: site: who may connect
resource "kubernetes_network_policy_v1" "site" {
  metadata {
    name      = "site"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "site"
      "app.kubernetes.io/name"      = "site"
      "app.kubernetes.io/part-of"   = "tide-tables"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "site"
        "app.kubernetes.io/part-of" = "tide-tables"
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

# camp.yaml: site, Expose
resource "kubernetes_ingress_v1" "site" {
  metadata {
    name      = "site"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "site"
      "app.kubernetes.io/name"      = "site"
      "app.kubernetes.io/part-of"   = "tide-tables"
    }
  }

  spec {
    rule {
      host = "site.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "site"

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
