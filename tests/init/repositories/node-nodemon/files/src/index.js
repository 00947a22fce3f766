const { WebSocketServer } = require("ws");

require("mongoose").connect(process.env.MONGODB_URL);
new WebSocketServer({ port: process.env.PORT });
