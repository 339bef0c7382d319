import sched
now = [0]
s = sched.scheduler(lambda: now[0], lambda d: now.__setitem__(0, now[0] + d))
def act(*a, **k): print(now[0], a, k)
e1 = s.enter(5, 1, act, ("five",)); s.enter(2, 2, act, ("two", 2), {"k": 1}); s.enter(2, 1, act, ("two first",)); e = s.enterabs(3, 1, act)
print(len(s.queue), s.empty(), [q.time for q in s.queue], e.priority, e < e1, tuple(e)[:3])
s.cancel(e)
try: s.cancel(e)
except ValueError: print("gone")
print(s.run(blocking=False)); s.run(); print(s.empty(), now[0])
