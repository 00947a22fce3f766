resource "kubernetes_namespace_v1" "namespace" {
  metadata {
    name = "tide-tables"

    labels = {
      "app.kubernetes.io/part-of"          = "tide-tables"
      "pod-security.kubernetes.io/enforce" = "restricted"
    }
  }
}

locals {
  namespace = kubernetes_namespace_v1.namespace.metadata[0].name
}

# Nothing may connect to the pods, except what other policies allow
resource "kubernetes_network_policy_v1" "default_deny" {
  metadata {
    name      = "tide-tables-default-deny"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/part-of" = "tide-tables"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/part-of" = "tide-tables"
      }
    }
  }
}
