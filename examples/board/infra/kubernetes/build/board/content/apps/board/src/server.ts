/** Serves the page, and passes each note to all browsers, whichever instance they are connected to. */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { parse, type Note } from "@board/notes";
import { WebSocket, WebSocketServer } from "ws";
import { Store } from "./store.js";

const { PORT = "8080", REDIS_URL = "redis://127.0.0.1:6379", TITLE = "Board" } = process.env;
const PAGE = await readFile(new URL("../public/index.html", import.meta.url), "utf8");
const QUIET = 25_000; // load balancers close a connection that is silent for 50 seconds

const store = new Store(REDIS_URL);
const server = createServer((request, response) => void answer(request, response));
const sockets = new WebSocketServer({ server, path: "/notes", maxPayload: 4096 });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === "/healthz") {
    const healthy = await store.ping().then(() => true, () => false);
    response.writeHead(healthy ? 200 : 503).end();
  } else if (request.url === "/") {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(PAGE.replaceAll("{title}", () => escape(TITLE)));
  } else {
    response.writeHead(404).end("Not found\n");
  }
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);
}

sockets.on("connection", async (socket) => {
  socket.on("message", (data) => void receive(socket, String(data)));
  socket.on("error", (error) => console.error("WebSocket:", error.message));
  socket.send(JSON.stringify(await store.all()));
});

async function receive(socket: WebSocket, message: string): Promise<void> {
  const note = parse(message);
  if ("error" in note) {
    socket.send(JSON.stringify(note));
  } else {
    await store.add(note);
  }
}

function show(note: Note): void {
  for (const socket of sockets.clients) {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify([note]));
  }
}

setInterval(() => sockets.clients.forEach((socket) => socket.ping()), QUIET);
process.on("SIGTERM", () => process.exit());
await store.connect(show);
server.listen(Number(PORT), () => console.log(`listening on port ${PORT} with Node.js ${process.version}`));
