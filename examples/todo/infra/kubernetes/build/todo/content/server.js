// A list of things to do. GET / lists, POST / with a text adds, DELETE /<id> removes. Reads MONGO_URL or MONGODB_URL, and PORT.
"use strict";

const http = require("node:http");
const { MongoClient, ObjectId } = require("mongodb");

const url = process.env.MONGO_URL || process.env.MONGODB_URL;
const client = new MongoClient(url);
const tasks = () => client.db().collection("tasks");

function body(request) {
  return new Promise((resolve, reject) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (part) => {
      text += part;
      if (text.length > 10_000) reject(new Error("too long"));
    });
    request.on("end", () => resolve(text));
    request.on("error", reject);
  });
}

async function answer(request) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (request.method === "GET" && pathname === "/") {
    const found = await tasks().find().sort({ _id: 1 }).toArray();
    return [200, found.map(({ _id, text, done }) => ({ id: _id, text, done }))];
  }
  if (request.method === "POST" && pathname === "/") {
    const text = (await body(request)).trim();
    if (!text) return [400, { error: "say what is to be done" }];
    const { insertedId } = await tasks().insertOne({ text, done: false });
    return [201, { id: insertedId, text, done: false }];
  }
  if (request.method === "DELETE" && ObjectId.isValid(pathname.slice(1))) {
    const { deletedCount } = await tasks().deleteOne({ _id: new ObjectId(pathname.slice(1)) });
    return deletedCount ? [200, {}] : [404, { error: "no such task" }];
  }
  return [404, { error: "no such page" }];
}

const server = http.createServer(async (request, response) => {
  let status = 500;
  let content = { error: "the list cannot be reached" };
  try {
    [status, content] = await answer(request);
  } catch (fault) {
    console.error(fault);
  }
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(content) + "\n");
});

server.listen(Number(process.env.PORT || 3000), () => console.log(`listening on ${server.address().port}`));
process.on("SIGTERM", () => server.close(() => client.close().then(() => process.exit(0))));
