const http = require("http");
const net = require("net");

const database = new URL(process.env.DATABASE_URL);

http
  .createServer((request, response) => {
    const socket = net.connect(Number(database.port || 3306), database.hostname);
    const answer = (status, text) => {
      socket.destroy();
      response.writeHead(status, { "Content-Type": "text/plain" });
      response.end(`${text}\n`);
    };
    socket.once("data", () => answer(200, "the database speaks"));
    socket.once("error", (error) => answer(503, error.message));
  })
  .listen(Number(process.env.PORT || 3000));
