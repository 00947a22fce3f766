# Credentials come from HEROKU_API_KEY or ~/.netrc. Do not write them into this folder.
provider "heroku" {
  # Keeps the configuration that add-ons set out of the state: DATABASE_URL contains a
  # password.
  customizations {
    set_app_all_config_vars_in_state = false
    set_addon_config_vars_in_state   = false
  }
}
