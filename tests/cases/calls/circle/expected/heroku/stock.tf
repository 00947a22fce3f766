# camp.yaml: stock; region from environments/heroku.yaml
resource "heroku_app" "stock" {
  name       = var.stock_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "stock_name" {
  input = heroku_app.stock.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  stock_url = terraform_data.stock_name.output == null ? "" : trimsuffix(heroku_app.stock.web_url, "/")
}

# camp.yaml: stock, configuration
resource "heroku_app_config_association" "stock" {
  app_id = heroku_app.stock.id

  vars = {
    JOURNAL_HOST = trimprefix(local.audit_url, "https://")
    JOURNAL_PORT = "443"
    JOURNAL_URL  = local.audit_url
    SHOP_HOST    = trimprefix(local.shop_url, "https://")
    SHOP_PORT    = "443"
    SHOP_URL     = local.shop_url
  }
}

# camp.yaml: stock, content
resource "heroku_build" "stock" {
  app_id = heroku_app.stock.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # stock/build/stock/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/stock", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.stock]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.stock.stack,
      heroku_app.stock.buildpacks,
    ]
  }
}

# camp.yaml: stock
resource "heroku_formation" "stock" {
  app_id   = heroku_app.stock.id
  type     = "web"
  quantity = var.stock_count
  size     = var.stock_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.stock]
}
