# camp.yaml: shop; region from environments/heroku.yaml
resource "heroku_app" "shop" {
  name       = var.shop_app_name
  region     = "eu"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
}

# camp.yaml: shop, configuration
resource "heroku_app_config_association" "shop" {
  app_id = heroku_app.shop.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/shop/.camp2iac/release"))
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
