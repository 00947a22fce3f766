def balance():
    return 0
