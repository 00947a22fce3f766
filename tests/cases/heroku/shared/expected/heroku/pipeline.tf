# environments/heroku.yaml: team
data "heroku_team" "team" {
  name = "harbour"
}

# environments/heroku.yaml: pipeline
resource "heroku_pipeline" "pipeline" {
  name = "harbour"

  owner {
    id   = data.heroku_team.team.id
    type = "team"
  }
}

# camp.yaml: office
resource "heroku_pipeline_coupling" "office" {
  app_id   = heroku_app.office.id
  pipeline = heroku_pipeline.pipeline.id
  stage    = "production"
}

# camp.yaml: shop
resource "heroku_pipeline_coupling" "shop" {
  app_id   = heroku_app.shop.id
  pipeline = heroku_pipeline.pipeline.id
  stage    = "production"
}
