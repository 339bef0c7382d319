import os
import signal
import threading
import time

print(repr(signal.SIGINT), signal.SIGINT, signal.SIGCLD, signal.SIGIOT.name)
print(len(signal.Signals), list(signal.Handlers), list(signal.Sigmasks))
print(signal.getsignal(signal.SIGTERM), repr(signal.getsignal(signal.SIGTERM)))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print(repr(signal.getsignal(signal.SIGPIPE)))

seen = []


def note(signum, frame):
    seen.append((signum, signal.Signals(signum).name, frame.f_code.co_name))


def work():
    os.kill(os.getpid(), signal.SIGUSR1)
    return list(seen)


print(signal.signal(signal.SIGUSR1, note) == signal.SIG_DFL)
print(work())
signal.raise_signal(signal.SIGUSR1)
print(len(seen), signal.getsignal(signal.SIGUSR1) is note)
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is note)
os.kill(os.getpid(), signal.SIGUSR1)
print(len(seen), repr(signal.getsignal(signal.SIGUSR1)))

# Ctrl-C
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as e:
    print("KeyboardInterrupt", e.args)
try:
    signal.default_int_handler(2, None)
except KeyboardInterrupt as e:
    print("KeyboardInterrupt", e.args)
signal.signal(signal.SIGINT, lambda s, f: print("instead", s))
os.kill(os.getpid(), signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)


class Alarm(Exception):
    pass


def ring(signum, frame):
    raise Alarm(signum)


signal.signal(signal.SIGALRM, ring)
for wait in (
    lambda: time.sleep(10),
    lambda: threading.Lock().acquire() and threading.Event().wait(),
    lambda: os.read(os.pipe()[0], 1),
    signal.pause,
    lambda: [None for _ in iter(int, 1)],
):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        wait()
    except Alarm as e:
        print("Alarm", e)

# A handler that raises nothing does not end a wait.
signal.signal(signal.SIGALRM, lambda s, f: seen.append("tick"))
seen.clear()
print(signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005))
began = time.monotonic()
time.sleep(0.05)
print(time.monotonic() - began >= 0.05)
while len(seen) < 3:
    signal.pause()
value, interval = signal.setitimer(signal.ITIMER_REAL, 0)
print(interval, value <= 0.005)
print(signal.getitimer(signal.ITIMER_REAL), signal.alarm(5), signal.alarm(0))

# A handler may release what is waited for.
lock = threading.Lock()
lock.acquire()
signal.signal(signal.SIGALRM, lambda s, f: lock.release())
signal.setitimer(signal.ITIMER_REAL, 0.01)
print(lock.acquire())
event = threading.Event()
signal.signal(signal.SIGALRM, lambda s, f: event.set())
signal.setitimer(signal.ITIMER_REAL, 0.01)
print(event.wait())

# Only the main thread handles signals.
names = []
signal.signal(signal.SIGUSR2, lambda s, f: names.append(threading.current_thread().name))
thread = threading.Thread(target=lambda: os.kill(os.getpid(), signal.SIGUSR2))
thread.start()
thread.join()
while not names:
    time.sleep(0.001)
print(names)

# Held back.
print(signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2]))
# Not to the process: the thread may not have ended yet as the system sees it, and would take it.
signal.raise_signal(signal.SIGUSR2)
print(signal.sigpending(), names)
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR2]), len(names) > 0)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
signal.signal(signal.SIGUSR1, note)
signal.raise_signal(signal.SIGUSR1)
print(repr(signal.sigwait([signal.SIGUSR1])))

# Numbers of signals as bytes.
r, w = os.pipe()
try:
    signal.set_wakeup_fd(w)
except ValueError as e:
    print(str(e).replace(str(w), "N"))
os.set_blocking(w, False)
print(signal.set_wakeup_fd(w))
signal.raise_signal(signal.SIGUSR2)
print(os.read(r, 10), signal.set_wakeup_fd(-1) == w)

print(len(signal.valid_signals()), signal.strsignal(2), signal.strsignal(15), signal.strsignal(11))


def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e), e)


attempt(signal.signal, 99, note)
attempt(signal.signal, 9, note)
attempt(signal.signal, 15, 5)
attempt(signal.signal, 15, None)
attempt(signal.signal, 15)
attempt(signal.getsignal, 0)
attempt(signal.strsignal, 65)
attempt(signal.setitimer, 0, -1)
attempt(signal.setitimer, 9, 1)
attempt(signal.raise_signal, 99)
attempt(signal.alarm, "a")
attempt(signal.set_wakeup_fd, 77)
attempt(signal.default_int_handler)
attempt(signal.Signals, 77)
attempt(signal.pthread_sigmask, 0, [99])
attempt(os.kill, 99999999, 0)
thread = threading.Thread(target=attempt, args=(signal.signal, 15, note))
thread.start()
thread.join()
