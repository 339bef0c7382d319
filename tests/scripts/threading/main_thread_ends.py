# stderr
"""The main thread has ended for the others as soon as the script has, before it waits for them."""
import sys
import threading
import time

main = threading.current_thread()


def after_main():
    main.join()
    print("joined:", main.is_alive(), main in threading.enumerate(), threading.main_thread() is main)
    main.join(timeout=5)
    try:
        threading._register_atexit(print)
    except RuntimeError as error:
        print(error)


threading.Thread(target=after_main).start()


# Where the other threads are.
gate, inside = threading.Event(), threading.Event()


def outer():
    inner()


def inner():
    try:
        raise KeyError("handled")
    except KeyError:
        inside.set()
        gate.wait()


other = threading.Thread(target=outer)
other.start()
inside.wait()
frames = sys._current_frames()
assert frames[threading.get_ident()] is sys._getframe()
names, frame = [], frames[other.ident]
while frame is not None:
    names.append(frame.f_code.co_name)
    frame = frame.f_back
print([name for name in names if name in ("outer", "inner")])
del frame, frames
kind, value, traceback = sys._current_exceptions()[other.ident]
print(kind, repr(value), traceback.tb_lineno == inner.__code__.co_firstlineno + 2)
print(sys._current_exceptions()[threading.get_ident()])
del traceback, value
gate.set()
other.join()
assert other.ident not in sys._current_frames()
print(sys.thread_info.name, sys.thread_info.lock)
time.sleep(0.01)
print("the script ends", main.is_alive())
