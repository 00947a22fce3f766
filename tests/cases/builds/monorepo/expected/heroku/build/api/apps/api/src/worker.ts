setInterval(() => console.log("work"), 60000);
