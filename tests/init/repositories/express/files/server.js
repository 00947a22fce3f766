const express = require("express");

const app = express();
const database = process.env.DATABASE_URL;
const cache = process.env.REDIS_URL;
const secret = process.env.SESSION_SECRET;
app.listen(process.env.PORT || 3000);
