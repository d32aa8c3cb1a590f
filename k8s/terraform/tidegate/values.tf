# What the chart is given. Nothing here needs a provider, so that a test can evaluate it.

variable "cluster" {
  description = "Name of the Kubernetes cluster, unique among those that share a Kafka."
  type        = string
}

variable "kafka_bootstrap_servers" {
  description = "Tidegate's own Kafka, as host:port,host:port."
  type        = string
}

variable "kafka_secret" {
  description = "Existing Secret with the login at Kafka; none for a Kafka without."
  type        = string
  default     = ""
}

variable "image_registry" {
  description = "Registry that the images were pushed to."
  type        = string
  default     = ""
}

variable "namespaces" {
  description = "Namespaces whose policies are followed; none means all."
  type        = list(string)
  default     = []
}

variable "values" {
  description = "Further values of the chart; they win, key by key at the top level."
  type        = any
  default     = {}
}

locals {
  values = merge({
    cluster = var.cluster
    image   = { registry = var.image_registry }
    kafka = {
      bootstrapServers = var.kafka_bootstrap_servers
      existingSecret   = var.kafka_secret
    }
    topics = { replicationFactor = 3 }
    watch  = { namespaces = var.namespaces }
    engine = {
      replicas    = 3
      persistence = { enabled = true }
    }
  }, var.values)
}
