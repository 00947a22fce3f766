# environments/heroku.yaml: team
data "heroku_team" "team" {
  name = "harbour"
}

# environments/heroku.yaml: pipeline
resource "heroku_pipeline" "pipeline" {
  name = "on-fir"

  owner {
    id   = data.heroku_team.team.id
    type = "team"
  }
}

# camp.yaml: web
resource "heroku_pipeline_coupling" "web" {
  app_id   = heroku_app.web.id
  pipeline = heroku_pipeline.pipeline.id
  stage    = "production"
}
