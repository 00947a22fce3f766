import express from "express"; import { greeting } from "@greetings/words"; express().get("/", (_, answer) => answer.send(greeting)).listen(process.env.PORT);
