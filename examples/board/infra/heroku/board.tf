# camp.yaml: board; region from environments/heroku.yaml
resource "heroku_app" "board" {
  name       = var.board_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs"]
}

# camp.yaml: board, Env
resource "heroku_app_config_association" "board" {
  app_id = heroku_app.board.id

  vars = {
    TITLE = var.title
  }
}

# camp.yaml: board, ConnectTo notes: NOTES_URL
resource "heroku_addon_attachment" "board_notes" {
  app_id   = heroku_app.board.id
  addon_id = heroku_addon.notes.id
  name     = "NOTES"
}

# camp.yaml: board, content
resource "heroku_build" "board" {
  app_id = heroku_app.board.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # board/build/board/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/board", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.notes,
    heroku_addon_attachment.board_notes,
    heroku_app_config_association.board,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.board.stack,
      heroku_app.board.buildpacks,
    ]
  }
}

# camp.yaml: board, Scale
resource "heroku_formation" "board" {
  app_id   = heroku_app.board.id
  type     = "web"
  quantity = var.board_count
  size     = var.board_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.board]

  lifecycle {
    precondition {
      condition     = var.board_count < 2 || !contains(["eco", "basic"], lower(var.board_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
