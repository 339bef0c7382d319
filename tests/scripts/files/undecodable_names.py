# Files whose names are no text: surrogates stand for their bytes.
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "x\udc80y")
    with open(name, "w") as f:
        f.write("text")
    print(ascii(os.listdir(folder)), os.listdir(folder.encode()), open(name).read())
    os.rename(name, os.path.join(folder, "plain"))
    print(os.listdir(folder))
    try:
        open(name)
    except FileNotFoundError as e:
        print(ascii(e.filename[len(folder):]))
try:
    open("\ud800")
except UnicodeEncodeError as e:
    print(e)
