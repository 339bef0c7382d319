"""logging: records, loggers, formatters, filters, basicConfig."""
import logging, sys, io
logging.basicConfig(stream=sys.stdout, level=logging.DEBUG, format="%(levelname)s:%(name)s:%(funcName)s:%(lineno)d:%(filename)s:%(module)s:%(message)s")
log = logging.getLogger(__name__)
def f():
    log.info("hello %s %d", "w", 3)
    logging.warning("root %(a)s", {"a": 1})
    try: 1/0
    except ZeroDivisionError: log.exception("oops")
f()
log.debug("stack", stack_info=True)
print(log, logging.getLogger(), logging.getLogger("a.b.c"), logging.root.handlers)
c=logging.getLogger("a.b.c"); print(c.parent); b=logging.getLogger("a.b"); print(c.parent, b.parent); a=logging.getLogger("a"); print(b.parent, a.parent)
print(a.getChild("x.y").name, c.getEffectiveLevel(), c.isEnabledFor(5))
for s,fmt in (("{","{asctime!s:.4} {levelname:<10}|{message}"),("$","$levelname ${message} $$"),("%","%(message)-10s|")):
    h=logging.StreamHandler(sys.stdout); h.setFormatter(logging.Formatter(fmt, style=s)); a.addHandler(h)
a.propagate=False
a.error("x")
def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, e)
t(logging.Formatter,"x"); t(logging.Formatter,"{","","{"); t(logging.Formatter,"x",style="{"); t(logging.Formatter,"{a!x}",style="{"); t(logging.Formatter,"{a:z}",style="{");t(logging.Formatter,"{a-b}",style="{")
t(logging.Formatter,"$",style="$"); t(logging.Formatter,"x",style="$"); t(logging.Formatter,"x",style="?")
t(logging.getLogger, 5); t(log.setLevel,"X"); t(log.setLevel, 2.5); t(log.log,"x","y"); t(logging.getLevelName,30); t(logging.getLevelName,"INFO"); t(logging.getLevelName,33); t(logging.addLevelName,33,"MINE"); t(logging.getLevelName,33)
t(log.info,"x",extra={"name":1}); t(log.info,"x",extra={"message":1}); log.info("extra", extra={"foo":5}); t(log.info,"x",foo=1)
t(logging.basicConfig,stream=1,filename=2); t(logging.basicConfig, force=True, stream=1,filename=2); t(logging.basicConfig, force=True, foo=2); t(logging.basicConfig,handlers=[],stream=1,force=True); t(logging.basicConfig,force=True,style="x")
logging.basicConfig(force=True, stream=sys.stdout, format="%(message)s", level="INFO")
log.info("%s", "again"); log.warning("nofmt %d"); log.log(33, "mine")
ad = logging.LoggerAdapter(log, {"user":"me"}); ad.info("hi"); print(ad)
class My(logging.LoggerAdapter):
    def process(self,msg,kw): return f"[{self.extra['x']}] {msg}", kw
My(log,{"x":1}).warning("adapted %s", 5)
logging.disable(logging.ERROR); log.error("no"); log.critical("yes"); logging.disable(0)
class F(logging.Filter):
    def filter(self, r): r.msg = "F"+str(r.msg); return "no" not in r.msg
log.addFilter(F()); log.info("abc"); log.info("no")
log.filters.clear(); log.addFilter(lambda r: r.levelno>20); log.info("hid"); log.warning("shown"); log.filters.clear()
import warnings
logging.captureWarnings(True); warnings.warn("careful"); logging.captureWarnings(False)
print(logging.makeLogRecord({"msg":"x","args":(1,)}), logging.LogRecord("n",10,"/a/b.py",3,"m %s",("z",),None).getMessage())
s=io.StringIO(); h=logging.StreamHandler(s); print(h, logging.NullHandler(), logging.Handler(), logging.StreamHandler(sys.stdout))
r=logging.LogRecord("n",10,"/a/b.py",3,"m",(),None); r.created=0; r.msecs=7.0; import time
fm=logging.Formatter("%(asctime)s %(message)s"); fm.converter=time.gmtime; print(fm.format(r)); fm.datefmt="%H"; print(fm.format(r))
print(logging.Formatter("%(message)s %(x)s", defaults={"x":3}).format(r)); t(logging.Formatter("%(nox)s").format, r)
t(logging.Handler().emit, r)
print(logging.BufferingFormatter().format([r,r]), logging.Filter("a.b").filter(logging.makeLogRecord({"name":"a.b.c"})), logging.Filter("a.b").filter(logging.makeLogRecord({"name":"a.bc"})))
print(log.hasHandlers(), logging.getLevelNamesMapping())
log.info("bad %d", "x")
def outer(): inner()
def inner(): log.warning("lvl", stacklevel=2)
logging.basicConfig(force=True, stream=sys.stdout, format="%(funcName)s %(lineno)d %(message)s %(processName)s %(threadName)s")
outer(); My(log,{"x":1}).warning("w"); logging.error("e"); logging.lastResort
import pickle, copy; print(pickle.loads(pickle.dumps(log)) is log, copy.copy(log) is log)
logging.shutdown()
