# camp.yaml: orders; region from environments/heroku.yaml
resource "heroku_app" "orders" {
  name       = var.orders_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "orders_name" {
  input = heroku_app.orders.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  orders_url = terraform_data.orders_name.output == null ? "" : trimsuffix(heroku_app.orders.web_url, "/")
}

# camp.yaml: orders, Env; environments/heroku.yaml: variables
resource "heroku_app_config_association" "orders" {
  app_id = heroku_app.orders.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/orders/.camp2iac/release"))
    STOCK_HOSTS      = local.stock_url
    WEB_CONCURRENCY  = "2"
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [heroku_addon.database]
}

# camp.yaml: orders, content
resource "heroku_build" "orders" {
  app_id = heroku_app.orders.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # orders/build/orders/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/orders", "./")
  }

  # Heroku releases a build immediately: its release command loads db/tables.sql into the
  # database, and its first dyno reads the configuration.
  depends_on = [
    heroku_addon.database,
    heroku_app_config_association.orders,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.orders.stack,
      heroku_app.orders.buildpacks,
    ]
  }
}

# camp.yaml: orders
resource "heroku_formation" "orders" {
  app_id   = heroku_app.orders.id
  type     = "web"
  quantity = var.orders_count
  size     = var.orders_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.orders]
}
