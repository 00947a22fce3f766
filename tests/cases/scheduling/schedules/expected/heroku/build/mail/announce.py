print("announce")
