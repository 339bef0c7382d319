# The module threading is imported by another thread than the main one, which has ended when the program ends.
import _thread


imported = _thread.allocate_lock()
imported.acquire()
result = []


def work():
    import threading

    result.append(threading.current_thread() is threading.main_thread())
    result.append(len(threading.enumerate()))
    imported.release()


_thread.start_new_thread(work, ())
imported.acquire()
import threading

print(threading.main_thread().name, threading.main_thread().is_alive())


def later():
    print("later", threading.current_thread().name)


thread = threading.Thread(target=later, name="Later")
thread.start()
