# environments/heroku.yaml: app
variable "board_app_name" {
  description = "Name of the Heroku app that runs board. Must be unique across Heroku."
  type        = string
  default     = "notes-on-a-board"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.board_app_name))
    error_message = "The name of a Heroku app has 3 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

# camp.yaml: board, Scale
variable "board_count" {
  description = "Number of board dynos, 1 to 4; 0 stops them."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.board_count >= 0 && var.board_count <= 4 && floor(var.board_count) == var.board_count
    error_message = "board can have 1 to 4 dynos (camp.yaml: board, Scale), or 0 to stop it."
  }
}

# environments/heroku.yaml: dynos; camp.yaml: board, Compute
variable "board_dyno_size" {
  description = "Size of each board dyno. The plan asks for 2 GiB. standard-1x has 512 MB, and performance-m has 2.5 GB."
  type        = string
  default     = "standard-1x"
  nullable    = false

  validation {
    condition = contains([
      "eco", "basic", "standard-1x", "standard-2x",
      "performance-m", "performance-l", "performance-l-ram", "performance-xl", "performance-2xl",
    ], lower(var.board_dyno_size))
    error_message = "The size must be eco, basic, standard-1x, standard-2x, performance-m, performance-l, performance-l-ram, performance-xl or performance-2xl."
  }
}

# camp.yaml: parameter title
variable "title" {
  description = "The heading of the page."
  type        = string
  default     = "Board"
  nullable    = false
}
