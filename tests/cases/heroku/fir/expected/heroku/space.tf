# environments/heroku.yaml: space.
# Heroku bills a space from its creation, and deletes it only if it contains no apps.
resource "heroku_space" "space" {
  name         = "harbour-fir"
  organization = "harbour"
  region       = "dublin"
  generation   = "fir"
}
