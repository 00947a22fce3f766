import express from "express";
import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const app = express();
app.get("/", async (_, answer) => answer.json((await pool.query("select 1")).rows));
app.listen(process.env.PORT || 3000);
