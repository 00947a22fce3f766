# camp.yaml: front

locals {
  front_environment = {
    CAMP_MEMBERS = "gallery" # members
    PORT         = "8080"    # Expose
  }
}

# camp.yaml: front
resource "kubernetes_config_map_v1" "front" {
  metadata {
    name      = "front-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "front"
      "app.kubernetes.io/name"      = "front"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  data = local.front_environment
}

# camp.yaml: front
resource "kubernetes_service_account_v1" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "front"
      "app.kubernetes.io/name"      = "front"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: front
resource "kubernetes_deployment_v1" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "front"
      "app.kubernetes.io/name"      = "front"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    replicas = 1

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "front"
        "app.kubernetes.io/part-of" = "gallery"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "front"
          "app.kubernetes.io/name"      = "front"
          "app.kubernetes.io/part-of"   = "gallery"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.front_environment))
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.front.metadata[0].name
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
          name  = "front"
          image = "${var.registry}/gallery-front:c94c33fcab11"
          args  = ["sh", "-c", "exec camp-nginx"]

          port {
            name           = "tcp-8080"
            container_port = 8080
            protocol       = "TCP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.front.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            http_get {
              path = "/healthz"
              port = "8080"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            http_get {
              path = "/healthz"
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

# camp.yaml: front
resource "kubernetes_service_v1" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "front"
      "app.kubernetes.io/name"      = "front"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "front"
      "app.kubernetes.io/part-of" = "gallery"
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

# camp.yaml: front: who may connect
resource "kubernetes_network_policy_v1" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "front"
      "app.kubernetes.io/name"      = "front"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "front"
        "app.kubernetes.io/part-of" = "gallery"
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

# camp.yaml: front, Expose
resource "kubernetes_ingress_v1" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "front"
      "app.kubernetes.io/name"      = "front"
      "app.kubernetes.io/part-of"   = "gallery"
    }
  }

  spec {
    rule {
      host = "front.apps.example.org"

      http {
        path {
          path      = "/"
          path_type = "Prefix"

          backend {
            service {
              name = "front"

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
