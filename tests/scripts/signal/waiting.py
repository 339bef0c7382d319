"""Signals that are waited for, and what is known of them."""
import os
import pickle
import signal
import time


def shown(f, *args):
    try:
        return f(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


USR1 = {signal.SIGUSR1}
signal.pthread_sigmask(signal.SIG_BLOCK, USR1)
os.kill(os.getpid(), signal.SIGUSR1)
info = signal.sigwaitinfo(USR1)
print(info.si_signo == signal.SIGUSR1, info.si_code, info.si_errno, info.si_pid == os.getpid(), info.si_uid == os.getuid())
print(len(info), type(info), info[0], info.n_fields, repr(info)[:36], pickle.loads(pickle.dumps(info)) == info)
print(signal.sigtimedwait(USR1, 0), signal.sigtimedwait(USR1, 0.01))
os.kill(os.getpid(), signal.SIGUSR1)
print(signal.sigtimedwait(USR1, 5).si_signo, shown(signal.sigtimedwait, USR1, -1), shown(signal.sigtimedwait, [0], 1))
os.kill(os.getpid(), signal.SIGUSR1)
print(repr(signal.sigwait(USR1)))
print(shown(signal.struct_siginfo, (1, 2)))

pid = os.fork()
if pid == 0:
    time.sleep(30)
    os._exit(0)
fd = os.pidfd_open(pid)
print(signal.pidfd_send_signal(fd, signal.SIGTERM), shown(signal.pidfd_send_signal, fd, 0, 5))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown(signal.pidfd_send_signal, fd, signal.SIGTERM))
os.close(fd)
fd = os.pidfd_open(os.getpid())
try:
    signal.pidfd_send_signal(fd, signal.SIGINT)
    print("nothing came")
except KeyboardInterrupt:
    print("at once")
os.close(fd)
