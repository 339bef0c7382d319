"""Headers with bytes that are no ASCII, and how long ones are folded."""
import email
import email.base64mime
import email.charset
import email.errors
import email.header
import email.policy
import email.quoprimime
from email.header import Header, decode_header, make_header
from email.message import EmailMessage, Message
from email.mime.text import MIMEText

raw = (b"From: g\xc3\xb6st <a@b.test>\nSubject: Maintenant je vous pr\xc3\xa9sente mon coll\xc3\xa8gue\n"
       b"Content-Type: text/plain; charset=\"utf-8\"\n\nb\xc3\xb6dy\n")
m = email.message_from_bytes(raw)
print(type(m["subject"]).__name__, m["subject"], [str(v) for v in m.get_all("from")], [(k, str(v)) for k, v in m.items()][0])
print(repr(m.get_payload()), m.get_payload(decode=True), m.get_content_charset())
print(m.as_string())
print(m.as_bytes() == raw)
m = email.message_from_bytes(raw, policy=email.policy.default)
print(repr(m.get_content()), [a.addr_spec for a in m["from"].addresses])

h = Header("Hello W\u00f6rld, this is a very long header that will have to be folded over several lines of text", "utf-8",
           header_name="Subject")
print(h.encode())
print(Header("plain text that is long enough; to be folded, at its commas and semicolons, if it has some of them",
             header_name="X-Long").encode())
print(Header("x" * 100, header_name="X-Long").encode(), "|", Header("a b", maxlinelen=2).encode())
h = Header("caf\u00e9", "iso-8859-1")
h.append("plain", "us-ascii")
h.append("\u20ac", "utf-8")
print(h.encode(), "|", h, "|", decode_header(h), "|", h == "caf\u00e9 plain \u20ac")
print(decode_header("=?utf-8?q?W=C3=B6rld?= =?utf-8?b?w6k=?= plain =?iso-8859-1?q?=e9?="))
print(str(make_header(decode_header("=?utf-8?q?W=C3=B6rld?= and =?utf-8?b?w6k=?="))))
try:
    decode_header("=?utf-8?b?a?=")
except email.errors.HeaderParseError as e:
    print(e)
try:
    Header("a\nb: c").encode()
except email.errors.HeaderParseError as e:
    print(e)

m = EmailMessage()
m["Subject"] = "Hello W\u00f6rld! Hello W\u00f6rld! Hello W\u00f6rld! Hello W\u00f6rld!Hello W\u00f6rld!"
m["To"] = "a very long name of somebody <somebody.with.a.long.address@example.com>, another@example.com, third@example.com"
m["X-Word"] = "w" * 90
m.set_content("short")
print(m)
for text, cte in (("\u00e4" * 60, None), ("x" * 100 + "\u00e4", None), ("plain", "base64"), ("\u00e4 b ", "quoted-printable")):
    m = EmailMessage()
    m.set_content(text + "\n", cte=cte)
    print(m)
m = EmailMessage()
m.set_content("x")
m.add_attachment(b"\x00\xff", maintype="application", subtype="x", filename="b\u00e1r.txt")
part = list(m.iter_attachments())[0]
print(part["content-disposition"], part.get_filename(), part["content-disposition"].params)
print([line for line in bytes(part).splitlines() if b"filename" in line])

m = Message()
m["Content-Type"] = "text/plain; charset=us-ascii; x=y"
m["Subject"] = "s"
m.set_param("x", "z w")
print(m.items())
m.del_param("x")
print(m.items(), m.get_params())
m = MIMEText("\u00e1\u00f6\n", "text", "latin-1")
print(m.as_string())
print(repr(email.quoprimime.body_encode("abc = \u00e9 \n" + "x" * 80 + "\n", 30)), email.quoprimime.header_encode(b"a b\xe9"))
print(email.quoprimime.decode("a=3Db=\nc =20 \n"), email.quoprimime.header_length(b"\xe9a"), email.quoprimime.unquote("=41"))
print(email.base64mime.header_encode("h\u00e9", "utf-8"), repr(email.base64mime.body_encode(b"x" * 60, 40)),
      email.base64mime.decode("aMOp"), email.base64mime.header_length(b"abcd"))
c = email.charset.Charset("latin_1")
print(c, c.header_encoding == email.charset.QP, c.get_body_encoding(), c.header_encode("\u00e9"), c.body_encode("\u00e9=\n"))
try:
    email.charset.Charset("\u00e9")
except email.errors.CharsetError as e:
    print(type(e).__name__)
for payload in (b"YWJj", b"YWJ", b"YW Jj", b"YWJjZ"):
    m = email.message_from_bytes(b"Content-Transfer-Encoding: base64\n\n" + payload)
    print(m.get_payload(decode=True), [type(d).__name__ for d in m.defects])
