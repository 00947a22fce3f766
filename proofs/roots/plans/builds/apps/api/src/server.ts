import { createServer } from "node:http";
import { existsSync, writeFileSync } from "node:fs";
import ms from "ms";
import { greeting } from "words";

function writable(): boolean {
  try {
    writeFileSync("dist/new.js", "");
    return true;
  } catch {
    return false;
  }
}

createServer((_, answer) => {
  const found = ["typescript", "ms"].filter((name) => existsSync(`../../node_modules/${name}`));
  answer.end(`${greeting("api")}, ${ms(60000 as number)}, ${found.join("+")}, ${writable() ? "writable" : "read-only"}`);
}).listen(Number(process.env.PORT));
