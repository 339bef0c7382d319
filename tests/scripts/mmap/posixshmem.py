import _posixshmem
import mmap
import os

name = f"/minipy_{os.getpid()}"
fd = _posixshmem.shm_open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
os.ftruncate(fd, 64)
m = mmap.mmap(fd, 64)
m[:5] = b"hello"
other = _posixshmem.shm_open(name, os.O_RDONLY)
n = mmap.mmap(other, 64, prot=mmap.PROT_READ)
print(n[:5], len(n))
for f in (lambda: _posixshmem.shm_open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR), lambda: _posixshmem.shm_open(5, 0)):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, str(e).replace(name, "NAME"))
_posixshmem.shm_unlink(name)
try:
    _posixshmem.shm_unlink(name)
except FileNotFoundError as e:
    print(str(e).replace(name, "NAME"))
for x in (m, n):
    x.close()
for x in (fd, other):
    os.close(x)
