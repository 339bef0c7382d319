"""plistlib, netrc, site."""
import datetime
import netrc
import os
import plistlib
import site
import tempfile

data = {"s": "a<&>é", "i": 5, "neg": -3, "f": 1.5, "t": True, "n": False, "l": [1, "x", []], "d": {"k": {}}, "b": b"\x00\x01binary" * 9, "when": datetime.datetime(2020, 1, 2, 3, 4, 5)}
text = plistlib.dumps(data)
print(text.decode())
print(plistlib.loads(text) == data, plistlib.dumps({"b": 1, "a": 2}, sort_keys=False).decode().splitlines()[4:6])
for bad in (b"nothing", b"<plist><dict><key>a</key></dict></plist>", b"<plist><dict><string>a</string></dict></plist>", b"<?xml version='1.0'?><plist><dict><key>a</key><key>b</key></dict></plist>"):
    try:
        print(plistlib.loads(bad))
    except ValueError as e:
        print(type(e).__name__, e)
for bad in ({1: 2}, {"a": None}, {"a": "\x01"}, {"a": 2 ** 64}):
    try:
        print(plistlib.dumps(bad))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
print(plistlib.dumps({1: 2, "a": 1}, skipkeys=True, sort_keys=False).count(b"key"), plistlib.UID(3), plistlib.UID(3) == plistlib.UID(3))
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "netrc")

    def read(text):
        with open(name, "w") as f:
            f.write(text)
        try:
            return netrc.netrc(name)
        except netrc.NetrcParseError as e:
            return str(e).replace(folder, "")

    n = read('machine a.b login me password "pa ss" account x # note\nmachine c user u password p\\ q\ndefault login d password e\nmacdef m\nline 1\nline 2\n\n')
    print(n.hosts, n.macros, n.authenticators("a.b"), n.authenticators("zzz"))
    print(n)
    for bad in ("what", "machine", "machine a other b", "macdef x\nline"):
        print(read(bad))
    print(read("# c\nmachine h login l password p # d\n#e\n").hosts)
print(site.getusersitepackages().startswith(site.getuserbase()), isinstance(site.getsitepackages(), list))
