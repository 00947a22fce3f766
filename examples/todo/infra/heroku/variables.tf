# environments/heroku.yaml: app
variable "todo_app_name" {
  description = "Name of the Heroku app that runs todo. Must be unique across Heroku."
  type        = string
  default     = "todo-list"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.todo_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: todo
variable "todo_count" {
  description = "Number of todo dynos: 1, or 0 to stop it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = contains([0, 1], var.todo_count)
    error_message = "todo can have 1 dyno, or 0 to stop it."
  }
}

# camp.yaml: todo
variable "todo_dyno_size" {
  description = "Size of each todo dyno."
  type        = string
  default     = "basic"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.todo_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: mongo
variable "mongo_url" {
  description = "URL of mongo (MongoDB), with user and password if it needs them. Heroku has no add-on for it."
  type        = string
  sensitive   = true
  nullable    = false
}
