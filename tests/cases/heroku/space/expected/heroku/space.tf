# environments/heroku.yaml: space
data "heroku_space" "space" {
  name = "harbour-dublin"
}
