# camp.yaml: board, Expose
output "board_url" {
  description = "URL of board."
  value       = trimsuffix(heroku_app.board.web_url, "/")
}

# camp.yaml: notes
output "notes_addon" {
  description = "Name of the add-on of notes, for `heroku addons:info NAME`."
  value       = heroku_addon.notes.name
}
