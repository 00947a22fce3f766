Rails.application.config.secret_key_base = ENV.fetch("SECRET_KEY_BASE")
REDIS = ENV.fetch("REDIS_URL")
