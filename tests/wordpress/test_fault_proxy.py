"""The proxy that makes things go wrong does what its names say: tests of deliveries lean on it."""

import http.client
import json
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.wordpress.fault_proxy import FaultProxy

POSTS = "/wp-json/wp/v2/posts"


class Echo(BaseHTTPRequestHandler):
    """Stands for a site: takes each request down and answers with its number and what was sent."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.news:
            self.server.heard.append((self.path, body))
            self.server.news.notify_all()
        said = json.loads(body) if body.startswith(b"{") else {}
        answer = json.dumps({"id": len(self.server.heard), **said}).encode().replace(b'": ', b'":')
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *_):
        pass


class Site(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Echo)
        self.heard, self.news = [], threading.Condition()

    def once_heard(self, requests: int) -> bool:
        """Wait until so many requests have come."""
        with self.news:
            return self.news.wait_for(lambda: len(self.heard) >= requests, timeout=30)


@pytest.fixture
def site():
    server = Site()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def proxy(site):
    with FaultProxy(site.server_address[1]) as proxy:
        yield proxy


def post(proxy, body=b'{"title":"x","status":"publish"}', path=POSTS, timeout=30, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=timeout)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_without_a_rule_all_passes_and_is_counted(proxy, site):
    status, _, body = post(proxy)
    assert (status, json.loads(body)["id"]) == (201, 1)
    assert (proxy.count("POST", POSTS), proxy.bytes_sent) == (1, 32)


def test_a_lost_answer_was_worked_on(proxy, site):
    proxy.rule("lost", times=1)
    with pytest.raises(http.client.RemoteDisconnected):
        post(proxy)
    assert len(site.heard) == 1
    assert post(proxy)[0] == 201


def test_a_timeout_comes_after_the_work(proxy, site):
    proxy.rule("timeout", times=1)
    with pytest.raises(TimeoutError):
        post(proxy, timeout=0.5)
    assert site.once_heard(1)


@pytest.mark.parametrize(
    ("fault", "status"), [("429", 429), ("503", 503), ("500", 500), ("403", 403), ("html200", 200), ("redirect", 301)]
)
def test_the_site_never_hears_of_these(proxy, site, fault, status):
    proxy.rule(fault)
    assert post(proxy)[0] == status
    assert site.heard == []


def test_too_many_requests_says_when_to_come_again(proxy):
    proxy.rule("429", seconds=7)
    assert post(proxy)[1]["Retry-After"] == "7"


def test_a_made_up_answer_looks_like_a_success(proxy, site):
    proxy.rule("pretend")
    status, _, body = post(proxy)
    assert (status, json.loads(body)["title"]["raw"], site.heard) == (201, "x", [])


def test_dropped_fields_never_reach_the_site(proxy, site):
    proxy.rule("dropped")
    post(proxy, b'{"title":"x","meta":{"crm_listing_id":"1","crm_price":5}}')
    assert json.loads(site.heard[0][1])["meta"] == {"crm_listing_id": "1"}


def test_a_moderated_post_is_not_published(proxy, site):
    proxy.rule("moderated")
    assert json.loads(post(proxy)[2])["status"] == "pending"


@pytest.mark.parametrize("fault", ["truncated", "empty", "notice", "html200_after"])
def test_these_answers_are_no_json(proxy, site, fault):
    proxy.rule(fault)
    body = post(proxy)[2]
    with pytest.raises(ValueError, match=r".*"):
        json.loads(body)
    assert len(site.heard) == 1


def test_an_answer_that_is_cut_is_shorter_than_it_says(proxy):
    proxy.rule("cut")
    with pytest.raises(http.client.IncompleteRead):
        post(proxy)


def test_rubbish_is_announced_as_gzip(proxy):
    proxy.rule("gzip")
    _, headers, body = post(proxy)
    assert headers["Content-Encoding"] == "gzip"
    with pytest.raises(zlib.error):
        zlib.decompress(body, 31)


def test_answers_may_name_another_post_or_be_of_another_shape(proxy):
    for fault in ("wrong_id", "shape", "null", "type", "no_id"):
        proxy.rule(fault, times=1)
    said = [post(proxy) for _ in range(5)]
    assert json.loads(said[0][2])["id"] == 1001
    assert isinstance(json.loads(said[1][2]), list)
    assert json.loads(said[2][2]) is None
    assert said[3][1]["Content-Type"] == "text/plain"
    assert json.loads(said[4][2])["id"] is None


def test_a_stale_read_gives_what_was_there_before(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=30)
    proxy.rule("stale", skip=1)
    said = []
    for _ in range(2):
        connection.request("GET", POSTS + "/1")
        said.append(json.loads(connection.getresponse().read())["id"])
    connection.close()
    assert said == [1, 1]


def test_a_rule_is_for_its_requests_only(proxy):
    proxy.rule("503", path="/media", times=1, skip=1)
    assert [post(proxy, path=path)[0] for path in (POSTS, "/wp-json/wp/v2/media", "/wp-json/wp/v2/media")] == [
        *(201, 201, 503)
    ]


def test_the_same_seed_gives_the_same_faults(proxy):
    def run(seed):
        proxy._times.clear()
        proxy.chances(seed=seed, _503=0.5)
        return [post(proxy, b'{"n":%d}' % number)[0] for number in range(20)]

    first = run(1)
    assert 0 < first.count(503) < 20
    assert run(1) == first
    assert run(2) != first


def test_a_picture_that_the_site_took_twice_is_told_whatever_the_form_around_it(proxy):
    def form(boundary):
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'.encode()
        body = head + b"Content-Type: image/jpeg\r\n\r\n\xff\xd8\x00picture\r\n--" + boundary.encode() + b"--\r\n"
        return post(
            proxy, body, "/wp-json/wp/v2/media", **{"Content-Type": f"multipart/form-data; boundary={boundary}"}
        )

    proxy.rule("503", times=1)
    form("one")
    form("two")
    assert proxy.photos_taken_twice() == []  # the first never arrived
    form("three")
    assert len(proxy.photos_taken_twice()) == 1
    assert proxy.photo_bytes == 3 * len(b"\xff\xd8\x00picture")
