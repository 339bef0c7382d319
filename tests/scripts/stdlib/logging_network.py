# Handlers that send records away, against servers in the same process.
import http.server
import logging
import logging.handlers
import pickle
import socket
import threading
import urllib.parse


def record(message, *args, level=logging.WARNING):
    return logging.LogRecord("name", level, "file.py", 7, message, args, None)


# A stream: four bytes of length, then the pickled attributes.
server = socket.create_server(("127.0.0.1", 0))
handler = logging.handlers.SocketHandler(*server.getsockname())
handler.emit(record("hello %s", "world"))
connection, _ = server.accept()
handler.emit(record("again"))
handler.close()
data = b"".join(iter(lambda: connection.recv(4096), b""))
connection.close()
server.close()
while data:
    size = int.from_bytes(data[:4], "big")
    fields = pickle.loads(data[4:4 + size])
    data = data[4 + size:]
    made = logging.makeLogRecord(fields)
    print(made.getMessage(), made.levelname, made.args, made.exc_info, made.lineno, made.name)
print(handler.sock, handler.retryTime, handler.retryStart, handler.retryMax, handler.retryFactor)

# Without a server, records are lost, and the next attempt waits.
handler = logging.handlers.SocketHandler("127.0.0.1", 1)
handler.emit(record("lost"))
print(handler.sock, handler.retryTime is not None, handler.retryPeriod)
handler.close()

# Datagrams.
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
handler = logging.handlers.DatagramHandler(*receiver.getsockname())
handler.handle(record("datagram %d", 5))
data = receiver.recv(4096)
print(logging.makeLogRecord(pickle.loads(data[4:])).msg)
handler.close()

# The system's log.
handler = logging.handlers.SysLogHandler(receiver.getsockname(), "mail")
for level in (logging.DEBUG, logging.ERROR, logging.CRITICAL, 35):
    handler.handle(record("to the log", level=level))
    print(receiver.recv(4096))
handler.ident, handler.append_nul = "me: ", False
handler.handle(record("é"))
print(receiver.recv(4096))
print(handler.encodePriority("user", "alert"), handler.encodePriority(2, 3), handler.mapPriority("INFO"))
handler.close()
receiver.close()
print(logging.handlers.SysLogHandler.LOG_LOCAL7, logging.handlers.SysLogHandler.facility_names["cron"])


# A web server.
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        seen.append((self.command, path, urllib.parse.parse_qs(query)["msg"]))
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-length"])).decode()
        seen.append((self.command, self.path, urllib.parse.parse_qs(body)["levelname"], self.headers["Authorization"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


seen = []
web = http.server.HTTPServer(("127.0.0.1", 0), Page)
thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
thread.start()
host = "127.0.0.1:%d" % web.server_port
logging.handlers.HTTPHandler(host, "/log").handle(record("by get"))
logging.handlers.HTTPHandler(host, "/log", "post", credentials=("me", "secret")).handle(record("by post"))
web.shutdown()
thread.join()
web.server_close()
print(seen)
for wrong in {"method": "PUT"}, {"context": object()}:
    try:
        logging.handlers.HTTPHandler("host", "/", **wrong)
    except ValueError as e:
        print(e)

mail = logging.handlers.SMTPHandler(("host", 25), "from", "to", "subject", ("user", "password"))
print(mail.mailhost, mail.mailport, mail.toaddrs, mail.username, mail.getSubject(None), mail.timeout)

# A target gets what a buffer has kept.
class Kept(logging.Handler):
    def emit(self, record):
        print("target:", record.getMessage())


memory = logging.handlers.MemoryHandler(3, logging.ERROR, Kept())
for n in range(4):
    memory.handle(record("number %d", n))
memory.handle(record("at once", level=logging.ERROR))
memory.handle(record("last"))
memory.close()
logging.shutdown()
