# camp.yaml: web; region from environments/heroku.yaml
resource "heroku_app" "web" {
  name   = var.web_app_name
  region = "dublin"
  space  = heroku_space.space.name

  # Heroku now calls this a team.
  organization {
    name = "harbour"
  }
}

# camp.yaml: web, content
resource "heroku_build" "web" {
  app_id = heroku_app.web.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # web/build/web/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/web", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_addon.database]
}

# camp.yaml: runtime, Scale
resource "heroku_formation" "web" {
  app_id   = heroku_app.web.id
  type     = "web"
  quantity = var.web_count
  size     = var.web_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.web]
}

# environments/heroku.yaml: telemetry
resource "heroku_telemetry_drain" "web_otel_example_com_4dae1c" {
  owner_id      = heroku_app.web.id
  owner_type    = "app"
  endpoint      = "https://otel.example.com/v1"
  exporter_type = "otlphttp"
  signals       = ["logs", "metrics", "traces"]

  headers = {
    x-api-key = var.otel_key
    x-service = "web"
  }
}

# environments/heroku.yaml: telemetry
resource "heroku_telemetry_drain" "web_otel_example_com_4317" {
  owner_id      = heroku_app.web.id
  owner_type    = "app"
  endpoint      = "otel.example.com:4317"
  exporter_type = "otlp"
  signals       = ["logs"]

  headers = {
    x-api-key = var.otel_key
  }
}
