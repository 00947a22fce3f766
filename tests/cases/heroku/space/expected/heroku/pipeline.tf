# environments/heroku.yaml: pipeline
data "heroku_pipeline" "pipeline" {
  name = "harbour"
}

# camp.yaml: web
resource "heroku_pipeline_coupling" "web" {
  app_id   = heroku_app.web.id
  pipeline = data.heroku_pipeline.pipeline.id
  stage    = "staging"
}

# environments/heroku.yaml: pipeline, review_apps. Heroku builds review apps from the
# repository and its app.json. Of this module, they get only the variables below.
resource "heroku_review_app_config" "pipeline" {
  pipeline_id           = data.heroku_pipeline.pipeline.id
  org_repo              = "harbour/web"
  automatic_review_apps = true
  wait_for_ci           = true
  destroy_stale_apps    = true
  stale_days            = 5
  base_name             = "harbour-web"

  deploy_target {
    id   = data.heroku_space.space.uuid
    type = "space"
  }
}

# environments/heroku.yaml: pipeline, review_apps
resource "heroku_pipeline_config_var" "review" {
  pipeline_id    = data.heroku_pipeline.pipeline.id
  pipeline_stage = "review"

  vars = {
    LOG_LEVEL = "debug"
  }

  sensitive_vars = {
    MAIL_TOKEN = var.mail_token
  }
}
