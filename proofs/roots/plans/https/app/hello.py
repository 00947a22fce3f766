"""Says by which scheme users came."""


def app(environ, start_response):
    body = f"{environ['wsgi.url_scheme']} {environ.get('HTTP_X_FORWARDED_FOR', '')}\n".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
