# camp.yaml: shop
resource "heroku_app" "shop" {
  name       = var.shop_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/nodejs"]
}

# camp.yaml: shop, content
resource "heroku_build" "shop" {
  app_id = heroku_app.shop.id

  source {
    url      = "https://downloads.example.com/shop-1.2.tar.gz"
    checksum = "SHA256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  }

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
