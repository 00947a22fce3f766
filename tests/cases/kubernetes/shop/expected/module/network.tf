resource "kubernetes_namespace_v1" "namespace" {
  metadata {
    name = var.name

    labels = {
      "app.kubernetes.io/part-of"          = "shop"
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
    name      = "shop-default-deny"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/part-of" = "shop"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/part-of" = "shop"
      }
    }
  }
}
