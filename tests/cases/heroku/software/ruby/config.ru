run ->(env) { [200, { "content-type" => "text/plain" }, [ENV.fetch("GREETING", "ok")]] }
