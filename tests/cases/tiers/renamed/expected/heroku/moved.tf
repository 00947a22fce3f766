# Terraform renames what has another name in the plan now, in its state only. If it was renamed already, or never
# existed, these blocks have no effect.

# camp.yaml: the artifact front and the service front, previously site, web
moved {
  from = heroku_app.site
  to   = heroku_app.web
}

moved {
  from = heroku_app.web
  to   = heroku_app.front
}

moved {
  from = heroku_app_config_association.site
  to   = heroku_app_config_association.web
}

moved {
  from = heroku_app_config_association.web
  to   = heroku_app_config_association.front
}

moved {
  from = heroku_build.site
  to   = heroku_build.web
}

moved {
  from = heroku_build.web
  to   = heroku_build.front
}

moved {
  from = heroku_formation.site
  to   = heroku_formation.web
}

moved {
  from = heroku_formation.web
  to   = heroku_formation.front
}

# camp.yaml: the service store, previously database
moved {
  from = heroku_addon.database
  to   = heroku_addon.store
}

# camp.yaml: the secret key, previously token
moved {
  from = random_password.token
  to   = random_password.key
}
