import pathlib
import os
import shutil
import tempfile


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


folder = tempfile.mkdtemp()
os.chdir(folder)
with open("a.txt", "w") as f:
    f.write("hello")
os.mkdir("sub")
with open("sub/b.py", "w") as f:
    f.write("x=1")
os.symlink("a.txt", "ln")
os.symlink("nope", "broken")

p=pathlib.Path('a.txt'); print(p, repr(p), p.exists(), p.read_text(), p.suffix, p.stem, p.with_suffix('.md'), p.parent, repr(p.resolve().name), p.stat().st_size)
print(sorted(pathlib.Path('.').glob('**/*')), sorted(pathlib.Path('.').rglob('*.py')), sorted(pathlib.Path('.').iterdir()))
q=pathlib.PurePosixPath('/a/b/c.tar.gz'); print(q.parts,q.parents[0],list(q.parents),q.suffixes,q.relative_to('/a'),q.match('*.gz'),q/'x',q.name,q.root,q.anchor,q.as_uri(), q.with_name('z'), q.is_relative_to('/b'), q.joinpath('a','/b'), '/r'/q, hash(q)==hash(pathlib.PurePosixPath('/a//b/./c.tar.gz')))
w=pathlib.PureWindowsPath(r'c:\Users\me/x.txt'); print(repr(w),w.drive,w.root,w.parts,w.as_posix(),w.as_uri(),w==pathlib.PureWindowsPath('C:/users/ME/X.TXT'),w.is_absolute(),w/'d:/y',w.parent, pathlib.PureWindowsPath('//host/share/x').parts)
t(lambda: q.relative_to('/x')); t(lambda: q.with_name('')); t(lambda: q.with_suffix('x')); t(lambda: pathlib.PurePath(5)); t(lambda: pathlib.PurePosixPath('x').as_uri()); t(lambda: pathlib.WindowsPath('x')); t(lambda: pathlib.Path('nope').read_text()); t(lambda: pathlib.Path('nope').unlink()); t(lambda: pathlib.Path('a.txt').mkdir()); t(lambda: list(pathlib.Path('.').glob(''))); t(lambda: pathlib.PurePath('a')<5); t(lambda: pathlib.Path('sub').mkdir(exist_ok=True)); t(lambda: pathlib.Path('a.txt').mkdir(exist_ok=True)); t(lambda: pathlib.Path('n/m').mkdir()); t(lambda: pathlib.Path('n/m').mkdir(parents=True))
print(pathlib.Path('t').touch(), pathlib.Path('t').write_text('äb'), pathlib.Path('t').read_bytes(), pathlib.Path('t').rename('t2'), pathlib.Path('~').expanduser()==pathlib.Path.home(), pathlib.Path('a')/'..'/'b', pathlib.Path('a/../b').resolve().name)

os.chdir("/")
shutil.rmtree(folder)
