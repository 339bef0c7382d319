# decimal: constructing, errors, contexts.
from decimal import *


def t(s):
    try:
        print(s, '->', repr(eval(s))[:200])
    except BaseException as e:
        print(s, '->', type(e).__name__, str(e)[:200])

for s in [
    'Decimal(4)**Decimal("0.5")', 'Decimal(1)**Decimal("0.5")', 'Decimal("1e9999999999999999999999")',
    'Decimal("1e-9999999999999999999999")', 'Decimal("1e999999999999999999")',
    'Decimal("1e1000000000000000000")', 'Decimal("0e9999999999999999999999")', 'Decimal("1__0_")',
    'Decimal("_")', 'Decimal("")', 'Decimal(" 1 ")', 'Decimal("1 2")', 'Decimal("nan_1")', 'Decimal("٣")',
    'Decimal(1.1)', 'Decimal([1])', 'Decimal((0,(1,2),-1))', 'Decimal((0,(1,2),"F"))', 'Decimal((0,(1,2),"n"))',
    'Decimal((2,(1,2),0))', 'Decimal((0,(10,2),0))', 'Decimal((0,[1,2],0))', 'Decimal((0,(1,),"x"))',
    'Decimal((0,(),0))', 'Decimal((1,(),"F"))', 'Decimal((0,("a",),0))', 'Decimal((0,(1,)))', 'Decimal(None)',
    'Decimal()', 'Decimal(b"1")', 'Decimal(True)', 'Decimal("1").exp()', 'Decimal(2).sqrt()',
    'Decimal(-1).sqrt()', 'Decimal(1)/0', 'Decimal(0)/0', 'Decimal(1)%0', 'Decimal(1)//0', 'Decimal("snan")+1',
    'Decimal("nan")+1', 'Decimal("inf")-Decimal("inf")', 'Decimal("inf")*0', 'ConversionSyntax', 'getcontext()',
    'getcontext().flags', 'ExtendedContext', 'BasicContext', 'DefaultContext', 'Context(prec=3)',
    'Context(prec=0)', 'Context(rounding="x")', 'Context(Emin=1)', 'Context(Emax=-1)', 'Context(prec="a")',
    'Context(flags=[Inexact])', 'Context(traps=5)', 'Context(capitals=2)', 'Context(clamp=3)',
    'getcontext().foo', 'getcontext().prec.__class__', 'Decimal("1.5").__format__("z")',
    'format(Decimal("1234567.891"),",.2f")', 'format(Decimal("-0.001"),"z.1f")', 'Decimal("1")+1.5',
    'Decimal("1")<1.5', 'Decimal("0.1")==0.1', 'Decimal("1")+"a"', 'Decimal(1)<"a"', 'Decimal("nan")<1',
    'Decimal("nan")==1', 'Decimal("snan")==1', 'hash(Decimal("snan"))', 'hash(Decimal("inf"))',
    'Decimal(10)**1000000000000000000', 'Decimal(2)**-1000000000000000000000', 'int(Decimal("nan"))',
    'int(Decimal("inf"))', 'float(Decimal("snan"))', 'float(Decimal("1e400"))', 'round(Decimal("1.25"),1)',
    'round(Decimal("2.5"))', 'round(Decimal("inf"))', 'round(Decimal("nan"))',
    'Decimal("1.5").as_integer_ratio()', 'Decimal("inf").as_integer_ratio()',
    'Decimal("nan").as_integer_ratio()', 'pow(Decimal(3),5,7)', 'pow(Decimal(3),Decimal("0.5"),7)',
    'Decimal.from_float("a")', 'Decimal.from_float(1)', 'DecimalTuple(1,2,3)', 'Decimal("12").as_tuple()',
    'MAX_PREC,MAX_EMAX,MIN_EMIN,MIN_ETINY', 'HAVE_THREADS,HAVE_CONTEXTVAR', 'Decimal.__module__',
    'Context.__module__', 'type(getcontext().flags)', 'InvalidOperation.__mro__', 'FloatOperation.__mro__',
    'Underflow.__mro__', 'DivisionByZero.__mro__', 'localcontext(x=5)', 'localcontext(5)', 'setcontext(5)',
    'getcontext().prec', 'Decimal("1").quantize(Decimal("1e-50"))', 'Decimal("1").compare(5)',
    'Decimal("1").compare("a")', 'Decimal("1").max(1.5)', 'import_', '__version__',
]:
    t(s)
import decimal
