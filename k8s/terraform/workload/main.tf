# A Deployment whose size is Tidegate's, and its policy. The definitions of Tidegate must be there before this is planned.

terraform {
  required_version = ">= 1.5"
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.25"
    }
  }
}

variable "image" {
  description = "Image of the consumer."
  type        = string
}

resource "kubernetes_deployment" "consumer" {
  metadata {
    name      = var.name
    namespace = var.namespace
  }
  spec {
    selector {
      match_labels = { app = var.name }
    }
    template {
      metadata {
        labels = { app = var.name }
      }
      spec {
        container {
          name  = "consumer"
          image = var.image
        }
      }
    }
  }
  wait_for_rollout = false
  lifecycle {
    # The size is Tidegate's.
    ignore_changes = [spec[0].replicas]
  }
}

resource "kubernetes_manifest" "policy" {
  manifest = local.policy
}
