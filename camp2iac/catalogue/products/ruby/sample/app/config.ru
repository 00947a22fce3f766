# Says what it was told.
require "words"

run ->(_environment) { [200, { "content-type" => "text/plain; charset=utf-8" }, [Words.said]] }
