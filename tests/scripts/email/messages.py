"""email: messages of text, with parts, read and written; addresses, dates, headers."""
import email, email.policy
from email.message import EmailMessage, Message
from email.mime.text import MIMEText
from email.mime.multipart import MIMEMultipart
from email.mime.base import MIMEBase
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email import encoders, utils
from email.header import Header, decode_header, make_header
def p(m): print(m.as_string() if not isinstance(m,(str,bytes)) else m); print('---')
t=MIMEText('hello\nworld'); t['Subject']='Hi'; t['From']='a@b.c'; p(t)
p(MIMEText('héllo','plain','utf-8')); p(MIMEText('<b>é</b>','html')); p(MIMEText('x','html','iso-8859-1'))
m=MIMEMultipart('alternative', boundary='BB'); m['Subject']='Multi'; m['To']='x@y.z'; m.attach(MIMEText('plain')); m.attach(MIMEText('<p>h</p>','html')); m.preamble='pre'; p(m)
b=MIMEBase('application','octet-stream'); b.set_payload(b'\x00\x01binary'); encoders.encode_base64(b); b.add_header('Content-Disposition','attachment',filename='f.bin'); p(b)
p(MIMEApplication(b'abc','zip')); p(MIMEMultipart(_subparts=[MIMEText('a')], boundary='X'))
e=EmailMessage(); e['Subject']='S'; e['From']='Me <me@x.org>'; e['To']='a@b.c, "Q, R" <q@r.s>'; e.set_content('Body text\n'); p(e)
e=EmailMessage(); e.set_content('caf\u00e9 text\nline'); e['Subject']='caf\u00e9'; p(e); print(e.get_content(), e['subject'], repr(e['Subject']), e.get_content_type(), e.get_content_charset())
e.add_alternative('<p>html</p>', subtype='html'); e.set_boundary('ALT'); p(e)
e.add_attachment(b'\x00\x01', maintype='application', subtype='x', filename='n.bin'); e.set_boundary('MIX'); p(e)
print([x.get_content_type() for x in e.walk()], e.get_body(('html',)).get_content(), [a.get_filename() for a in e.iter_attachments()], e.is_multipart())
S='From: A B <a@b.c>\nTo: x@y.z,\n  q@r.s\nSubject: =?utf-8?q?caf=C3=A9?= x\nContent-Type: multipart/mixed; boundary="BB"\nDate: Mon, 20 Nov 1995 19:12:08 -0500\nX-A: 1\nX-A: 2\n\npre\n--BB\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9=\n end\n--BB\nContent-Type: text/html\n\n<p>\n--BB--\nepi\n'
for pol in (email.policy.compat32, email.policy.default):
    m=email.message_from_string(S, policy=pol); print(type(m).__name__, m['from'], repr(m['to']), repr(m['Subject']), m.get_all('x-a'), m.keys(), m.items()[:2], 'x-a' in m, len(m), m.get('no','d'), m['no'])
    print(m.get_boundary(), m.preamble, m.epilogue, [q.get_payload() for q in m.get_payload()], m.get_payload(0).get_payload(decode=True), m.get_params(), m.get_content_maintype(), m.get_param('boundary'))
    p(m); print(m.as_string()==S, m.as_bytes()[:20])
m['X-B']='z'; del m['x-a']; m.replace_header('X-B','y'); m.add_header('C','v',a='b',c=None); print(m.items()[-2:])
print(m['from'].addresses[0].display_name, m['to'].addresses, m['date'].datetime, m['content-type'].params, m['content-type'].maintype)
print(utils.parseaddr('A B <a@b.c>'), utils.parseaddr('a@b.c (Name)'), utils.parseaddr('"Q, R" <q@r>'), utils.parseaddr(''), utils.formataddr(('A, B','a@b')), utils.formataddr(('é','a@b')), utils.formataddr(('','a@b')), utils.getaddresses(['a@b, C <c@d>','"x y" <e@f>']))
print(utils.formatdate(0), utils.formatdate(0,usegmt=True), utils.parsedate('Mon, 20 Nov 1995 19:12:08 -0500'), utils.parsedate_tz('20 Nov 1995 19:12:08 +0130'), utils.parsedate_to_datetime('Mon, 20 Nov 1995 19:12:08 -0500'), utils.mktime_tz((1970,1,1,0,0,0,0,1,0,0)))
import datetime; print(utils.format_datetime(datetime.datetime(2020,1,2,3,4,5,tzinfo=datetime.timezone.utc)), utils.format_datetime(datetime.datetime(2020,1,2,3,4,5)), utils.quote('a"b\\'), utils.unquote('"a\\"b"'), utils.unquote('<x>'))
print(decode_header('=?utf-8?q?caf=C3=A9?= x =?iso-8859-1?b?6Q==?='), make_header(decode_header('=?utf-8?q?caf=C3=A9?= x')), Header('café','utf-8').encode(), Header('plain').encode(), str(Header('é','utf-8')), Header('x'*100, header_name='S').encode())
m = email.message_from_string("Content-Type: multipart/mixed\n\nno boundary\n")
print(m.defects, m.get_payload(), m.is_multipart())
m = email.message_from_string("X: a=1; b=\"2\"; c\n y: z\nbroken line\n\nbody")
print(m.get_params(header="x"), m.defects, repr(m.get_payload()), m.items())
m = email.message_from_bytes(b"Content-Type: text/plain; charset=utf-8\n\ncaf\xc3\xa9\n")
p(m)
print(m.get_payload(decode=True), m.as_bytes())
print(decode_header("=?utf-8?q?caf=C3=A9?=\n <a@b.c>"), decode_header("plain"))
