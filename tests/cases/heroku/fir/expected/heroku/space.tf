# environments/heroku.yaml: space.
# Heroku bills a space from the day it is made, and destroys it only when no app is left in
# it.
resource "heroku_space" "space" {
  name         = "harbour-fir"
  organization = "harbour"
  region       = "dublin"
  generation   = "fir"
}
