"""TLS over sockets: both sides, certificates, timeouts, the end."""
import os
import socket
import ssl
import threading

folder = os.path.dirname(os.path.abspath(__file__))
CERT, KEY, OTHER = (os.path.join(folder, name) for name in ("cert.pem", "key.pem", "other_cert.pem"))


def server_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERT, KEY)
    return context


def serve(context, handle, count=1):
    """Starts a server in a thread; what its handler returns or raises comes at the end."""
    listener = socket.create_server(("127.0.0.1", 0))
    results = []

    def run():
        for _ in range(count):
            sock, _ = listener.accept()
            sock.settimeout(10)
            try:
                with context.wrap_socket(sock, server_side=True) as tls:
                    results.append(handle(tls))
            except OSError as e:
                results.append(type(e).__name__)
        listener.close()

    thread = threading.Thread(target=run)
    thread.start()
    return listener.getsockname(), thread, results


def echo(tls):
    total = 0
    while data := tls.recv(1000):
        tls.sendall(data.upper())
        total += len(data)
    try:
        tls.unwrap().close()
    except OSError:
        pass
    return total


def connect(context, address, hostname="localhost"):
    sock = socket.create_connection(address, timeout=10)
    try:
        return context.wrap_socket(sock, server_hostname=hostname)
    except BaseException:
        sock.close()
        raise


client = ssl.create_default_context(cafile=CERT)
address, thread, results = serve(server_context(), echo)
with connect(client, address) as tls:
    print(type(tls).__name__, tls.version(), tls.cipher()[1:], tls.server_side, tls.server_hostname)
    tls.sendall(b"hello")
    print(tls.recv(5))
    print(tls.send(b"abc"), tls.recv(100), tls.pending())
    big = os.urandom(1) * 300000
    done = []
    writer = threading.Thread(target=lambda: done.append(tls.sendall(b"x" * 300000)))
    writer.start()
    got = 0
    while got < 300000:
        got += len(tls.recv(65536))
    writer.join()
    print(got, done)
    buffer = bytearray(10)
    tls.sendall(b"into")
    print(tls.recv_into(buffer), bytes(buffer))
    cert = tls.getpeercert()
    print(cert["subject"], cert["issuer"], cert["version"], cert["subjectAltName"], sorted(cert))
    print(ssl.DER_cert_to_PEM_cert(tls.getpeercert(True)) == open(CERT).read())
    print(tls.selected_alpn_protocol(), tls.compression(), tls.session_reused)
    for bad in (lambda: tls.recvfrom(1), lambda: tls.sendto(b"", address), lambda: tls.recv(1, socket.MSG_PEEK), tls.dup,
                lambda: tls.recvmsg(1)):
        try:
            bad()
        except (ValueError, NotImplementedError) as e:
            print(type(e).__name__, e)
    plain = tls.unwrap()
    print(isinstance(plain, socket.socket))
thread.join()
print(results)

# Files.
# The client reads what comes with the handshake before it closes: otherwise the connection is reset.
address, thread, results = serve(server_context(), lambda tls: tls.sendall(b"!") or [line for line in tls.makefile("rb")])
with connect(client, address) as tls:
    print(tls.recv(1))
    with tls.makefile("w", encoding="utf-8") as file:
        file.write("one\ntwo\n")
thread.join()
print(results)

# Certificates that are not trusted.
for make, hostname in [
    (lambda: ssl.create_default_context(cafile=OTHER), "localhost"),
    (lambda: ssl.create_default_context(cafile=CERT), "wrong.test"),
    (lambda: ssl.create_default_context(cafile=CERT), "a.example.test"),
    (lambda: ssl.create_default_context(cafile=CERT), "127.0.0.1"),
]:
    address, thread, results = serve(server_context(), lambda tls: tls.recv(10))
    try:
        with connect(make(), address, hostname) as tls:
            print(hostname, "connected")
            tls.sendall(b"x")
    except ssl.SSLCertVerificationError as e:
        print(type(e).__name__, e.library, e.reason, isinstance(e, ValueError), isinstance(e, OSError))
        if hostname == "wrong.test":
            print(e.verify_code, e.verify_message)
    thread.join()

# Nothing is checked.
context = ssl.create_default_context()
try:
    context.verify_mode = ssl.CERT_NONE
except ValueError as e:
    print(e)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
address, thread, results = serve(server_context(), echo)
with connect(context, address, None) as tls:
    print(tls.getpeercert(), len(tls.getpeercert(True)) > 100)
    tls.sendall(b"q")
    print(tls.recv(1))
thread.join()

# The name is not checked, the certificate is.
context = ssl.create_default_context(cafile=CERT)
context.check_hostname = False
address, thread, results = serve(server_context(), echo)
with connect(context, address, "wrong.test") as tls:
    print(tls.getpeercert()["subject"][-1])
thread.join()

# Protocols and versions.
server = server_context()
server.set_alpn_protocols(["h2", "http/1.1"])
client = ssl.create_default_context(cafile=CERT)
client.set_alpn_protocols(["http/1.1"])
client.maximum_version = ssl.TLSVersion.TLSv1_2
address, thread, results = serve(server, lambda tls: (tls.selected_alpn_protocol(), tls.version()))
with connect(client, address) as tls:
    print(tls.selected_alpn_protocol(), tls.version())
thread.join()
print(results)

# A client with a certificate.
server = server_context()
server.verify_mode = ssl.CERT_REQUIRED
server.load_verify_locations(CERT)
client = ssl.create_default_context(cafile=CERT)
client.maximum_version = ssl.TLSVersion.TLSv1_2
address, thread, results = serve(server, echo)
try:
    with connect(client, address) as tls:
        print("connected")
except OSError as e:
    print(isinstance(e, ssl.SSLError))
thread.join()

# Timeouts, and sockets that do not wait.
gate = threading.Event()
client = ssl.create_default_context(cafile=CERT)
address, thread, results = serve(server_context(), lambda tls: (gate.wait(10), tls.sendall(b"late"), tls.recv(1))[2])
with connect(client, address) as tls:
    tls.settimeout(0.05)
    try:
        tls.recv(10)
    except TimeoutError as e:
        print(type(e).__name__, e)
    tls.setblocking(False)
    try:
        tls.recv(10)
    except ssl.SSLWantReadError as e:
        print(type(e).__name__, e.errno, str(e).split(" (_")[0])
    gate.set()
    tls.settimeout(10)
    print(tls.recv(10))
thread.join()
print(results)

# A handshake step by step.
address, thread, results = serve(server_context(), echo)
sock = socket.create_connection(address)
tls = client.wrap_socket(sock, server_hostname="localhost", do_handshake_on_connect=False)
print(tls.version(), sock.fileno())
tls.do_handshake()
print(tls.version())
tls.close()
thread.join()

# Connecting afterwards, and not connected at all.
address, thread, results = serve(server_context(), echo)
tls = client.wrap_socket(socket.socket(), server_hostname="localhost")
try:
    tls.getpeercert()
except OSError as e:
    print(type(e).__name__, e.errno)
tls.connect(address)
print(tls.version())
tls.close()
thread.join()

# The other end does not speak TLS.
listener = socket.create_server(("127.0.0.1", 0))


def nonsense():
    sock, _ = listener.accept()
    with sock:
        sock.sendall(b"HTTP/1.0 400 Bad\r\n\r\n")
        sock.recv(10000)


thread = threading.Thread(target=nonsense)
thread.start()
try:
    connect(client, listener.getsockname())
except ssl.SSLError as e:
    print(type(e).__name__, e.reason)
thread.join()
listener.close()
