const { mkdirSync, writeFileSync } = require("node:fs");
const { greeting } = require("words");

mkdirSync("pages", { recursive: true });
writeFileSync("pages/index.html", greeting("site"));
