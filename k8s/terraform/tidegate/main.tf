# Tidegate by its chart, in a namespace that takes only pods of the restricted standard.

terraform {
  required_version = ">= 1.5"
  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = ">= 2.12"
    }
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.25"
    }
  }
}

variable "chart" {
  description = "The chart: a folder, a package, or oci://REGISTRY/PATH."
  type        = string
  default     = "../../chart"
}

variable "namespace" {
  description = "Where the services run."
  type        = string
  default     = "tidegate"
}

resource "kubernetes_namespace" "tidegate" {
  metadata {
    name = var.namespace
    labels = {
      "pod-security.kubernetes.io/enforce" = "restricted"
    }
  }
}

resource "helm_release" "tidegate" {
  name      = "tidegate"
  namespace = kubernetes_namespace.tidegate.metadata[0].name
  chart     = var.chart
  values    = [yamlencode(local.values)]
  # A release that does not come up is taken back.
  atomic  = true
  timeout = 300
}
