require("http").createServer((request, response) => response.end(process.env.GREETING)).listen(process.env.PORT);
