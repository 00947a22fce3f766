# camp.yaml: audit; region from environments/heroku.yaml
resource "heroku_app" "audit" {
  name       = var.audit_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "audit_name" {
  input = heroku_app.audit.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  audit_url = terraform_data.audit_name.output == null ? "" : trimsuffix(heroku_app.audit.web_url, "/")
}

# camp.yaml: audit, content
resource "heroku_build" "audit" {
  app_id = heroku_app.audit.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # audit/build/audit/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/audit", "./")
  }

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.audit.stack,
      heroku_app.audit.buildpacks,
    ]
  }
}

# camp.yaml: audit
resource "heroku_formation" "audit" {
  app_id   = heroku_app.audit.id
  type     = "web"
  quantity = var.audit_count
  size     = var.audit_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.audit]
}
