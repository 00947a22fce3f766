"""A page has the plan's theme, a post and the plan's variables. Its administrator logs in. Uploads are kept."""

import html

from roots.fleet import Fleet


def use(fleet: Fleet) -> str:
    url = f"http://{fleet.address('blog')}:8080"
    page = html.unescape(fleet.curl(f"{url}/", seconds=120))
    assert "<h1>It's high tide</h1>" in page
    assert 'it\'s "here", ${HOME}' in page
    assert "Hello world!" in page

    def asked(path: str, *words: str) -> str:
        return fleet.curl(f"{url}/{path}", "--no-fail", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", *words)

    login = ("--cookie", "wordpress_test_cookie=1", "--data-urlencode", "log=editor", "--data-urlencode")
    assert asked("wp-login.php", *login, f"pwd={fleet.password}") == f"302 {url}/wp-admin/"
    assert asked("wp-login.php", *login, "pwd=wrong").startswith("200")
    assert asked("wp-content/themes/tide/style.css").startswith("200")
    assert asked("wp-config.php").startswith("403")
    fleet.sh("blog", "runuser -u www-data -- touch /var/lib/wordpress/wp-content/uploads/kept")
    assert fleet.sh("blog", "find /srv/data -name kept").strip()
    return fleet.sh("database", "mariadb -Ne 'select ID, post_title, post_date from wp_posts' wordpress-sample")
