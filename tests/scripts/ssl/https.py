"""HTTPS and asyncio over TLS."""
import asyncio
import http.client
import http.server
import os
import ssl
import threading
import urllib.error
import urllib.request

folder = os.path.dirname(os.path.abspath(__file__))
CERT, KEY = (os.path.join(folder, name) for name in ("cert.pem", "key.pem"))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"path {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))[::-1]
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass


server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server_context.load_cert_chain(CERT, KEY)
client_context = ssl.create_default_context(cafile=CERT)
server = Server(("127.0.0.1", 0), Handler)
server.socket = server_context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
port = server.server_address[1]
thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
thread.start()

with urllib.request.urlopen(f"https://localhost:{port}/a?b=c", context=client_context) as response:
    print(response.status, response.read(), response.url.split("/")[0])
opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=client_context))
print(opener.open(f"https://127.0.0.1:{port}/opened", data=b"xyz").read())
connection = http.client.HTTPSConnection("localhost", port, context=client_context, timeout=10)
connection.request("GET", "/one")
print(connection.getresponse().read())
connection.request("POST", "/two", b"hello")
response = connection.getresponse()
print(response.status, response.read(), type(connection.sock).__name__)
connection.close()
try:
    urllib.request.urlopen(f"https://localhost:{port}/", timeout=10)
except urllib.error.URLError as e:
    print(type(e.reason).__name__, e.reason.reason)
print(ssl.get_server_certificate(("127.0.0.1", port)) == open(CERT).read())
server.shutdown()
thread.join()
server.server_close()


async def main():
    async def serve(reader, writer):
        while line := await reader.read(70000):
            writer.write(line.upper())
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=server_context)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_context, server_hostname="localhost")
    tls = writer.get_extra_info("ssl_object")
    print(type(tls).__name__, tls.version() in ("TLSv1.2", "TLSv1.3"), writer.get_extra_info("peercert")["subject"][-1],
          writer.get_extra_info("cipher")[2] in (128, 256), writer.get_extra_info("sslcontext") is client_context)
    writer.write(b"hello\n")
    print(await reader.readline())
    writer.write(b"x" * 200000 + b"\n")
    await writer.drain()
    print(len(await reader.readexactly(200001)))
    lines = await asyncio.gather(*(ask(port, n) for n in range(5)))
    print(lines)
    writer.close()
    await writer.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port, ssl=client_context, server_hostname="wrong.test")
    except ssl.SSLCertVerificationError as e:
        print(e.verify_message)
    try:
        await asyncio.open_connection("127.0.0.1", port, server_hostname="x")
    except ValueError as e:
        print(e)
    server.close()
    await server.wait_closed()


async def ask(port, n):
    reader, writer = await asyncio.open_connection("localhost", port, ssl=client_context, family=2)
    writer.write(b"line %d\n" % n)
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return line


asyncio.run(main())
