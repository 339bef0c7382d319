import os
import subprocess
import sys
import signal
from subprocess import DEVNULL, PIPE, STDOUT, Popen, run


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e, e.args)


print(run(["echo", "hello"], capture_output=True))
print(run(["echo", "hello"], capture_output=True, text=True))
print(run("echo out; echo err >&2; exit 3", shell=True, capture_output=True, text=True))
print(run(["cat"], input=b"through cat", stdout=PIPE).stdout, run(["cat"], input="text", stdout=PIPE, text=True).stdout)
print(run(["true"]), run(["false"]).returncode, run(["sh", "-c", "kill -9 $$"]).returncode)
print(run(["sh", "-c", "echo a; echo b >&2"], stdout=PIPE, stderr=STDOUT, encoding="utf-8").stdout)
print(run("echo $X $HOME", shell=True, env={"X": "1"}, capture_output=True, text=True).stdout)
print(run(["pwd"], cwd="/", capture_output=True, text=True).stdout, run(["cat"], stdin=DEVNULL).returncode)
print(run(["printf", r"a\r\nb\rc"], capture_output=True, text=True).stdout.encode())
big = run(["cat"], input=b"x" * 300000, stdout=PIPE).stdout
print(len(big), set(big))

attempt(run, ["false"], check=True)
attempt(run, "kill -15 $$", shell=True, check=True)
try:
    run(["sleep", "5"], timeout=0.02)
except subprocess.TimeoutExpired as e:
    print(e.cmd, str(e)[:45], e.output)
attempt(run, ["no-such-program-anywhere"])
attempt(run, ["/no/such"])
attempt(run, ["ls"], cwd="/no/such/folder")
attempt(run, ["/etc/passwd"])
attempt(run, ["echo"], input=b"", stdin=PIPE)
attempt(run, ["echo"], capture_output=True, stdout=PIPE)
attempt(run, [])
attempt(run, ["a\0b"])
attempt(Popen, ["true"], bufsize="x")
attempt(Popen, ["true"], text=True, universal_newlines=False)

print(subprocess.call(["sh", "-c", "exit 4"]), subprocess.check_call(["true"]))
attempt(subprocess.check_call, ["false"])
print(subprocess.check_output(["echo", "x"]), subprocess.check_output("echo y", shell=True, text=True))
try:
    subprocess.check_output("echo partial; exit 2", shell=True)
except subprocess.CalledProcessError as e:
    print(e.output, e.stdout, e.stderr, e.returncode, e.cmd)
attempt(subprocess.check_output, ["x"], stdout=PIPE)
print(subprocess.getoutput("echo got"), subprocess.getstatusoutput("echo no; exit 6"))

p = Popen(["cat"], stdin=PIPE, stdout=PIPE)
print(p.poll(), p.pid > 0, p.args, p.returncode)
p.stdin.write(b"line\n")
p.stdin.flush()
print(p.stdout.readline())
p.stdin.close()
print(p.wait(), p.poll(), p.stdout.read())
p.stdout.close()
print(repr(p))

with Popen(["sleep", "10"]) as p:
    attempt(p.wait, timeout=0.01)
    p.terminate()
print(p.returncode, p.returncode == -signal.SIGTERM)
with Popen(["sleep", "10"]) as p:
    p.kill()
print(p.wait(), p.send_signal(9))

with Popen("read a; echo got $a; read b; echo $b >&2", shell=True, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True, bufsize=1) as p:
    print(p.stdin.write("one\n"), p.stdout.readline())
    print(p.communicate("two\n"))
p = Popen(["sh", "-c", "echo early; sleep 10"], stdout=PIPE)
try:
    p.communicate(timeout=0.1)
except subprocess.TimeoutExpired as e:
    print(e, e.timeout, e.output)
p.kill()
print(p.communicate())

# Pipes between programs, and descriptors.
first = Popen(["echo", "a b c"], stdout=PIPE)
second = Popen(["wc", "-w"], stdin=first.stdout, stdout=PIPE, text=True)
first.stdout.close()
print(second.communicate()[0].strip(), first.wait())
r, w = os.pipe()
os.set_inheritable(w, True)
print(run(f"echo passed >&{w}", shell=True, pass_fds=[w]).returncode, os.read(r, 100))
print(run(f"echo passed >&{w}", shell=True, stderr=DEVNULL).returncode != 0)
os.close(w)
os.close(r)
print(run(["sh", "-c", "umask; ps -o sid= -p $$ >/dev/null"], umask=0o27, capture_output=True).stdout)
print(run(["sh", "-c", "exit 0"], start_new_session=True).returncode)


def before():
    os.write(1, b"in the child\n")


sys.stdout.flush()
print(run(["echo", "and the program"], preexec_fn=before, stdout=PIPE).stdout)
attempt(run, ["echo"], preexec_fn=lambda: 1 / 0)
with os.popen("echo popen") as f:
    print(f.read(), end="")
print(f.close())
print(os.popen("exit 3").close())
print(subprocess.list2cmdline(["a b", 'c"d', "", "e\\"]))
print(subprocess.CompletedProcess(["x"], 0, b"o"), subprocess.TimeoutExpired("c", 2), subprocess.CalledProcessError(-9, "c"), subprocess.CalledProcessError(-99, "c"))
