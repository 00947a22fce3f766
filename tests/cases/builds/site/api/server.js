require("http").createServer((_, answer) => answer.end(require("ms")(60000))).listen(process.env.PORT);
