// The pages. Reads TICKETS_URL, PEOPLE_URL, CALL_TOKEN and PORT. The service tickets reports changes to POST /changes.
import http from "node:http";
import { page } from "./page.js";

const { TICKETS_URL, PEOPLE_URL, CALL_TOKEN, PORT = "8080" } = process.env;
const WAIT = 5_000;
let changes = [];

function call(url, options = {}) {
  const headers = { Authorization: `Bearer ${CALL_TOKEN}`, ...options.headers };
  return fetch(url, { ...options, headers, signal: AbortSignal.timeout(WAIT) });
}

async function read(request, limit = 2_000_000) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > limit) throw new Error("too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function answer(request) {
  const { pathname } = new URL(request.url, "http://localhost");
  const photo = pathname.match(/^\/people\/([a-z]+)\/photo$/);
  if (photo && ["GET", "PUT"].includes(request.method)) {
    const body = request.method === "PUT" ? await read(request) : undefined;
    const found = await call(`${PEOPLE_URL}${pathname}`, { method: request.method, body });
    return [found.status, found.headers.get("content-type"), Buffer.from(await found.arrayBuffer())];
  }
  if (request.method === "GET" && pathname === "/healthz") return [200, "text/plain", "ok\n"];
  if (request.method === "POST" && pathname === "/changes") {
    if (request.headers.authorization !== `Bearer ${CALL_TOKEN}`) return [403, "text/plain", "not for you\n"];
    changes = [JSON.parse(await read(request)), ...changes].slice(0, 5);
    return [204];
  }
  if (request.method === "POST" && pathname === "/") {
    const form = new URLSearchParams((await read(request)).toString());
    const made = await call(`${TICKETS_URL}/tickets`, {
      method: "POST",
      body: JSON.stringify({ title: form.get("title"), person: form.get("person") }),
    });
    if (!made.ok) return [made.status, "text/plain", await made.text()];
    return [303, "text/plain", "", { Location: "/" }];
  }
  if (request.method === "GET" && pathname === "/") {
    const [tickets, people] = await Promise.all(
      [`${TICKETS_URL}/tickets`, `${PEOPLE_URL}/people`].map(async (url) => (await call(url)).json()),
    );
    return [200, "text/html; charset=utf-8", page(tickets, people, changes)];
  }
  return [404, "text/plain", "no such page\n"];
}

const server = http.createServer(async (request, response) => {
  let [status, type, body, headers] = [503, "text/plain", "the tickets do not answer\n", {}];
  try {
    [status, type = "text/plain", body = "", headers = {}] = await answer(request);
  } catch (fault) {
    console.error(fault);
  }
  response.writeHead(status, { "Content-Type": type, ...headers });
  response.end(body);
});

server.listen(Number(PORT), () => console.log(`listening on ${PORT}`));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
