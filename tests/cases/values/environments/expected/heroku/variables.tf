# environments/heroku.yaml: app
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
  default     = "shop-demo"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.web_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: web, Scale
variable "web_count" {
  description = "Number of web dynos, 1 to 3; 0 stops them."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_count >= 0 && var.web_count <= 3 && floor(var.web_count) == var.web_count
    error_message = "web can have 1 to 3 dynos (camp.yaml: web, Scale), or 0 to stop it."
  }
}

# camp.yaml: web
variable "web_dyno_size" {
  description = "Size of each web dyno. The plan asks for 2 GiB. standard-1x has 512 MB, and performance-m has 2.5 GB."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: web, Process: worker
variable "web_worker_count" {
  description = "Number of web worker dynos, 0 to 10."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.web_worker_count >= 0 && var.web_worker_count <= 10 && floor(var.web_worker_count) == var.web_worker_count
    error_message = "web worker can have 0 to 10 dynos."
  }
}

# camp.yaml: web, Process: worker
variable "web_worker_dyno_size" {
  description = "Size of each web worker dyno. The plan asks for 2 GiB. standard-1x has 512 MB, and performance-m has 2.5 GB."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: documents
variable "documents_url" {
  description = "URL of documents (MongoDB), with user and password if it needs them. The service already exists."
  type        = string
  sensitive   = true
  nullable    = false
}

# camp.yaml: parameter host; default from environments/heroku.yaml
variable "host" {
  description = "The host name of the shop."
  type        = string
  default     = "demo.example.org"
  nullable    = false

  validation {
    condition     = contains(["demo.example.org"], var.host)
    error_message = "The output contains the value of host. To change it, change the environment file and run camp2iac synth."
  }
}

# camp.yaml: parameter level
variable "level" {
  description = "The log level."
  type        = string
  default     = "info"
  nullable    = false
}

# camp.yaml: parameter workers
variable "workers" {
  description = "Parameter workers of the plan."
  type        = number
  default     = 2
  nullable    = false
}
