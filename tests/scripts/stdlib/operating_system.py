import os, os.path
from os import path
print(os.path.join("a", "b", "/c", "d"), os.path.split("/a/b.txt"), os.path.splitext("a/b.tar.gz"), os.path.splitext(".bashrc"), os.path.basename("/x/y/"), os.path.dirname("/x/y"), os.path.normpath("a/../b//./c/.."), os.path.isabs("/a"), os.path.commonprefix(["abc", "abd"]), os.path.commonpath(["/a/b", "/a/c"]), os.path.relpath("/a/b/c", "/a/d"))
os.makedirs("/tmp/mptest_dir/x/y", exist_ok=True)
print(os.path.exists("/tmp/mptest_dir"), os.path.isdir("/tmp/mptest_dir"), os.path.isfile("/tmp/mptest_dir"), sorted(os.listdir("/tmp/mptest_dir")), [(r, sorted(d), sorted(f)) for r, d, f in os.walk("/tmp/mptest_dir")])
fd = os.open("/tmp/mptest_dir/f", os.O_RDWR | os.O_CREAT | os.O_TRUNC); print(os.write(fd, b"hello"), os.lseek(fd, 0, 0), os.read(fd, 10)); os.close(fd)
s = os.stat("/tmp/mptest_dir/f"); print(s.st_size, oct(s.st_mode), s[6], os.path.getsize("/tmp/mptest_dir/f"))
os.rename("/tmp/mptest_dir/f", "/tmp/mptest_dir/g"); print(sorted(e.name for e in os.scandir("/tmp/mptest_dir")), [e.is_dir() for e in sorted(os.scandir("/tmp/mptest_dir"), key=lambda e: e.name)])
os.symlink("/tmp/mptest_dir/g", "/tmp/mptest_dir/l"); print(os.path.islink("/tmp/mptest_dir/l"), os.readlink("/tmp/mptest_dir/l"), os.path.realpath("/tmp/mptest_dir/l"))
for f in (lambda: os.remove("/tmp/mptest_dir/nope"), lambda: os.mkdir("/tmp/mptest_dir"), lambda: os.rmdir("/tmp/mptest_dir"), lambda: os.stat("/nope"), lambda: os.listdir("/nope"), lambda: os.environ["NOPE"], lambda: os.rename("/nope", "/b"), lambda: os.path.join(1)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
os.environ["MPT"] = "v"; print(os.getenv("MPT"), os.environ.get("MPT2", "d"), "MPT" in os.environ, os.getenv("NOPE")); del os.environ["MPT"]; print("MPT" in os.environ)
for n in ("g", "l"): os.unlink("/tmp/mptest_dir/" + n)
os.removedirs("/tmp/mptest_dir/x/y"); print(os.path.exists("/tmp/mptest_dir"), os.sep, os.linesep == "\n", os.name, os.curdir, os.getcwd() == os.path.abspath("."), len(os.urandom(4)), os.devnull, os.strerror(2), os.fspath("a"), os.cpu_count() > 0)
r, w = os.pipe(); os.write(w, b"x"); print(os.read(r, 1)); print(os.system("exit 3") >> 8, os.path.expanduser("~") != "~")
