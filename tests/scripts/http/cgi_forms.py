# Forms of web servers.
import io
import sys
import warnings

warnings.simplefilter("ignore")
import cgi

for line in (
    "text/plain", 'text/html; charset="utf-8"', 'attachment; filename="a;b.txt"; size=3', 'x; a="q\\"uo\\\\te"; B=c',
    "; a=1", "text/plain ; q = 5 ;", 'form-data; name="files"; filename="fo\\"o;bar"', "", "a; b",
):
    print(cgi.parse_header(line))

sys.argv = ["script"]
for query in "a=1&b=2&a=3", "a=&b=x", "", "x=%C3%A9+y;z=1":
    env = {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
    form = cgi.FieldStorage(environ=env)
    print(form, sorted(form.keys()), bool(form), len(form), [form.getvalue(k) for k in sorted(form)], form.getfirst("a"))
    print(form.getlist("a"), "b" in form, form.getvalue("none", 5), cgi.parse(environ=env, keep_blank_values=1))
form = cgi.FieldStorage(environ={"QUERY_STRING": "a=1&b=&c=2"}, keep_blank_values=True)
print(form["a"], form["b"].value, [type(f).__name__ for f in form.list], form["a"].filename, form.type)
try:
    form["none"]
except KeyError as e:
    print("KeyError", e)
form = cgi.FieldStorage(environ={"QUERY_STRING": "a=1;b=2"}, separator=";")
print(form.list)


def post(data, kind, **more):
    env = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(data)), **more}
    return cgi.FieldStorage(io.BytesIO(data), environ=env)


form = post(b"a=1&a=2&b=%20", "application/x-www-form-urlencoded", QUERY_STRING="c=3")
print(form.list, form.getvalue("a"), form["c"].value)
parts = (
    b"--BOUND\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA title\r\nof two lines\r\n"
    b"--BOUND\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
    b"Content-Type: application/octet-stream\r\n\r\n\x00\xff\r\n\r\n"
    b"--BOUND\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--BOUND--\r\n"
)
form = post(parts, "multipart/form-data; boundary=BOUND")
for field in form.list:
    print(field.name, field.filename, field.value, field.type, field.disposition, type(field.file).__name__ != "")
print(sorted(form.keys()), form.getvalue("title"), form["file"].file.read(), form["file"].type_options)
print(repr(form["empty"]), bool(form))
try:
    bool(form["title"])
except TypeError as e:
    print(e)
try:
    form["title"]["x"]
except TypeError as e:
    print(e)
print(sorted(cgi.parse_multipart(
    io.BytesIO(parts), {"boundary": b"BOUND", "CONTENT-LENGTH": str(len(parts))}).items()))
for wrong in (
    lambda: post(b"", "multipart/form-data"), lambda: cgi.FieldStorage(headers=3),
    lambda: cgi.FieldStorage(environ={"QUERY_STRING": "a=1&b=2"}, max_num_fields=1),
):
    try:
        wrong()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
sys.argv = ["script", "q=9"]
print(cgi.FieldStorage(environ={}).getvalue("q"))
