"""Lone surrogates in strings."""
import json
import pickle

s = "a\ud800b\udcff"
print(ascii(s), len(s), [hex(ord(c)) for c in s], ascii(s[1]), s[1] == "\ud800", s.index("\udcff"), "\ud800" in s)
print({"\ud800": 1}["\ud800"], hash("\ud800") == hash(chr(0xd800)), repr("\ud800"), "%r" % s, f"{s!a}")
print(ascii(s.upper()), ascii(s.replace("\ud800", "-")), ascii(s.split("\ud800")), ascii(s + s), ascii(s[::-1]))
print(sorted(map(ascii, ["\U00010000", "\uffff", "\ud800", "a"])), "\ud800" < "\ue000" < "\U00010000", max(s) == "\udcff")
print(ascii(sorted(["\U00010000", "\uffff", "\ud800", "a"])))
print(ascii(s.translate({0xd800: "x", ord("b"): 0xdfff})), str.maketrans("\ud800", "a"))
print(s.isprintable(), s.isalpha(), "\ud800".isidentifier(), ascii("%c" % 0xdfff), ascii(format(0xd800, "c")))
for encoding in "utf-8 utf-16 utf-16-be utf-32 utf-32-le ascii latin-1 cp1252".split():
    for errors in "strict ignore replace backslashreplace xmlcharrefreplace surrogateescape surrogatepass".split():
        try:
            print(encoding, errors, s.encode(encoding, errors))
        except UnicodeEncodeError as e:
            print(encoding, errors, e)
for data in (b"\xed\xa0\x80", b"\xff\xed\xbf", b"\xf4\x90\x80\x80", b"a\x80\xe2\x82z", b"\0\xd8\0\0"):
    for encoding in "utf-8 utf-16-le utf-32-le ascii".split():
        for errors in "strict ignore replace backslashreplace surrogateescape surrogatepass".split():
            try:
                print(encoding, errors, ascii(data.decode(encoding, errors)))
            except UnicodeDecodeError as e:
                print(encoding, errors, e)
print(b"\xff\x80".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"))
print(json.dumps(s), ascii(json.loads(json.dumps(s))), pickle.loads(pickle.dumps(s)) == s)
try:
    print(s)
except UnicodeEncodeError as e:
    print(e)
