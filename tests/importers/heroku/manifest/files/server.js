require("http").createServer((_, answer) => answer.end("ahoy")).listen(process.env.PORT || 8080)
