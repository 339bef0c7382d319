"""Servers of the module socketserver, which are asked by sockets of the same program."""
import os
import socket
import socketserver
import tempfile
import threading


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Datagram(socketserver.DatagramRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read()[::-1])


class Plain(socketserver.BaseRequestHandler):
    def setup(self):
        print("setup", self.server.__class__.__name__)

    def handle(self):
        self.request.sendall(b"<" + self.request.recv(100) + b">")

    def finish(self):
        print("finish")


def ask(address, data, family=socket.AF_INET):
    with socket.socket(family) as s:
        s.connect(address)
        s.sendall(data)
        s.shutdown(socket.SHUT_WR)
        with s.makefile("rb") as f:
            return f.read()


def served(server, question):
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        print(type(server).__name__, question(server.server_address))
        server.shutdown()
        thread.join()
    print(server.socket.fileno())


LOCAL = "127.0.0.1", 0
served(socketserver.TCPServer(LOCAL, Echo), lambda a: ask(a, b"one\ntwo\n"))
served(socketserver.ThreadingTCPServer(LOCAL, Echo), lambda a: [ask(a, b"%d abc\n" % i) for i in range(3)])
served(socketserver.ForkingTCPServer(LOCAL, Echo), lambda a: ask(a, b"child\n"))
path = os.path.join(tempfile.mkdtemp(), "socket")
served(socketserver.UnixStreamServer(path, Echo), lambda a: ask(a, b"unix\n", socket.AF_UNIX))


def datagram(address):
    with socket.socket(type=socket.SOCK_DGRAM) as s:
        s.sendto(b"backwards", address)
        return s.recv(100)


served(socketserver.UDPServer(LOCAL, Datagram), datagram)
served(socketserver.ThreadingUDPServer(LOCAL, Datagram), datagram)

# One request at a time.
with socketserver.TCPServer(LOCAL, Plain) as server:
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    print(ask(server.server_address, b"hello"))
    thread.join()
    server.timeout = 0.01
    server.handle_timeout = lambda: print("timeout")
    server.handle_request()


class Broken(socketserver.BaseRequestHandler):
    def handle(self):
        raise ValueError("broken")


class Choosy(socketserver.TCPServer):
    allow_reuse_address = True
    refuse = False

    def verify_request(self, request, client_address):
        return not self.refuse

    def handle_error(self, request, client_address):
        import sys
        print("error", repr(sys.exception()))

    def service_actions(self):
        self.refuse = True


served(Choosy(LOCAL, Broken), lambda a: (ask(a, b""), ask(a, b"")))

taken = socketserver.TCPServer(LOCAL, Plain)
try:
    socketserver.TCPServer(taken.server_address, Plain)
except OSError as e:
    print(type(e), e)
taken.server_close()

unbound = socketserver.TCPServer(LOCAL, Plain, bind_and_activate=False)
unbound.server_bind()
print(unbound.server_address[1] > 0, unbound.request_queue_size, unbound.allow_reuse_address, unbound.timeout)
unbound.server_close()
print(socketserver.ThreadingMixIn.daemon_threads, socketserver.ThreadingMixIn.block_on_close)
