import filecmp
import fnmatch
import glob
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

print(shutil.copy('a.txt','c.txt'), shutil.copytree('sub','sub2'), sorted(os.listdir('sub2')), shutil.move('c.txt','sub2'), shutil.which('sh') is not None, shutil.rmtree('sub2'), os.path.exists('sub2'))
t(lambda: shutil.copy('a.txt','a.txt')); t(lambda: shutil.copytree('sub','sub')); t(lambda: shutil.rmtree('nope')); t(lambda: shutil.rmtree('a.txt')); t(lambda: shutil.rmtree('ln')); t(lambda: shutil.copyfile('a.txt','nodir/')); t(lambda: shutil.make_archive('x','foo')); t(lambda: shutil.move('sub','sub/x')); t(lambda: shutil.copyfile('nope','y'))
print(shutil.get_terminal_size(), shutil.get_archive_formats(), type(shutil.disk_usage('/')).__name__, shutil.disk_usage('/')._fields)
print(glob.glob('*.txt'), sorted(glob.glob('**',recursive=True)), glob.escape('a[b]*'), fnmatch.filter(['a.py','b.txt'],'*.py'), fnmatch.translate('*.[ch]'))
print(filecmp.cmp('a.txt','a.txt'), filecmp.cmp('a.txt','sub/b.py'))
with tempfile.NamedTemporaryFile('w+',suffix='.x',delete=True) as f: n=f.name; f.write('q'); f.flush(); print(os.path.exists(n), n.endswith('.x'), os.path.dirname(n)==tempfile.gettempdir())
print(os.path.exists(n))
with tempfile.TemporaryDirectory() as td: print(os.path.isdir(td)); open(os.path.join(td,'z'),'w').close()
print(os.path.exists(td))
with tempfile.TemporaryFile() as f: f.write(b'abc'); f.seek(0); print(f.read())
with tempfile.SpooledTemporaryFile(max_size=3) as f: f.write(b'abcdef'); f.seek(0); print(f.read(), f._rolled)

os.chdir("/")
shutil.rmtree(folder)
