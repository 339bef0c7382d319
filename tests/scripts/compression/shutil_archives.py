import os
import shutil
import tempfile


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, "|", e)


def tree(folder):
    return sorted(os.path.relpath(os.path.join(r, n), folder) for r, d, f in os.walk(folder) for n in d + f)


print(shutil.get_archive_formats())
print(shutil.get_unpack_formats())
with tempfile.TemporaryDirectory() as folder:
    os.makedirs(os.path.join(folder, "src", "sub"))
    for name in ("a.txt", "sub/b.txt"):
        with open(os.path.join(folder, "src", name), "w") as f:
            f.write(name)
    for format in ("zip", "tar", "gztar", "bztar", "xztar"):
        made = shutil.make_archive(os.path.join(folder, "out", format), format, os.path.join(folder, "src"))
        print(os.path.relpath(made, folder), os.path.getsize(made) > 100)
        target = os.path.join(folder, "in", format)
        shutil.unpack_archive(made, target)
        print(tree(target), open(os.path.join(target, "sub/b.txt")).read())
        made = shutil.make_archive(os.path.join(folder, "part" + format), format, folder, "src/sub")
        shutil.unpack_archive(made, target + "2", format)
        print(tree(target + "2"))
    shutil.unpack_archive(os.path.join(folder, "out", "tar.tar"), os.path.join(folder, "filtered"), filter="data")
    print(tree(os.path.join(folder, "filtered")))
    with open(os.path.join(folder, "no.zip"), "w") as f:
        f.write("no archive")
    with open(os.path.join(folder, "no.tar"), "w") as f:
        f.write("no archive")
    for f in (lambda: shutil.make_archive(os.path.join(folder, "x"), "nothing"),
              lambda: shutil.unpack_archive(os.path.join(folder, "src", "a.txt")),
              lambda: shutil.unpack_archive(os.path.join(folder, "src", "a.txt"), folder, "nothing"),
              lambda: shutil.register_archive_format("x", 5), lambda: shutil.register_unpack_format("x", [".zip"], print)):
        try:
            print(f())
        except Exception as e:
            print(type(e).__name__, str(e).replace(folder, "FOLDER"))
    for name in ("no.zip", "no.tar"):
        try:
            shutil.unpack_archive(os.path.join(folder, name), folder)
        except shutil.ReadError as e:
            print(type(e).__name__, str(e).replace(folder, "FOLDER"))
shutil.register_archive_format("own", lambda base_name, base_dir, **kwargs: base_name, [("level", 1)], "An own format")
print(shutil.get_archive_formats()[-1], shutil.get_archive_formats()[0])
shutil.unregister_archive_format("own")
