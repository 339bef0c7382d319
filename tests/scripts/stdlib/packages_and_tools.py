"""importlib.resources and importlib.metadata, robots.txt, tabnanny, json.tool, py_compile."""
import contextlib
import importlib.metadata as md
import importlib.resources as res
import io
import os
import subprocess
import sys
import tabnanny
import tempfile
import urllib.robotparser
import warnings

warnings.simplefilter("ignore")
folder = tempfile.mkdtemp()
os.makedirs(os.path.join(folder, "pack", "data"))
for name, text in {"pack/__init__.py": "value = 5\n", "pack/a.txt": "text \u00e4\n", "pack/data/b.bin": "bytes",
                   "Demo_pkg-1.2.dist-info/METADATA": "Metadata-Version: 2.1\nName: Demo-pkg\nVersion: 1.2\n"
                   "Requires-Dist: other (>=1)\nRequires-Dist: extra ; extra == 'x'\nClassifier: A\nClassifier: B\n\nAbout it.\n",
                   "Demo_pkg-1.2.dist-info/RECORD": "pack/__init__.py,sha256=abc,10\npack/a.txt,,\n",
                   "Demo_pkg-1.2.dist-info/top_level.txt": "pack\n",
                   "Demo_pkg-1.2.dist-info/entry_points.txt": "[console_scripts]\nrun = pack:value\n[group]\none = pack.sub:a.b [x,y]\n",
                   }.items():
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
sys.path.insert(0, folder)
import pack

files = res.files("pack")
print(files.name, sorted(p.name for p in files.iterdir() if p.name != "__pycache__"), files.joinpath("a.txt").read_text("utf-8"))
print((res.files(pack) / "data" / "b.bin").read_bytes(), res.read_text("pack", "a.txt"), res.read_binary(pack, "a.txt"))
print(res.is_resource("pack", "a.txt"), res.is_resource("pack", "data"), sorted(n for n in res.contents("pack") if n[0] != "_"))
with res.as_file(files / "a.txt") as p, res.path("pack", "a.txt") as q, res.open_text("pack", "a.txt") as f:
    print(p.name, q == p, f.read())
for bad in (lambda: res.files("json.decoder"), lambda: res.files("nothing_there"), lambda: res.read_text("pack", "no.txt"),
            lambda: res.read_text("pack", "data/b.bin")):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, str(e).replace(folder, "DIR")[:60])

print(md.version("demo-pkg"), md.version("Demo_Pkg"), md.requires("demo.pkg"))
m = md.metadata("demo-pkg")
print(m["Name"], m.get_all("Classifier"), m.get_payload(), sorted(m.json))
d = md.distribution("demo-pkg")
print(d.name, d.version, [str(f) for f in d.files], d.files[0].hash, d.files[0].size, d.files[1].hash, d.files[1].read_text())
print([e for e in d.entry_points])
(e,) = d.entry_points.select(group="console_scripts")
print(e.name, e.module, e.attr, e.extras, e.load(), e.dist.name)
(e,) = md.entry_points(group="group", name="one")
print(e.module, e.attr, e.extras, e)
print(sorted(d.entry_points.names), sorted(d.entry_points.groups), md.packages_distributions()["pack"])
try:
    e.name = "x"
except AttributeError as error:
    print(error)
try:
    md.version("not-there")
except md.PackageNotFoundError as error:
    print(error, error.name, isinstance(error, ModuleNotFoundError))

rp = urllib.robotparser.RobotFileParser("http://x.test/robots.txt")
print(rp.can_fetch("me", "http://x.test/"), rp.mtime(), rp.crawl_delay("me"))
rp.parse("""User-agent: *
Disallow: /private  # no
Allow: /
Crawl-delay: 3
Request-rate: 1/5

User-agent: bad
User-agent: worse
Disallow: /

Sitemap: http://x.test/map.xml
""".splitlines())
print([rp.can_fetch(a, "http://x.test" + p) for a in ("me", "Bad/1.0", "worse") for p in ("/", "/private/x", "/a?b")])
print(rp.crawl_delay("me"), rp.request_rate("me"), rp.crawl_delay("bad"), rp.site_maps(), rp.mtime() > 0)
print(rp)

bad = os.path.join(folder, "bad.py")
with open(bad, "w") as f:
    f.write("if 1:\n        x = 1\n\ty = 2\n")
good = os.path.join(folder, "good.py")
with open(good, "w") as f:
    f.write("if 1:\n    x = 1\n")
out = io.StringIO()
with contextlib.redirect_stdout(out):
    tabnanny.check(good)
    tabnanny.check(bad)
print(out.getvalue().replace(folder, "DIR"))
w = tabnanny.Whitespace("  \t ")
print(w.indent_level(8), w.n, w.nt, w.equal(tabnanny.Whitespace("\t ")), w.less(tabnanny.Whitespace("\t\t\t")))


def tool(text, *args):
    r = subprocess.run([sys.executable, "-m", "json.tool", *args], input=text, capture_output=True, text=True)
    print(r.returncode, r.stdout, r.stderr)


tool('{"b": [1, 2.5, null], "a": "\u00e4"}')
tool('{"b": [1, 2], "a": {}}', "--sort-keys", "--compact")
tool('[1]\n{"x": 2}', "--json-lines", "--no-indent")
tool('{"a" 1}')

import compileall
import py_compile

made = py_compile.compile(good, cfile=os.path.join(folder, "good.pyc"))
print(os.path.basename(made), os.path.getsize(made) > 16)
broken = os.path.join(folder, "broken.py")
with open(broken, "w") as f:
    f.write("x = = 1\n")
try:
    py_compile.compile(broken, doraise=True)
except py_compile.PyCompileError as error:
    print(error.exc_type_name, str(error).replace(folder, "DIR"))
out = io.StringIO()
with contextlib.redirect_stdout(out):
    print(compileall.compile_file(good, force=True), compileall.compile_file(broken, quiet=1), compileall.compile_dir(folder + "/pack"))
print(out.getvalue().replace(folder, "DIR"))
print(sorted(n.split(".")[0] for n in os.listdir(os.path.join(folder, "pack", "__pycache__"))))
