require("http").createServer((_, answer) => answer.end("mail\n")).listen(process.env.PORT);
