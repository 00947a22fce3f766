print("no application here")
