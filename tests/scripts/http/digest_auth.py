# Name and password as hashes, and without being asked, against a server in the same process.
import hashlib
import http.server
import threading
import urllib.error
import urllib.request
from urllib.request import parse_http_list, parse_keqv_list


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


class Page(http.server.BaseHTTPRequestHandler):
    challenge = 'Digest realm="place", nonce="n1", qop="auth", opaque="o", algorithm="MD5"'

    def do_GET(self):
        given = self.headers["Authorization"]
        seen.append(given and given.split()[0])
        if self.path == "/basic":
            ok = given == "Basic bWU6c2VjcmV0"
        else:
            ok = given and given.startswith("Digest ") and self.right(given)
        self.send_response(200 if ok else 401)
        if not ok:
            self.send_header("WWW-Authenticate", self.challenge)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok" if ok else b"no")

    def right(self, given):
        fields = parse_keqv_list(parse_http_list(given[7:]))
        names.append(sorted(fields))
        secret, request = md5("me:place:secret"), md5(f"GET:{self.path}")
        middle = fields["nonce"]
        if "qop" in fields:
            middle += f":{fields['nc']}:{fields['cnonce']}:{fields['qop']}"
        return fields["response"] == md5(f"{secret}:{middle}:{request}")

    def log_message(self, *args):
        pass


seen, names = [], []
server = http.server.HTTPServer(("127.0.0.1", 0), Page)
thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
thread.start()
root = f"http://127.0.0.1:{server.server_port}"


def ask(path, password):
    handler = urllib.request.HTTPDigestAuthHandler()
    handler.add_password("place", root, "me", password)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), handler)
    try:
        with opener.open(root + path) as response:
            return response.status, response.read()
    except (urllib.error.URLError, ValueError) as e:
        return type(e).__name__, str(e)
    finally:
        print(seen, names)
        seen.clear(), names.clear()


print(ask("/page?x=1", "secret"))
Page.challenge = 'Digest realm="place", nonce="n2"'
print(ask("/", "secret"))
print(ask("/", "wrong"))
Page.challenge = 'Digest realm="elsewhere", nonce="n2"'
print(ask("/", "secret"))
for challenge in (
    'Digest realm="place", nonce="n", algorithm="WHAT"', 'Digest realm="place", nonce="n", qop="auth-int"', "Other x",
    'Basic realm="place"',
):
    Page.challenge = challenge
    print(ask("/", "secret"))

# Unasked.
manager = urllib.request.HTTPPasswordMgrWithPriorAuth()
manager.add_password(None, root, "me", "secret", is_authenticated=True)
opener = urllib.request.build_opener(
    urllib.request.ProxyHandler({}), urllib.request.HTTPBasicAuthHandler(manager))
print(opener.open(root + "/basic").read(), seen)
print(manager.is_authenticated(root + "/basic"), manager.is_authenticated("http://other/"))
manager.update_authenticated(root, False)
print(manager.is_authenticated(root), manager.find_user_password("any", root + "/x"))
print(manager.reduce_uri("http://host/a"), manager.reduce_uri("host"), manager.reduce_uri("http://host/a", False))
print(manager.is_suburi(("h", "/a"), ("h", "/a/b")), manager.is_suburi(("h", "/a"), ("h", "/ab")))
server.shutdown()
thread.join()
server.server_close()
