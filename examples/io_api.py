"""I/O-bound, fetching data from an API: a server on this machine that answers after a while is asked for records."""
import asyncio
import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from comparison import compare

REQUESTS = 8


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(0.05)  # the latency of a service
        number = int(self.path.rsplit("/", 1)[1])
        body = json.dumps({"id": number, "square": number * number}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = REQUESTS


def fetch(port, number):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/record/{number}") as response:
        return json.load(response)["square"]


def sequential(port):
    return [fetch(port, number) for number in range(REQUESTS)]


def threads(port):
    with ThreadPoolExecutor(REQUESTS) as pool:
        return list(pool.map(lambda number: fetch(port, number), range(REQUESTS)))


async def fetch_async(port, number):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /record/{number} HTTP/1.0\r\n\r\n".encode())
    await writer.drain()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return json.loads(answer.partition(b"\r\n\r\n")[2])["square"]


async def concurrently(port):
    return await asyncio.gather(*(fetch_async(port, number) for number in range(REQUESTS)))


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    port = server.server_address[1]
    squares = compare(
        "Asking an API",
        sequential=lambda: sequential(port),
        threads=lambda: threads(port),
        asyncio=lambda: asyncio.run(concurrently(port)),
    )
    server.shutdown()
    server.server_close()
    print(f"squares: {squares}")
