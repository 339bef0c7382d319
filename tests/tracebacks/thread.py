import threading


def work():
    return {}["missing"]


t = threading.Thread(target=work, name="Worker")
t.start()
t.join()
print("the program goes on")
