# environments/heroku.yaml: space.
# Heroku bills a space from its creation, and deletes it only if it contains no apps.
resource "heroku_space" "space" {
  name         = "harbour-fir"
  organization = "harbour"
  region       = "dublin"
  generation   = "fir"

  lifecycle {
    # It holds data, so Terraform refuses to destroy or replace it. To allow that, write
    # `protect: false` in environments/heroku.yaml, or a list without harbour-fir.
    prevent_destroy = true
  }
}
