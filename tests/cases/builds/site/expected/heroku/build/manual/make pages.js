require("fs").mkdirSync("public_html"); require("fs").writeFileSync("public_html/index.html", process.argv[3]);
