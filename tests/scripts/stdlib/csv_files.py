"""csv: readers, writers, dialects, dictionaries, the sniffer."""
import csv
import io
import re


def show(value):
    return re.sub(" at 0x[0-9a-f]+", "", repr(value))


def t(f, *a, **k):
    try:
        print(show(a), k, show(f(*a, **k)))
    except Exception as error:
        print(show(a), k, type(error), error)


for k in [dict(delimiter=''),dict(delimiter='ab'),dict(delimiter=None),dict(delimiter=5),dict(quotechar=''),dict(quotechar='ab'),dict(quotechar=5),dict(quotechar=None),dict(quotechar=None,quoting=3),dict(escapechar=''),dict(escapechar='xx'),dict(escapechar=5),
  dict(lineterminator=None),dict(lineterminator=5),dict(lineterminator=''),dict(quoting=9),dict(quoting='x'),dict(quoting=None),dict(foo=1),dict(strict=5),dict(doublequote=0), dict(quoting=True),dict(quoting=-1), dict(delimiter='\n'), dict(delimiter='"')]:
    t(lambda **k: list(csv.reader(['a,b'],**k)), **k)
    t(lambda **k: csv.writer(io.StringIO(),**k).writerow(['a','b','']), **k)
t(csv.reader); t(csv.reader, 5); t(csv.writer); t(csv.writer, 5); t(csv.reader,[],'nope'); t(csv.reader,[],5); t(csv.writer,io.StringIO(),'nope')
t(lambda: list(csv.reader([b'a'])));t(lambda: list(csv.reader([5])))
def r(*lines, **k): t(lambda: list(csv.reader(lines,**k)))
r('a,b,c\n','1,2'); r('"a","b ""q""",c'); r('"multi','line",x'); r('"open'); r('"open',strict=True); r('"a"b,c'); r('"a"b',strict=True); r(''); r('\n',''); r(' a, b',skipinitialspace=True); r('a\\,b,c',escapechar='\\'); r('a\\','b',escapechar='\\'); r("'a,b',c",quotechar="'"); r('1,2.5,"x"',quoting=csv.QUOTE_NONNUMERIC); r('1,x',quoting=csv.QUOTE_NONNUMERIC); r('"a",b',quoting=csv.QUOTE_NONE); r('a\rb'); r('a\r\nb'); r('a\r\n'); r('a;b',delimiter=';'); r('a\tb',dialect='excel-tab'); r('a,"b\\"c"',escapechar='\\',doublequote=False); r('"a""b"',doublequote=False); r(',',',,'); r('a\0b'); r('"a\r\n b"\r\n'); r('"a\\','b"',escapechar='\\'); r('a,'); r('""'); r('é,ü')
def w(*row, **k):
    def f():
        s=io.StringIO(); wr=csv.writer(s,**k); n=wr.writerow(row); return n, s.getvalue()
    t(f)
w(); w(''); w(None); w('a',None,''); w(1,2.5,True,1e100,1j,b'x'); w('a,b','c"d','e\nf','g\rh'); w('a','b',quoting=csv.QUOTE_ALL); w(1,'a',None,2.5,quoting=csv.QUOTE_NONNUMERIC); w('a,b',quoting=csv.QUOTE_NONE); w('a,b',quoting=csv.QUOTE_NONE,escapechar='\\'); w('a"b',quoting=csv.QUOTE_NONE,escapechar='\\'); w('',quoting=csv.QUOTE_NONE); w('a"b',doublequote=False); w('a"b',doublequote=False,escapechar='\\'); w('a\\b',escapechar='\\'); w('a\rb',lineterminator='\n'); w('a\nb',lineterminator='!'); w('a!b',lineterminator='!'); w(' a',delimiter=' '); w('','',delimiter=' '); w('',' ',delimiter=' ',skipinitialspace=True); w([1,2],{'a':1}); w('a"b',quotechar=None,quoting=3); w('a',quotechar="'"); w("a'b",quotechar="'"); w('a\0'); w('"',quoting=csv.QUOTE_NONE,escapechar='\\',quotechar=None)
t(lambda: csv.writer(io.StringIO()).writerow(5)); t(lambda: csv.writer(io.StringIO()).writerows(5)); t(lambda: csv.writer(io.StringIO()).writerows([[1],5])); t(lambda: csv.writer(io.StringIO()).writerows([[1],[2]])); t(lambda: csv.writer(io.StringIO()).writerow("abc"))
class B: 
    def __str__(self): raise KeyError("boo")
t(lambda: csv.writer(io.StringIO()).writerow([B()]))
print(csv.list_dialects()); t(csv.register_dialect, 5, 'excel'); t(csv.register_dialect,'mine', delimiter='|'); t(csv.get_dialect,'nope'); d=csv.get_dialect('mine'); print(d.delimiter,d.quotechar,d.escapechar,d.doublequote,d.skipinitialspace,d.lineterminator,d.quoting,d.strict); r('a|b',dialect='mine'); t(csv.unregister_dialect,'mine'); t(csv.unregister_dialect,'mine'); t(csv.register_dialect,'x'); t(csv.register_dialect); t(csv.register_dialect,'x','nope'); t(csv.register_dialect,'x',5)
t(csv.field_size_limit); t(csv.field_size_limit, 10); r('a'*11); t(csv.field_size_limit,'x'); csv.field_size_limit(131072)
class D(csv.Dialect):
    delimiter='|'; quoting=csv.QUOTE_MINIMAL; quotechar='"'; lineterminator='\n'
r('a|b',dialect=D); r('a|b',dialect=D()); w('a','b|c',dialect=D); w('a','b',dialect=D,delimiter=';')
class E(csv.Dialect): delimiter='xx'
t(E); t(csv.Dialect)
rd=csv.reader(['a','b','"c','d"']); print(next(rd),rd.line_num,list(rd),rd.line_num,type(rd),type(rd.dialect),rd.dialect.delimiter)
t(next, rd)
t(lambda: setattr(rd.dialect,'delimiter','x')); t(lambda: csv.Error.__mro__)
t(lambda: csv.reader(iter([])).foo)
x=csv.DictReader(io.StringIO('a,b\n1,2\n\n3\n4,5,6\n')); print(x.fieldnames, list(x), x.line_num)
print(list(csv.DictReader(['1,2,3'],['a','b'],restkey='r')), list(csv.DictReader(['1'],['a','b'],restval='z')), list(csv.DictReader([])), csv.DictReader([]).fieldnames)
s=io.StringIO(); dw=csv.DictWriter(s,['a','b'],restval='-'); dw.writeheader(); dw.writerow({'a':1}); dw.writerows([{'a':1,'b':'x,y'}]); print(repr(s.getvalue())); t(dw.writerow,{'c':1}); t(csv.DictWriter,s,[],extrasaction='x'); dw.extrasaction='ignore'; t(dw.writerow,{'c':1})
S=csv.Sniffer()
for sample in ["a,b,c\n1,2,3\n4,5,6\n","a;b;c\n1;2;3\n","'a';'b'\n'c';'d'\n",'"a", "b"\n"c", "d"\n',"a b c\nd e f\n","x\n","name\tage\nbob\t5\n",'"a""b","c"\n"d","e"\n',"a:b|c\n1:2|3\n",'"a"\n"b"\n']:
    def f():
        d=S.sniff(sample); return d.delimiter,d.quotechar,d.doublequote,d.skipinitialspace,d.lineterminator,d.quoting,d._name
    t(f)
    t(S.has_header, sample)
t(lambda: S.sniff("a,b;c\n1,2;3\n",delimiters=";").delimiter); t(S.has_header,"name,age\nbob,5\nann,7\n"); t(S.has_header,"x,1\ny,2\nz,3\n")
print(csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC, csv.QUOTE_NONE, csv.__version__, csv.reader, csv.writer, csv.excel, csv.excel_tab.delimiter, csv.unix_dialect.quoting)
print(type(csv.writer(s)), csv.writer(s).dialect.quoting)
