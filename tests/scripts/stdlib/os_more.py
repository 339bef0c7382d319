"""os: ids, priorities, waiting, several buffers, files without names."""
import os
import tempfile

print(os.getresuid() == (os.getuid(), os.geteuid(), os.geteuid()) or len(os.getresuid()), len(os.getresgid()))
os.setuid(os.getuid())
os.setgid(os.getgid())
os.setreuid(-1, -1)
os.setresuid(-1, -1, -1)
for f in (lambda: os.setuid("x"), lambda: os.setuid(-2), lambda: os.setuid(2**40), lambda: os.setgroups([2**40])):
    try:
        f()
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
print(os.getpriority(os.PRIO_PROCESS, 0))
pid = os.fork()
if not pid:
    os._exit(7)
done, status, usage = os.wait4(pid, 0)
print(done == pid, os.waitstatus_to_exitcode(status), type(usage).__name__, len(usage))
pid = os.fork()
if not pid:
    os._exit(3)
result = os.waitid(os.P_PID, pid, os.WEXITED)
print(result.si_pid == pid, result.si_status, result.si_code == os.CLD_EXITED, type(result).__name__, result[2] == result.si_signo)
pid = os.fork()
if not pid:
    os._exit(0)
print(os.wait3(0)[1])
for f in (lambda: os.wait3(os.WNOHANG), lambda: os.waitid(os.P_ALL, 0, os.WEXITED)):
    try:
        f()
    except ChildProcessError as e:
        print(e)
with tempfile.TemporaryFile() as f, tempfile.TemporaryFile() as g:
    fd = f.fileno()
    print(os.writev(fd, [b"abc", bytearray(b"def"), memoryview(b"gh")]))
    print(os.pwritev(fd, [b"X", b"Y"], 1))
    os.lseek(fd, 0, 0)
    a, b = bytearray(3), bytearray(10)
    print(os.readv(fd, [a, b]), a, b)
    print(os.preadv(fd, [a], 5), a)
    print(os.sendfile(g.fileno(), fd, 2, 4), os.pread(g.fileno(), 10, 0))
    print(os.copy_file_range(fd, g.fileno(), 3, 0, 4), os.pread(g.fileno(), 10, 0))
    try:
        os.writev(fd, [1])
    except TypeError as e:
        print(e)
fd = os.memfd_create("name")
os.write(fd, b"memory")
print(os.pread(fd, 10, 0), os.get_inheritable(fd))
os.close(fd)
fd = os.eventfd(3)
os.eventfd_write(fd, 4)
print(os.eventfd_read(fd))
os.close(fd)
print(os.EX_OK, os.EX_USAGE, os.EX_CONFIG, os.P_PID, os.WEXITED, os.RTLD_NOW, os.SCHED_FIFO)
