const HEALTH = 200;
const server = require("http").createServer((request, response) => {
  response.statusCode = request.url === "/health" ? HEALTH : 200;
  response.end(`${process.env.TITLE} one`);
});
server.listen(process.env.PORT);
