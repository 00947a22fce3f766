# camp.yaml: tracker

locals {
  # Pod => its number. Scaling adds or removes the last keys, and does not change the others.
  tracker_pods = { for n in range(var.tracker_count) : "tracker-${n}" => n }

  tracker_environment = {
    PORT = "5000" # Expose
  }

  # The image reads no files, so these are variables of its processes.
  tracker_secrets = {
    AMQP_URL  = "amqp://fleet:${random_password.queue.result}@queue:5672/fleet" # ConnectTo queue
    QUEUE_URL = "amqp://fleet:${random_password.queue.result}@queue:5672/fleet" # ConnectTo queue
    TOKEN     = var.token                                                       # Env
  }
}

# camp.yaml: tracker
resource "kubernetes_config_map_v1" "tracker" {
  metadata {
    name      = "tracker-environment"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  data = local.tracker_environment
}

# camp.yaml: tracker
resource "kubernetes_secret_v1" "tracker" {
  metadata {
    name      = "tracker-secrets"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  data = local.tracker_secrets
}

# Another id for each change of the secrets. Then the pods start again.
resource "terraform_data" "tracker" {
  triggers_replace = local.tracker_secrets
}

# camp.yaml: tracker
resource "kubernetes_service_account_v1" "tracker" {
  metadata {
    name      = "tracker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  automount_service_account_token = false
}

# camp.yaml: tracker, Volume tracks
resource "kubernetes_persistent_volume_claim_v1" "tracker_tracks" {
  for_each = local.tracker_pods

  # Many storage classes wait for the pod that uses the volume
  wait_until_bound = false

  metadata {
    name      = "tracks-${each.key}"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    access_modes = ["ReadWriteOnce"]

    resources {
      requests = {
        storage = "5Gi"
      }
    }
  }
}

# camp.yaml: tracker
resource "kubernetes_stateful_set_v1" "tracker" {
  metadata {
    name      = "tracker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    replicas     = var.tracker_count
    service_name = "tracker"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "tracker"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    template {
      metadata {
        labels = {
          "app.kubernetes.io/component" = "tracker"
          "app.kubernetes.io/name"      = "tracker"
          "app.kubernetes.io/part-of"   = "fleet"
        }

        annotations = {
          "camp2iac.org/configuration" = sha256(jsonencode(local.tracker_environment))
          "camp2iac.org/secrets"       = terraform_data.tracker.id
        }
      }

      spec {
        service_account_name             = kubernetes_service_account_v1.tracker.metadata[0].name
        automount_service_account_token  = false
        enable_service_links             = false
        termination_grace_period_seconds = 30

        security_context {
          run_as_non_root        = true
          run_as_user            = 1000
          run_as_group           = 1000
          fs_group               = 1000
          fs_group_change_policy = "OnRootMismatch"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        container {
          name  = "tracker"
          image = "registry.example.org/team/tracker@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

          port {
            name           = "tcp-5000"
            container_port = 5000
            protocol       = "TCP"
          }
          port {
            name           = "udp-5005"
            container_port = 5005
            protocol       = "UDP"
          }

          env_from {
            config_map_ref {
              name = kubernetes_config_map_v1.tracker.metadata[0].name
            }
          }
          env_from {
            secret_ref {
              name = kubernetes_secret_v1.tracker.metadata[0].name
            }
          }

          startup_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 60

            tcp_socket {
              port = "5000"
            }
          }

          readiness_probe {
            period_seconds    = 5
            timeout_seconds   = 5
            failure_threshold = 3

            tcp_socket {
              port = "5000"
            }
          }

          volume_mount {
            name       = "tracks"
            mount_path = "/srv/tracks"
          }

          security_context {
            allow_privilege_escalation = false
            run_as_non_root            = true
            read_only_root_filesystem  = false

            capabilities {
              drop = ["ALL"]
            }
          }
        }

        topology_spread_constraint {
          max_skew           = 1
          topology_key       = "kubernetes.io/hostname"
          when_unsatisfiable = "DoNotSchedule"

          label_selector {
            match_labels = {
              "app.kubernetes.io/name"    = "tracker"
              "app.kubernetes.io/part-of" = "fleet"
            }
          }
        }
      }
    }

    volume_claim_template {
      metadata {
        name = "tracks"
      }

      spec {
        access_modes = ["ReadWriteOnce"]

        resources {
          requests = {
            storage = "5Gi"
          }
        }
      }
    }
  }

  depends_on = [
    kubernetes_stateful_set_v1.queue,
    kubernetes_network_policy_v1.queue,
    kubernetes_persistent_volume_claim_v1.tracker_tracks,
  ]
}

# camp.yaml: tracker
resource "kubernetes_service_v1" "tracker" {
  metadata {
    name      = "tracker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "tracker"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type = "ClusterIP"

    port {
      name        = "tcp-5000"
      port        = 5000
      target_port = 5000
      protocol    = "TCP"
    }
    port {
      name        = "udp-5005"
      port        = 5005
      target_port = 5005
      protocol    = "UDP"
    }
  }
}

# The addresses of all pods
resource "kubernetes_service_v1" "tracker_members" {
  metadata {
    name      = "tracker-members"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "tracker"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type       = "ClusterIP"
    cluster_ip = "None"

    port {
      name        = "tcp-5000"
      port        = 5000
      target_port = 5000
      protocol    = "TCP"
    }
    port {
      name        = "udp-5005"
      port        = 5005
      target_port = 5005
      protocol    = "UDP"
    }
  }
}

# When nodes are drained, one pod stops at a time
resource "kubernetes_pod_disruption_budget_v1" "tracker" {
  metadata {
    name      = "tracker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    max_unavailable = "1"

    selector {
      match_labels = {
        "app.kubernetes.io/name"    = "tracker"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }
  }
}

# camp.yaml: tracker: who may connect
resource "kubernetes_network_policy_v1" "tracker" {
  metadata {
    name      = "tracker"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/name"    = "tracker"
        "app.kubernetes.io/part-of" = "fleet"
      }
    }

    ingress {
      ports {
        port     = "5000"
        protocol = "TCP"
      }
    }
    ingress {
      ports {
        port     = "5005"
        protocol = "UDP"
      }
    }
    ingress {
      ports {
        port     = "7000"
        end_port = 7010
        protocol = "TCP"
      }

      from {
        ip_block {
          cidr = "10.20.0.0/16"
        }
      }
      from {
        pod_selector {
          match_labels = {
            "app.kubernetes.io/name"    = "map"
            "app.kubernetes.io/part-of" = "fleet"
          }
        }
      }
    }
    ingress {
      ports {
        port     = "9100"
        protocol = "TCP"
      }

      from {
        ip_block {
          cidr = var.monitors
        }
      }
    }
  }
}

# camp.yaml: tracker, Expose
resource "kubernetes_service_v1" "tracker_public" {
  wait_for_load_balancer = false

  metadata {
    name      = "tracker-public"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "tracker"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type = "LoadBalancer"

    port {
      name        = "tcp-443"
      port        = 443
      target_port = 5000
      protocol    = "TCP"
    }
  }
}

# camp.yaml: tracker, Expose
resource "kubernetes_service_v1" "tracker_5005_public" {
  wait_for_load_balancer = false

  metadata {
    name      = "tracker-5005-public"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/component" = "tracker"
      "app.kubernetes.io/name"      = "tracker"
      "app.kubernetes.io/part-of"   = "fleet"
    }
  }

  spec {
    selector = {
      "app.kubernetes.io/name"    = "tracker"
      "app.kubernetes.io/part-of" = "fleet"
    }

    type = "LoadBalancer"

    port {
      name        = "udp-5005"
      port        = 5005
      target_port = 5005
      protocol    = "UDP"
    }
  }
}
