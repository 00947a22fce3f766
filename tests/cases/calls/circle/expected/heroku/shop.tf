# camp.yaml: shop; region from environments/heroku.yaml
resource "heroku_app" "shop" {
  name       = var.shop_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# Its output is unknown while Terraform renames the app.
resource "terraform_data" "shop_name" {
  input = heroku_app.shop.name
}

locals {
  # For other apps. Known after the apply if that renames the app, so that they get the new URL at once.
  shop_url = terraform_data.shop_name.output == null ? "" : trimsuffix(heroku_app.shop.web_url, "/")
}

# camp.yaml: shop, configuration
resource "heroku_app_config_association" "shop" {
  app_id = heroku_app.shop.id

  vars = {
    STOCK_HOST = trimprefix(local.stock_url, "https://")
    STOCK_PORT = "443"
    STOCK_URL  = local.stock_url
  }
}

# camp.yaml: shop, content
resource "heroku_build" "shop" {
  app_id = heroku_app.shop.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # shop/build/shop/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/shop", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [heroku_app_config_association.shop]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.shop.stack,
      heroku_app.shop.buildpacks,
    ]
  }
}

# camp.yaml: shop
resource "heroku_formation" "shop" {
  app_id   = heroku_app.shop.id
  type     = "web"
  quantity = var.shop_count
  size     = var.shop_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.shop]
}
