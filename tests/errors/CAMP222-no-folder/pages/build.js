require("fs").writeFileSync("index.html", "Hello")
