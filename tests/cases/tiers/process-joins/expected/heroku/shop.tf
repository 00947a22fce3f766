# camp.yaml: shop
resource "heroku_app" "shop" {
  name       = var.shop_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/ruby"]
}

# camp.yaml: shop, ConnectTo queue: QUEUE_URL
resource "heroku_addon_attachment" "shop_queue" {
  app_id   = heroku_app.shop.id
  addon_id = heroku_addon.queue.id
  name     = "QUEUE"
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
  depends_on = [
    heroku_addon.cache,
    heroku_addon.queue,
    heroku_addon_attachment.shop_queue,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.shop.stack,
      heroku_app.shop.buildpacks,
    ]
  }
}

# camp.yaml: shop, Process: web
resource "heroku_formation" "shop" {
  app_id   = heroku_app.shop.id
  type     = "web"
  quantity = var.shop_count
  size     = var.shop_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.shop]
}

# camp.yaml: shop, Process: clock
resource "heroku_formation" "shop_clock" {
  app_id   = heroku_app.shop.id
  type     = "clock"
  quantity = var.shop_clock_count
  size     = var.shop_clock_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.shop,
    heroku_formation.shop,
  ]

  lifecycle {
    precondition {
      condition     = var.shop_clock_count < 2 || !contains(["eco", "basic"], lower(var.shop_clock_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}

# camp.yaml: shop, Process: worker
resource "heroku_formation" "shop_worker" {
  app_id   = heroku_app.shop.id
  type     = "worker"
  quantity = var.shop_worker_count
  size     = var.shop_worker_dyno_size

  # The process type exists only after a build with this Procfile. A build starts one basic
  # web dyno, which Heroku does not mix with larger ones.
  depends_on = [
    heroku_build.shop,
    heroku_formation.shop,
  ]

  lifecycle {
    precondition {
      condition     = var.shop_worker_count < 2 || !contains(["eco", "basic"], lower(var.shop_worker_dyno_size))
      error_message = "Heroku runs only one eco or basic dyno per process type: set another size, or one dyno."
    }
  }
}
