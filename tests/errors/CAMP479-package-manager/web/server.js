require("http").createServer((_, answer) => answer.end()).listen(process.env.PORT)
