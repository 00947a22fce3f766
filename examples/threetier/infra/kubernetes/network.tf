resource "kubernetes_namespace_v1" "namespace" {
  metadata {
    name = "harbour"

    labels = {
      "app.kubernetes.io/part-of"          = "harbour"
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
    name      = "harbour-default-deny"
    namespace = local.namespace

    labels = {
      "app.kubernetes.io/part-of" = "harbour"
    }
  }

  spec {
    policy_types = ["Ingress"]

    pod_selector {
      match_labels = {
        "app.kubernetes.io/part-of" = "harbour"
      }
    }
  }
}
