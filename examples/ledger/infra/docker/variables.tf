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
  description = "Number of containers of each process on the tier ledger."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.ledger_count >= 1 && var.ledger_count <= 2 && floor(var.ledger_count) == var.ledger_count
    error_message = "The plan allows 1 to 2 instances of ledger."
  }
}

# camp.yaml: ledger, Expose
variable "ledger_port" {
  description = "Port of ledger on the computer that runs the engine."
  type        = number
  default     = 8080
  nullable    = false

  validation {
    condition     = var.ledger_port >= 1 && var.ledger_port <= 65535 && floor(var.ledger_port) == var.ledger_port
    error_message = "A port is a whole number from 1 to 65535."
  }
}
