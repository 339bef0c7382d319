# Groups, bad arguments of execve, and glob in a folder that is open.
import os, sys
def t(f, *a, **k):
    try: r = f(*a, **k)
    except BaseException as e: print(type(e).__name__, e)
    else: print(repr(r))
t(os.getgrouplist,'root',0); t(os.getgrouplist,'root','a'); t(os.getgrouplist)
pid=os.fork()
if not pid:
    for env in [{'a=b':'c'}, {'a\0':'b'}, {'a':'b\0'}, 3, {3:4}, {'':'x'}]:
        t(os.execve, '/bin/true', ['true'], env)
    for a in [[], [''], 3, ['a\0'], [3]]:
        t(os.execve, '/bin/true', a, {})
    t(os.execve,'/nonexist',['a'],{})
    sys.stdout.flush(); os._exit(3)
print(os.waitpid(pid,0)[1])

import glob, tempfile
with tempfile.TemporaryDirectory() as tmp:
    gd = os.path.join(tmp, 'gd')
    os.makedirs(gd+'/x/y',exist_ok=True); open(gd+'/x/a.txt','w').close(); open(gd+'/b.txt','w').close()
    fd=os.open(gd,os.O_RDONLY)
    for p in ['*','x/*','**','**/','x/a.txt','*/*.txt','x','nope','x/','?.txt', '.*', '[bx]*']:
        t(lambda: sorted(glob.glob(p,dir_fd=fd,recursive=True))); t(lambda: sorted(glob.iglob(p,dir_fd=fd))); t(lambda:sorted(glob.glob(p,root_dir='x',dir_fd=fd)))
    
    os.close(fd)
