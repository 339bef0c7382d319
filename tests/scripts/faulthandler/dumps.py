import faulthandler
import re
import signal
import subprocess
import sys
import tempfile


def cleaned(text):
    return re.sub(r"0x[0-9a-f]{16}", "ID", text)


def inner(f):
    faulthandler.dump_traceback(f)
    faulthandler.dump_traceback(f.fileno(), all_threads=False)


def outer(f):
    inner(f)


with tempfile.TemporaryFile("w+") as f:
    outer(f)
    f.seek(0)
    print(cleaned(f.read()).replace(__file__, "FILE"))
    print(faulthandler.is_enabled(), faulthandler.enable(f), faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable())
for file in (5.5, -1):
    try:
        faulthandler.dump_traceback(file)
    except Exception as e:
        print(type(e).__name__, e)

program = """
import faulthandler, os, signal
faulthandler.enable()
def die(number):
    os.kill(os.getpid(), number)
die(%d)
"""
for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE):
    done = subprocess.run([sys.executable, "-c", program % number], capture_output=True, text=True)
    print(done.returncode, cleaned(done.stderr))
