import errno
import pathlib
import stat
import pwd
import grp
import platform
import resource
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

p = pathlib.Path("a.txt")
for f in (lambda: os.stat(pathlib.Path('nope')), lambda: os.stat(b'nope'), lambda: os.listdir(pathlib.Path('nope')), lambda: os.stat([]), lambda: os.listdir([]), lambda: os.open(5,0), lambda: os.rename(5,'x'), lambda: os.unlink(None), lambda: os.stat('a\0b'), lambda: os.mkdir(5), lambda: os.rename('nope','n2'), lambda: os.scandir([]), lambda: os.chdir([]), lambda: os.symlink(1,2), lambda: os.readlink(1), lambda: os.truncate([],1), lambda: os.utime([]), lambda: os.chmod([],1), lambda: os.access([],1), lambda: os.stat(99), lambda: os.listdir(99), lambda: os.link(1,2), lambda: os.stat('x',dir_fd='a'), lambda: os.stat(1,dir_fd=1), lambda:os.stat(2**40), lambda: os.close('a'), lambda: os.fspath(1), lambda: os.utime('nope'), lambda: os.utime('/tmp', 5), lambda: os.utime('/tmp',(1,2),ns=(1,2)), lambda: os.utime('/tmp', ns=5), lambda: os.sysconf('x'), lambda: os.strerror(9999), lambda: os.umask('a'), lambda: os.urandom(-1), lambda: os.putenv('a=b','c'), lambda: os.environ.__setitem__('a',1), lambda: os.environ['nope'], lambda: os.getenv(5), lambda: os.lseek(0,'a',0),lambda: os.read(0,-1), lambda: os.write(1,'a'), lambda:os.path.join('a',5), lambda: os.path.join('a',b'b'), lambda: os.path.exists([]), lambda: os.path.commonpath([]), lambda: os.path.commonpath(['/a','b']), lambda: os.path.relpath(''), lambda: os.path.basename(5), lambda: os.path.commonpath(['a',b'b']), lambda: os.path.samefile('a','b'), lambda: os.path.getsize('nope'), lambda: os.path.expandvars(5),lambda: os.path.isabs(5),lambda: os.path.splitext(5),lambda: os.path.normpath(5),lambda: os.path.split(5),lambda: os.path.normcase(5),lambda:os.makedirs('/tmp'),lambda:os.rmdir('/tmp')): t(f)
s = os.stat('a.txt'); print(s.st_size, len(s), stat.filemode(s.st_mode), s[6], type(s[7]), type(s.st_mtime), s.st_mtime_ns//10**9==s[8], str(s)[:22], s.n_fields)
os.utime('a.txt',(1.5,2.25)); s=os.stat('a.txt'); print(s.st_atime, s.st_mtime, s.st_mtime_ns, s[7]); print(str(s).split('st_size')[1].split('st_ctime')[0])
print(sorted(os.listdir()), sorted(os.listdir(b'.')), sorted((e.name,e.is_dir(),e.is_file(),e.is_symlink(),e.path) for e in os.scandir('.')))
with os.scandir() as it: print(sorted(map(repr,it)))
print(sorted((a,sorted(b),sorted(c)) for a,b,c in os.walk('.')))
print([(a,b,c) for a,b,c in os.walk('sub',topdown=False)])
print(sorted((a,sorted(b),sorted(c)) for a,b,c,_ in os.fwalk('.')))
print(os.readlink('ln'), os.path.realpath('ln')==os.path.realpath('a.txt'), os.path.islink('ln'), os.path.lexists('broken'), os.path.exists('broken'))
os.environ['ZZ']='1'; print(os.getenv('ZZ'), os.environb[b'ZZ'], 'ZZ' in os.environ, os.path.expandvars('$ZZ/${ZZ}/$NOPE')); del os.environ['ZZ']; t(lambda: os.environ['ZZ'])
fd=os.open('f',os.O_CREAT|os.O_RDWR); print(os.write(fd,b'hello'), os.lseek(fd,1,0), os.read(fd,3), os.pread(fd,2,0), os.fstat(fd).st_size, os.ftruncate(fd,2), os.isatty(fd), os.close(fd)); t(lambda: os.close(fd))
r,w_=os.pipe(); os.write(w_,b'x'); print(os.read(r,5)); os.close(r); os.close(w_)
print(os.access('f',os.R_OK), os.chmod('f',0o600), oct(os.stat('f').st_mode), os.umask(0o22), os.cpu_count()>0, os.getpid()>0, os.uname().sysname, os.fsencode('é'), os.fsdecode(b'\xff')=='\udcff', os.sep, os.linesep, os.name, os.curdir, os.extsep)
open(b'\xffx','w').close(); print([ascii(n) for n in os.listdir() if 'x' in n]); os.unlink('\udcffx')
print(os.replace('f','g'), os.link('g','h'), os.stat('h').st_nlink, os.remove('g'), os.truncate('h',0), os.makedirs('p/q/r'), os.removedirs('p/q/r'), os.path.exists('p'))
print(isinstance(p, os.PathLike), issubclass(int, os.PathLike), os.fspath(p), os.get_exec_path is not None, os.terminal_size((80,24)), os.sysconf('SC_PAGESIZE'), os.getgroups() is not None, os.path.commonprefix(['/usr/l','/usr/x']), os.path.relpath('/a/b','/a/c'), os.path.normpath('//a/./b/../c'), os.path.splitext('.x'), os.path.splitext('a/b.c.d'), os.path.split('/'), os.path.join('a','','b'), os.path.abspath('/a/../b'))
print(errno.ENOENT, errno.errorcode[2], os.strerror(2), os.path.ismount('/'), os.get_terminal_size.__name__)

print(pwd.getpwuid(0), grp.getgrgid(0).gr_name, platform.system(), platform.python_implementation(), platform.machine(), platform.architecture(), resource.getrlimit(resource.RLIMIT_CORE)[0]>=-1, resource.getrusage(0).ru_maxrss>0); t(lambda: pwd.getpwnam('nobodyx')); t(lambda: pwd.getpwuid(99999))

os.chdir("/")
shutil.rmtree(folder)
