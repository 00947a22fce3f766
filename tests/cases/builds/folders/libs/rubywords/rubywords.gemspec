Gem::Specification.new("rubywords", "1") do |gem|
  gem.summary = "A word"
  gem.authors = ["camp2iac"]
  gem.files = ["lib/rubywords.rb"]
end
