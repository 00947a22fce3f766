"""The types of Kubernetes' resources: https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs."""

NAMESPACE = "kubernetes_namespace_v1"
DEPLOYMENT = "kubernetes_deployment_v1"
STATEFUL_SET = "kubernetes_stateful_set_v1"
JOB = "kubernetes_job_v1"
CRON_JOB = "kubernetes_cron_job_v1"
SERVICE = "kubernetes_service_v1"
SERVICE_ACCOUNT = "kubernetes_service_account_v1"
CONFIG_MAP = "kubernetes_config_map_v1"
SECRET = "kubernetes_secret_v1"  # noqa: S105 - the name of a type
CLAIM = "kubernetes_persistent_volume_claim_v1"
INGRESS = "kubernetes_ingress_v1"
NETWORK_POLICY = "kubernetes_network_policy_v1"
AUTOSCALER = "kubernetes_horizontal_pod_autoscaler_v2"
DISRUPTION_BUDGET = "kubernetes_pod_disruption_budget_v1"
MANIFEST = "kubernetes_manifest"
REVISION = "terraform_data"
PASSWORD = "random_password"  # noqa: S105 - the name of a type
