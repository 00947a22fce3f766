def app(environ, start):
    return []
