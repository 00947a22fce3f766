console.log("work")
