require_relative "boot"
require "rails/all"

module Shelter
  class Application < Rails::Application
  end
end
