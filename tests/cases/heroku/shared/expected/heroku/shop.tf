# camp.yaml: shop
resource "heroku_app" "shop" {
  name       = var.shop_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/python"]
  acm        = true

  # Heroku now calls this a team.
  organization {
    name = "harbour"
  }
}

# camp.yaml: shop, Env; environments/heroku.yaml: variables
resource "heroku_app_config_association" "shop" {
  app_id = heroku_app.shop.id

  vars = {
    CAMP2IAC_RELEASE = trimspace(file("${path.module}/build/shop/.camp2iac/release"))
    OFFICE           = local.office_url
  }

  # A change of the configuration runs the release command, which needs the add-ons: they are
  # destroyed later.
  depends_on = [
    heroku_addon.archive,
    heroku_addon.database,
    heroku_addon_attachment.shop_archive,
    heroku_addon_attachment.shop_cache,
    heroku_addon_attachment.shop_redis,
  ]
}

# camp.yaml: shop, ConnectTo archive: ARCHIVE_URL
resource "heroku_addon_attachment" "shop_archive" {
  app_id   = heroku_app.shop.id
  addon_id = heroku_addon.archive.id
  name     = "ARCHIVE"
}

# camp.yaml: shop, ConnectTo cache: CACHE_URL
resource "heroku_addon_attachment" "shop_cache" {
  app_id   = heroku_app.shop.id
  addon_id = heroku_addon.cache.id
  name     = "CACHE"
}

# camp.yaml: shop, ConnectTo cache: REDIS_URL
resource "heroku_addon_attachment" "shop_redis" {
  app_id   = heroku_app.shop.id
  addon_id = heroku_addon.cache.id
  name     = "REDIS"
}

# camp.yaml: shop, content
resource "heroku_build" "shop" {
  app_id = heroku_app.shop.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # shop/build/shop/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/shop", "./")
  }

  # Heroku releases a build immediately: its release command loads tables.sql into the
  # database, and its first dyno reads the configuration.
  depends_on = [
    heroku_addon.archive,
    heroku_addon.database,
    heroku_addon_attachment.shop_archive,
    heroku_addon_attachment.shop_cache,
    heroku_addon_attachment.shop_redis,
    heroku_app_config_association.shop,
  ]

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

# environments/heroku.yaml: domains
resource "heroku_domain" "shop_shop_example_com" {
  app_id   = heroku_app.shop.id
  hostname = "shop.example.com"
}
