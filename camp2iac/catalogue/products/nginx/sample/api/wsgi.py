"""Answers with the path that it was asked for, and who asked whom."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{environ['PATH_INFO']} of {environ['HTTP_HOST']} for {environ['HTTP_X_FORWARDED_FOR']}\n".encode()]
