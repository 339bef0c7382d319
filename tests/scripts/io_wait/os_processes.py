import os
import signal
import sys


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


pid = os.fork()
if pid == 0:
    os._exit(3)
got, status = os.waitpid(pid, 0)
print(got == pid, os.WIFEXITED(status), os.WEXITSTATUS(status), os.waitstatus_to_exitcode(status))

pid = os.fork()
if pid == 0:
    signal.pause()
os.kill(pid, signal.SIGTERM)
_, status = os.wait()
print(os.WIFSIGNALED(status), os.WTERMSIG(status), os.waitstatus_to_exitcode(status), os.WIFSTOPPED(status))
attempt(os.waitpid, -1, 0)
attempt(os.waitstatus_to_exitcode, 0x137F)

# A program in the place of the child, its output through a pipe.
r, w = os.pipe()
print(os.get_inheritable(w))
pid = os.fork()
if pid == 0:
    os.dup2(w, 1)
    os.execv("/bin/sh", ["sh", "-c", "echo from the shell; exit 7"])
os.close(w)
print(os.read(r, 100), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
os.close(r)

r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.dup2(w, 1)
    os.execve("/bin/sh", ["sh", "-c", "echo $A $B"], {"A": "1", "B": "two"})
os.close(w)
print(os.read(r, 100), os.waitpid(pid, 0)[1])
attempt(os.execv, "/nowhere", ["x"])
attempt(os.execv, "/bin/sh", [])
attempt(os.execv, "/bin/sh", 5)
attempt(os.execvp, "no-such-program-here", ["x"])
attempt(os.execve, "/nowhere", ["x"], {})

print(os.spawnl(os.P_WAIT, "/bin/sh", "sh", "-c", "exit 5"))
print(os.spawnlp(os.P_WAIT, "sh", "sh", "-c", "exit $((2 + 4))"))
print(os.spawnvpe(os.P_WAIT, "sh", ["sh", "-c", "exit $N"], {"N": "9", "PATH": "/bin"}))
print(os.system("exit 3"), os.waitstatus_to_exitcode(os.system("exit 3")))

print(os.get_blocking(r), os.set_blocking(r, False), os.get_blocking(r))
attempt(os.read, 999, 1)
os.set_inheritable(r, True)
print(os.get_inheritable(r))
print(os.getpgrp() == os.getpgid(0), os.getsid(0) > 0)
print(len(os.times()), os.times().user >= 0, len(os.getloadavg()), os.nice(0) >= 0)
attempt(os.set_blocking, 999, True)
sys.stdout.flush()

# What is buffered belongs to both.
print("twice")
pid = os.fork()
if pid == 0:
    sys.exit(0)
os.waitpid(pid, 0)
