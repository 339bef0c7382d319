"""Who a program runs as, the size of its pipes, and children that nobody waits for."""
import fcntl
import gc
import os
import subprocess
import sys
import time
import warnings


def shown(f, *args, **keywords):
    try:
        return f(*args, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


output = subprocess.check_output
WHO = "id -u; id -g; id -G"
for owner in (
    dict(user=65534), dict(user="nobody"), dict(group=65534), dict(group="nogroup"), dict(extra_groups=[1, 2]),
    dict(extra_groups=["nogroup", 3]), dict(extra_groups=[]), dict(user=65534, group=65534, extra_groups=[5]),
):
    print(owner, shown(output, WHO, shell=True, **owner))
    print(owner, shown(output, WHO, shell=True, preexec_fn=lambda: None, **owner))
for owner in (
    dict(user=-1), dict(user=1.5), dict(user="no such"), dict(user=2**64), dict(group=-5), dict(group=b"x"),
    dict(group="no such"), dict(group=2**64), dict(extra_groups="a"), dict(extra_groups=[-1]), dict(extra_groups=[1.0]),
    dict(extra_groups=["no such"]), dict(extra_groups=[2**64]),
):
    print(owner, shown(output, ["true"], **owner))

print(shown(output, [sys.executable, "-c", "import os; print(os.getpgid(0) == os.getpid())"], process_group=0))
print(shown(output, [sys.executable, "-c", "import os; print(os.getpgid(0) == os.getpid())"], process_group=0,
            preexec_fn=lambda: None))

# What is set for the child alone
print(output("echo $FRUIT", shell=True, preexec_fn=lambda: os.putenv("FRUIT", "apple")))
p = subprocess.Popen(["cat"], stdin=-1, stdout=-1, pipesize=8192)
print(fcntl.fcntl(p.stdin, fcntl.F_GETPIPE_SZ), fcntl.fcntl(p.stdout, fcntl.F_GETPIPE_SZ), p.communicate(b"x"))

# Descriptors
r, w = os.pipe()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    subprocess.run(f"echo x >&{w}", shell=True, pass_fds=[w], close_fds=False)
print([(x.category.__name__, str(x.message)) for x in caught], os.read(r, 10))
os.set_inheritable(w, True)
for how in (dict(), dict(close_fds=False)):
    print(subprocess.run(f"echo x >&{w}", shell=True, stderr=subprocess.DEVNULL, preexec_fn=lambda: None, **how).returncode)

# A child that is forgotten ends all the same
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    p = subprocess.Popen(["sleep", "0.05"])
    pid = p.pid
    del p
    gc.collect()
    time.sleep(0.1)
    subprocess.run(["true"])
print(shown(os.waitpid, pid, 0))

p = subprocess.Popen(["true"], encoding="latin-1")
print(p.wait(), p.universal_newlines, p.text_mode, subprocess.Popen(["true"], text=True).text_mode)
