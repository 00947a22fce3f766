Gem::Specification.new("words", "1") do |gem|
  gem.summary = "What the application was told"
  gem.authors = ["camp2iac"]
  gem.files = ["lib/words.rb"]
end
