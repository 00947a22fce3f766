# camp.yaml: parameter heap
variable "heap" {
  description = "The maximum size of the heap in MiB."
  type        = number
  default     = 512
  nullable    = false
}

# camp.yaml: parameter limit
variable "limit" {
  description = "The highest amount of one entry in cents."
  type        = number
  default     = 100000
  nullable    = false
}

# camp.yaml: secret database_password
variable "database_password" {
  description = "The password of that user."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: secret database_user
variable "database_user" {
  description = "The user of the ledger's database."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: ledger, Scale
variable "ledger_count" {
  description = "Number of pods of each process on the tier ledger."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.ledger_count >= 1 && var.ledger_count <= 2 && floor(var.ledger_count) == var.ledger_count
    error_message = "The plan allows 1 to 2 instances of ledger."
  }
}

# environments/kubernetes.yaml: registry
variable "registry" {
  description = "The registry and the folder in it that have the images of components."
  type        = string
  default     = "registry.example.org/examples"
  nullable    = false
}
