"""Contexts, constants, tools and objects over memory."""
import os
import socket
import ssl
import warnings

warnings.simplefilter("ignore")

folder = os.path.dirname(os.path.abspath(__file__))
CERT, KEY, OTHER = (os.path.join(folder, name) for name in ("cert.pem", "key.pem", "other_cert.pem"))

for make in (lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER),
             ssl.create_default_context, ssl._create_unverified_context,
             lambda: ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)):
    c = make()
    print(c.protocol, c.check_hostname, c.verify_mode, c.minimum_version, c.maximum_version, c.options, c.verify_flags,
          c.sni_callback, c.post_handshake_auth)
print(ssl.TLSVersion.TLSv1_3, repr(ssl.VerifyMode.CERT_REQUIRED), int(ssl.OP_NO_TLSv1_3), ssl.CERT_OPTIONAL, ssl.PROTOCOL_TLS)
print(ssl.HAS_SNI, ssl.HAS_ALPN, ssl.HAS_TLSv1_3, ssl.Purpose.SERVER_AUTH, ssl.Purpose.SERVER_AUTH.oid)
print(ssl.AlertDescription(40), ssl.SSLErrorNumber(2), ssl.ALERT_DESCRIPTION_UNKNOWN_CA, ssl.SSL_ERROR_EOF)
print([c.__name__ for c in ssl.SSLCertVerificationError.__mro__], ssl.CertificateError is ssl.SSLCertVerificationError)

c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
print(c.cert_store_stats(), c.get_ca_certs())
c.load_verify_locations(CERT)
c.load_verify_locations(cadata=open(OTHER).read())
c.load_verify_locations(cadata=ssl.PEM_cert_to_DER_cert(open(OTHER).read()))
print(c.cert_store_stats())
for cert in sorted(c.get_ca_certs(), key=lambda c: c["subject"]):
    print(cert["subject"], cert["version"], len(cert["serialNumber"]), cert["notAfter"][-3:])
print([len(d) > 100 for d in c.get_ca_certs(binary_form=True)])


def check(f):
    try:
        print("ok", f())
    except Exception as e:
        print(type(e).__name__, str(e).split(" (_ssl")[0])


check(lambda: c.load_verify_locations())
check(lambda: c.load_verify_locations("/nonexistent"))
check(lambda: c.load_verify_locations(KEY))
check(lambda: c.load_cert_chain("/nonexistent"))
check(lambda: c.load_cert_chain(CERT))
check(lambda: c.load_cert_chain(OTHER, KEY))
check(lambda: c.load_cert_chain(CERT, KEY))
check(lambda: setattr(c, "verify_mode", 7))
check(lambda: setattr(c, "verify_mode", "x"))
check(lambda: ssl.create_default_context(3))
check(lambda: ssl.SSLContext(99))
check(lambda: ssl.SSLSocket(socket.socket()))
check(lambda: ssl.SSLObject())
check(lambda: c.set_alpn_protocols(["x" * 300]))
check(lambda: ssl.PEM_cert_to_DER_cert("x"))
check(lambda: ssl.RAND_bytes(-1))
check(lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO()).do_handshake())
check(lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=""))
check(lambda: c.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_side=True))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    check(lambda: c.wrap_socket(s, server_hostname="x"))
c.minimum_version = ssl.TLSVersion.TLSv1_3
print(c.minimum_version, len(ssl.RAND_bytes(8)), ssl.RAND_status())
c.check_hostname = False
c.verify_mode = ssl.CERT_NONE
c.check_hostname = True
print(c.verify_mode)
print(ssl.cert_time_to_seconds("Jan  5 09:34:43 2018 GMT"), ssl.get_protocol_name(16), ssl.get_protocol_name(77))
check(lambda: ssl.cert_time_to_seconds("Foo  5 09:34:43 2018 GMT"))
cert = {"subjectAltName": (("DNS", "*.a.test"), ("IP Address", "127.0.0.1"))}
for name in "x.a.test", "127.0.0.1", "a.test", "x.y.a.test", "10.0.0.1":
    check(lambda: ssl.match_hostname(cert, name))
check(lambda: ssl.match_hostname({}, "x"))

# Memory.
bio = ssl.MemoryBIO()
print(bio.write(b"abcdef"), bio.pending, bio.read(2), bio.read(), bio.eof, bio.read())
bio.write(memoryview(b"xy"))
bio.write_eof()
print(bio.eof, bio.read(), bio.eof)
check(lambda: bio.write(b"z"))

server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(CERT, KEY)
client = ssl.create_default_context(cafile=CERT)
c_in, c_out, s_in, s_out = (ssl.MemoryBIO() for _ in range(4))
a = client.wrap_bio(c_in, c_out, server_hostname="localhost")
b = server.wrap_bio(s_in, s_out, server_side=True)
print(a.server_hostname, a.server_side, b.server_side, a.context is client, a.version())
check(a.do_handshake)
check(lambda: a.read(10))


def move():
    s_in.write(c_out.read())
    c_in.write(s_out.read())


done = set()
for _ in range(10):
    for side in (a, b):
        try:
            side.do_handshake()
            done.add(side)
        except ssl.SSLWantReadError:
            pass
        move()
    if len(done) == 2:
        break
print(len(done), a.version() == b.version(), a.getpeercert()["subject"][-1], b.getpeercert())
print(a.write(b"question"))
move()
print(b.read(100), b.pending())
print(b.write(b"answer"))
move()
buffer = bytearray(4)
print(a.read(4, buffer), bytes(buffer), a.pending(), a.read())
try:
    a.unwrap()
except ssl.SSLWantReadError:
    print("goodbye is on its way")
move()
check(lambda: b.read(5))
