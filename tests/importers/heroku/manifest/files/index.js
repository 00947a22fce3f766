console.log("index")
