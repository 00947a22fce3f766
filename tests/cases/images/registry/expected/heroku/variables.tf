# environments/heroku.yaml: app
variable "proxy_app_name" {
  description = "Name of the Heroku app that runs proxy. Must be unique across Heroku."
  type        = string
  default     = "images-shop-proxy"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.proxy_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: proxy
variable "proxy_count" {
  description = "Number of proxy dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.proxy_count)
    error_message = "proxy can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: proxy
variable "proxy_dyno_size" {
  description = "Size of each proxy dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.proxy_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# environments/heroku.yaml: app
variable "web_app_name" {
  description = "Name of the Heroku app that runs web. Must be unique across Heroku."
  type        = string
  default     = "images-shop-web"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.web_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: web, Process: web
variable "web_count" {
  description = "Number of web dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.web_count)
    error_message = "web can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: web, Process: web
variable "web_dyno_size" {
  description = "Size of each web dyno."
  type        = string
  default     = "basic"
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
  description = "Size of each web worker dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.web_worker_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}
