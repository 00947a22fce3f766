require("http").createServer((_, answer) => answer.end("tasks\n")).listen(process.env.PORT);
