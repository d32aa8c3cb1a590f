# The policy of a consumer, as an object. Nothing here needs a provider, so that a test can evaluate it.

variable "namespace" {
  description = "Namespace of the workload."
  type        = string
}

variable "name" {
  description = "Name of the Deployment, and of its consumer group and its policy."
  type        = string
}

variable "topics" {
  description = "Topics that it consumes."
  type        = list(string)
}

variable "max_latency" {
  description = "How long a record may wait."
  type        = string
  default     = "30s"
}

variable "max_replicas" {
  description = "The most replicas."
  type        = number
  default     = 20
}

variable "connection" {
  description = "Name of the Connection in the namespace that says where Kafka is."
  type        = string
}

locals {
  policy = {
    apiVersion = "tidegate.io/v1alpha1"
    kind       = "ScalingPolicy"
    metadata   = { name = var.name, namespace = var.namespace }
    spec = {
      scaleTargetRef = { apiVersion = "apps/v1", kind = "Deployment", name = var.name }
      replicas       = { min = 0, max = var.max_replicas }
      objective      = { maxLatency = var.max_latency }
      signals = [{
        name = "lag"
        kafka = {
          connectionRef     = var.connection
          consumerGroup     = var.name
          topics            = var.topics
          noCommittedOffset = "Earliest"
        }
      }]
    }
  }
}
