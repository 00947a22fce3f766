port ENV.fetch("PORT", 3000)
threads 1, 5
