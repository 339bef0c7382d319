"""smtplib against a small server."""
import email.message
import smtplib
import socket
import threading


class Server(threading.Thread):
    """Answers commands, and remembers them."""

    def __init__(self, answers=()):
        super().__init__()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answers = dict(answers)
        self.lines = []
        self.start()

    def run(self):
        sock, _ = self.listener.accept()
        with sock, sock.makefile("rwb") as f:
            def say(text):
                f.write(text.encode() + b"\r\n")
                f.flush()

            say(self.answers.get("greet", "220 ready"))
            data = False
            for line in f:
                line = line.decode("latin-1").rstrip("\r\n")
                self.lines.append(line)
                if data:
                    if line == ".":
                        data = False
                        say(self.answers.get("message", "250 accepted"))
                    continue
                word = line.split()[0].lower() if line else ""
                if word in self.answers:
                    say(self.answers[word])
                elif word == "ehlo":
                    say("250-test\r\n250-SIZE 1000\r\n250-AUTH PLAIN LOGIN\r\n250 HELP")
                elif word == "data":
                    data = True
                    say("354 go on")
                elif word == "auth":
                    say("235 welcome" if line.startswith("AUTH PLAIN AHVzZXIAc2VjcmV0") else "535 no")
                elif word == "quit":
                    say("221 bye")
                    break
                elif word == "rcpt" and "bad" in line:
                    say("550 unknown")
                else:
                    say("250 ok")
        self.listener.close()


def client(server, **options):
    return smtplib.SMTP("127.0.0.1", server.port, local_hostname="me.test", timeout=10, **options)


server = Server()
with client(server) as smtp:
    print(smtp.ehlo(), smtp.has_extn("size"), smtp.esmtp_features)
    print(smtp.login("user", "secret"))
    print(smtp.sendmail("a@b.test", ["c@d.test", "bad@d.test"], "Subject: x\n\n.dot\nline"))
    m = email.message.EmailMessage()
    m["From"] = "Me <me@x.test>"
    m["To"] = "You <you@x.test>, other@x.test"
    m["Bcc"] = "secret@x.test"
    m["Subject"] = "Hello"
    m.set_content("body\n")
    print(smtp.send_message(m))
    print(smtp.noop(), smtp.verify("a@b.test"), smtp.help(), smtp.rset())
    try:
        smtp.putcmd("a\nb")
    except ValueError as e:
        print(e)
server.join()
print("\n".join(server.lines))

server = Server([("greet", "554 go away")])
try:
    client(server)
except smtplib.SMTPConnectError as e:
    print(type(e).__name__, e.smtp_code, e.smtp_error, e)
server.join()
server = Server([("mail", "501 who?")])
with client(server) as smtp:
    try:
        smtp.sendmail("a@b", "c@d", "x")
    except smtplib.SMTPSenderRefused as e:
        print(e.smtp_code, e.smtp_error, e.sender, e)
    try:
        smtp.login("user", "wrong")
    except smtplib.SMTPAuthenticationError as e:
        print(e)
server.join()
server = Server([("message", "552 too much"), ("ehlo", "500 what"), ("helo", "250 hi")])
with client(server) as smtp:
    try:
        smtp.sendmail("a@b", "c@d", "x")
    except smtplib.SMTPDataError as e:
        print(e)
    try:
        smtp.sendmail("a@b", "bad@d", "x")
    except smtplib.SMTPRecipientsRefused as e:
        print(e.recipients)
    for f in (lambda: smtp.login("u", "p"), smtp.starttls):
        try:
            f()
        except smtplib.SMTPNotSupportedError as e:
            print(e)
server.join()
smtp = smtplib.SMTP(local_hostname="x")
try:
    smtp.noop()
except smtplib.SMTPServerDisconnected as e:
    print(e)
print(smtplib.quoteaddr("A <a@b>"), smtplib.quoteaddr("a@b"), repr(smtplib.quotedata(".a\nb\r\n.c")))
print([c.__mro__[1].__name__ for c in (smtplib.SMTPException, smtplib.SMTPDataError, smtplib.SMTPHeloError)])
