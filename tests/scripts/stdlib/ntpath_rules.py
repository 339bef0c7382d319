# ntpath: what the functions make of drives, shares and both separators.
import ntpath
import os

os.environ.update(USERPROFILE="C:\\Users\\me", USERNAME="me", NT_ONE="one")
paths = [
    "", ".", "a", "a/b", "a\\b\\", "c:", "c:a", "c:\\", "C:/a/../b.txt", "\\a\\..\\..\\b", "\\\\srv\\share", "//srv/share/x.tar.gz",
    "\\\\?\\UNC\\srv\\share\\f", "\\\\?\\c:\\x\\.\\y", "..\\..\\z", "~", "~/x", "~you\\x", "~me/y", "$NT_ONE\\%NT_ONE%/${NT_ONE}", "'$NT_ONE'%%$$%NO%$NO",
    ".profile", "a.b\\c",
]
for path in paths:
    for name in "normcase isabs splitdrive split splitext basename dirname expanduser expandvars normpath".split():
        print(name, repr(path), getattr(ntpath, name)(path), getattr(ntpath, name)(path.encode()))
for one in paths[:14]:
    for other in paths[2:12]:
        print(ntpath.join(one, other, "end"), end=" ")
        for act in (lambda: ntpath.relpath("c:\\x\\" + one, "C:/x/y/" + other), lambda: ntpath.commonpath([one, other])):
            try:
                print(act(), end=" ")
            except ValueError as e:
                print(e, end=" ")
        print()
for act in (
    lambda: ntpath.join("a", b"b"), lambda: ntpath.join(1), lambda: ntpath.commonpath([]), lambda: ntpath.relpath(""),
    lambda: ntpath.relpath("d:\\x", "c:\\"), lambda: ntpath.commonpath(["a", b"b"]), lambda: ntpath.join("a", None),
):
    try:
        print(act())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(ntpath.sep, ntpath.altsep, ntpath.pathsep, ntpath.devnull, ntpath.abspath("c:/a/./b"), ntpath.ismount("c:\\"), ntpath.ismount("c:\\a"))
