module Words
  def self.said = ENV.fetch("GREETING")
end
