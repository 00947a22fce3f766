# environments/heroku-staging.yaml: app
variable "ledger_app_name" {
  description = "Name of the Heroku app that runs ledger. Must be unique across Heroku."
  type        = string
  default     = "ledger-of-ours-staging"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.ledger_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: ledger, Scale
variable "ledger_count" {
  description = "Number of ledger dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.ledger_count)
    error_message = "ledger can have 1 dyno (camp.yaml: ledger, Scale), or 0 to stop it."
  }
}

# camp.yaml: ledger
variable "ledger_dyno_size" {
  description = "Size of each ledger dyno. The plan asks for 2 GiB. basic has 512 MB, and performance-m has 2.5 GB."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.ledger_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

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
