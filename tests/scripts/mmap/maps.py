import io
import mmap
import os
import tempfile


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, "|", e)


m = mmap.mmap(-1, 20)
print(m, len(m), m.tell(), m.closed)
print(m.write(b"hello\nworld\n"), m.tell(), m.seek(0), m.read(3), m.readline(), m.readline(), m.read())
m.seek(0)
print(m.read_byte(), m.write_byte(65), m[:5], m[0], m[-1], m[2:8:2], m[::-1][-5:])
m[0] = 90
m[1:3] = b"yx"
m[10:14:2] = b"!!"
print(m[:15], b"x" in m, [b for b in m][:3])
print(m.find(b"l"), m.find(b"l", 4), m.rfind(b"l", 0), m.find(b"zz"), m.find(b"o", 0, 3), m.seek(-5, 2), m.tell())
m.move(0, 6, 5)
print(m[:12])
for f in (lambda: m[20], lambda: m["a"], lambda: m.write(b"x" * 21), lambda: m.seek(21), lambda: m.seek(0, 9),
          lambda: m.__setitem__(0, b"ab"), lambda: m.__setitem__(0, 256), lambda: m.__setitem__(slice(0, 2), b"abc"),
          lambda: m.__delitem__(0), lambda: mmap.mmap(-1, 0), lambda: mmap.mmap(-1, -1), lambda: mmap.mmap(99, 10),
          lambda: mmap.mmap(-1, 10, access=9), lambda: mmap.mmap(-1, 10, flags=2, access=1), lambda: m.move(0, 15, 6),
          lambda: m.flush(1), lambda: m.flush(0, 20), lambda: m.write_byte(300), lambda: m.find("a"),
          lambda: mmap.mmap(-1, 10, offset=1), lambda: mmap.mmap(-1, 10, offset=-1), lambda: m.madvise(999),
          lambda: m.madvise(mmap.MADV_NORMAL), lambda: mmap.mmap("a", 1), lambda: m.size()):
    show(f)
view = memoryview(m)
view[0] = 33
print(m[0], view.readonly, view.nbytes, view.format)
show(m.close)
show(lambda: m.resize(5))
view.release()
m.resize(30)
print(len(m), m[:3])
m.close()
print(m, m.closed)
for f in (lambda: m[0], lambda: len(m), m.read, m.tell, m.close, lambda: m.find(b"")):
    show(f)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "f")
    with open(path, "w+b") as f:
        show(lambda: mmap.mmap(f.fileno(), 0))
        f.write(b"0123456789" * 5)
        f.flush()
        show(lambda: mmap.mmap(f.fileno(), 51))
        show(lambda: mmap.mmap(f.fileno(), 0, offset=4096))
        with mmap.mmap(f.fileno(), 0) as m:
            m[:4] = b"abcd"
            m.flush()
            print(m.size(), m)
        f.seek(0)
        print(f.read(8), m.closed)
        with mmap.mmap(f.fileno(), 10, access=mmap.ACCESS_READ) as m:
            print(m[:], m)
            view = memoryview(m)
            print(view.readonly, bytes(view[:2]))
            view.release()
            for g in (lambda: m.write(b"a"), lambda: m.__setitem__(0, 1), lambda: m.resize(3), lambda: m.write_byte(1),
                      lambda: m.move(0, 1, 1), m.flush):
                show(g)
        with mmap.mmap(f.fileno(), 10, access=mmap.ACCESS_COPY) as m:
            m[:2] = b"ZZ"
            print(m[:], m.flush())
        with mmap.mmap(f.fileno(), 0) as m:
            m.resize(60)
            m[50:] = b"*" * 10
            print(len(m), os.fstat(f.fileno()).st_size)
        f.seek(0)
        print(f.read())
        with mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ) as m:
            print(m[:4], m)
            print(list(iter(m.readline, b""))[:1] == [m[:]])

pid_map = mmap.mmap(-1, 8)
pid = os.fork()
if pid == 0:
    pid_map[:5] = b"child"
    os._exit(0)
os.waitpid(pid, 0)
print(pid_map[:5], issubclass(mmap.mmap, object), mmap.error is OSError, mmap.PAGESIZE == mmap.ALLOCATIONGRANULARITY)


class Sub(mmap.mmap):
    def first(self):
        return self[0]


s = Sub(-1, 4)
s.extra = 1
print(s.first(), s.extra)
