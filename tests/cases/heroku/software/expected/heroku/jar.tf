# camp.yaml: jar
resource "heroku_app" "jar" {
  name       = var.jar_app_name
  region     = "us"
  stack      = "heroku-26"
  buildpacks = ["heroku/jvm"]
}

# camp.yaml: jar, configuration
resource "heroku_app_config_association" "jar" {
  app_id = heroku_app.jar.id

  vars = {
    JAVA_OPTS = "-Xmx256m"
  }
}

# camp.yaml: jar, ConnectTo cache: MEMCACHIER
resource "heroku_addon_attachment" "jar_memcachier" {
  app_id   = heroku_app.jar.id
  addon_id = heroku_addon.cache.id
  name     = "MEMCACHIER"
}

# camp.yaml: jar, ConnectTo store: STORE_URL
resource "heroku_addon_attachment" "jar_store" {
  app_id   = heroku_app.jar.id
  addon_id = heroku_addon.store.id
  name     = "STORE"
}

# camp.yaml: jar, content
resource "heroku_build" "jar" {
  app_id = heroku_app.jar.id

  # Without the "./" of path.module in a root module. With it, the provider packs
  # jar/build/jar/Procfile, and Heroku finds no application.
  source {
    path = trimprefix("${path.module}/build/jar", "./")
  }

  # Heroku releases a build immediately: its first dyno reads the configuration.
  depends_on = [
    heroku_addon.store,
    heroku_addon_attachment.jar_memcachier,
    heroku_addon_attachment.jar_store,
    heroku_app_config_association.jar,
  ]

  # Another stack or buildpacks of the app comes into effect only with a build.
  lifecycle {
    replace_triggered_by = [
      heroku_app.jar.stack,
      heroku_app.jar.buildpacks,
    ]
  }
}

# camp.yaml: jar
resource "heroku_formation" "jar" {
  app_id   = heroku_app.jar.id
  type     = "web"
  quantity = var.jar_count
  size     = var.jar_dyno_size

  # The process type exists only after a build with this Procfile.
  depends_on = [heroku_build.jar]
}
