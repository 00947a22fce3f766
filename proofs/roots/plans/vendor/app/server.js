const { execFileSync } = require("child_process");
const version = execFileSync("node", ["--version"]).toString().split(".")[0];
require("http").createServer((_, answer) => answer.end(`${version}\n`)).listen(process.env.PORT || 8080);
