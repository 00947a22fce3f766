require "rubywords"
run ->(_) { [200, { "content-type" => "text/plain" }, ["#{WORD} by #{File.basename(Dir.pwd)}"]] }
