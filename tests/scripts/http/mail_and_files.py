"""poplib, ftplib and telnetlib against small servers."""
import ftplib
import io
import poplib
import socket
import threading
import warnings

warnings.simplefilter("ignore")
import telnetlib


def serve(talk):
    """Runs a server for one connection in a thread."""
    listener = socket.create_server(("127.0.0.1", 0))

    def run():
        sock, _ = listener.accept()
        sock.settimeout(10)
        with sock, listener:
            with sock.makefile("rwb") as f:
                talk(f, sock)

    thread = threading.Thread(target=run)
    thread.start()
    return listener.getsockname()[1], thread


def say(f, text):
    f.write(text.encode() + b"\r\n")
    f.flush()


def pop(f, sock):
    say(f, "+OK ready <1.2@x>")
    for line in f:
        log.append(line.decode().strip())
        word, *args = log[-1].split()
        if word == "STAT":
            say(f, "+OK 2 320")
        elif word in ("LIST", "UIDL") and not args:
            say(f, "+OK\r\n1 120\r\n2 200\r\n.")
        elif word in ("RETR", "TOP"):
            say(f, "+OK\r\nSubject: x\r\n\r\n..dot\r\nend\r\n.")
        elif word == "CAPA":
            say(f, "+OK\r\nUSER\r\nSASL PLAIN LOGIN\r\n.")
        elif word == "DELE" and args == ["9"]:
            say(f, "-ERR no such message")
        else:
            say(f, "+OK done")
        if word == "QUIT":
            return


log = []
port, thread = serve(pop)
p = poplib.POP3("127.0.0.1", port, timeout=10)
print(p.getwelcome(), p.user("me"), p.pass_("secret"), p.stat(), p.list(), p.list(1), p.uidl())
print(p.retr(1), p.top(1, 2), p.dele(1), p.noop(), p.rset(), p.capa(), p.apop("me", "secret"))
for f in (lambda: p.dele(9), p.stls):
    try:
        f()
    except poplib.error_proto as e:
        print(type(e).__name__, e)
print(p.quit(), log)
thread.join()


def ftp(f, sock):
    data = None
    say(f, "220-hello\r\n220 ready")
    stored = {}
    for line in f:
        line = line.decode().strip()
        log.append(line)
        word, _, arg = line.partition(" ")
        if word == "USER":
            say(f, "331 password")
        elif word == "PASS":
            say(f, "230 in")
        elif word == "PASV":
            data = socket.create_server(("127.0.0.1", 0))
            high, low = divmod(data.getsockname()[1], 256)
            say(f, f"227 Entering Passive Mode (127,0,0,1,{high},{low})")
        elif word in ("RETR", "LIST", "NLST", "MLSD", "STOR"):
            if arg == "missing":
                data.close()
                say(f, "550 no such file")
                continue
            say(f, "150 here it comes (11 bytes)")
            conn, _ = data.accept()
            with conn, data:
                if word == "STOR":
                    received = b""
                    while part := conn.recv(1000):
                        received += part
                    stored[arg] = received
                elif word == "MLSD":
                    conn.sendall(b"type=file;size=3; a.txt\r\ntype=dir; sub\r\n")
                elif word == "RETR":
                    conn.sendall(stored.get(arg, b"line1\r\nline2"))
                else:
                    conn.sendall(b"a.txt\r\nsub\r\n")
            say(f, "226 done")
        elif word == "PWD":
            say(f, '257 "/home/a ""b""" is here')
        elif word == "MKD":
            say(f, f'257 "{arg}" made')
        elif word == "SIZE":
            say(f, "213 42")
        elif word == "RNFR":
            say(f, "350 and now?")
        elif word == "CWD" and arg == "bad":
            say(f, "550 no")
        elif word == "NOOP":
            say(f, "421 later")
        else:
            say(f, "200 ok" if word not in ("DELE", "RNTO", "RMD", "CWD", "CDUP") else "250 ok")
        if word == "QUIT":
            return


log = []
port, thread = serve(ftp)
c = ftplib.FTP(timeout=10)
print(c.connect("127.0.0.1", port))
print(c.getwelcome(), c.login("me", "secret"), c.pwd(), c.cwd("sub"), c.cwd(".."), c.mkd("new"), c.size("a"), c.rename("a", "b"),
      c.delete("b"), c.rmd("new"))
lines, pieces = [], []
print(c.retrlines("RETR a.txt", lines.append), c.retrbinary("RETR a.txt", pieces.append), lines, b"".join(pieces))
c.dir()
print(c.nlst("x"), list(c.mlsd(facts=["type"])))
print(c.storbinary("STOR b", io.BytesIO(b"bytes")), c.storlines("STOR l", io.BytesIO(b"one\ntwo\r\nthree")))
pieces.clear()
c.retrbinary("RETR l", pieces.append, rest=None)
print(b"".join(pieces), c.transfercmd("RETR b").recv(100))
c.voidresp()
for f in (lambda: c.retrbinary("RETR missing", print), lambda: c.cwd("bad"), lambda: c.voidcmd("NOOP"), lambda: c.putline("a\nb")):
    try:
        f()
    except (*ftplib.all_errors, ValueError) as e:
        print(type(e).__name__, e)
print(c.quit(), c.sock)
print([line for line in log if not line.startswith("PASV")])
thread.join()
print(ftplib.parse227("227 (1,2,3,4,5,6)"), ftplib.parse229("229 (|||123|)", ("h", 1)), ftplib.parse150("150 x (7 bytes)"), ftplib.parse257('257 "a""b"'))


def tel(f, sock):
    sock.sendall(b"login: " + telnetlib.IAC + telnetlib.DO + telnetlib.ECHO)
    log.append(f.readline())
    sock.sendall(b"\xff\xff\x00welcome\r\nprompt> ")
    log.append(f.readline())
    sock.sendall(b"bye")


log = []
port, thread = serve(tel)
with telnetlib.Telnet("127.0.0.1", port, 10) as t:
    print(t.read_until(b"login: ", 10))
    t.write(b"me\n")
    print(t.expect([b"nothing", rb"wel(c)ome\r\n"], 10)[::2], t.read_until(b"> ", 10))
    t.write(b"ls\n")
    print(t.read_all(), t.eof)
    try:
        t.read_very_lazy()
    except EOFError as e:
        print(e)
thread.join()
print(log)
