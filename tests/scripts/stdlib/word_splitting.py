"""shlex."""
import shlex


def t(f,*a,**k):
    try: print(a, repr(f(*a,**k)))
    except BaseException as e: print(a, type(e).__name__, e)
for s in ["a b c",'a "b c" d',"a 'b c' d",'a\\ b','"a\\"b"',"'a\\'",'a""b','""',"a # b","x;y|z","","  ",'"unclosed','esc\\','a\tb\nc',"foo'bar'baz","é ü","a\\\nb","'it'\\''s'","--opt=\"v w\"","a\\nb",'"a\\nb"', '"\\$x"']:
    t(shlex.split,s); t(shlex.split,s,True); t(shlex.split,s,posix=False); t(lambda s: list(shlex.shlex(s)),s); t(lambda s: list(shlex.shlex(s,posix=True)),s); t(lambda s: list(shlex.shlex(s,punctuation_chars=True)),s); t(lambda s: list(shlex.shlex(s,posix=True,punctuation_chars=True)),s); t(lambda s: list(shlex.shlex(s,posix=True,punctuation_chars="|;")),s); t(shlex.quote,s)
print(shlex.join(["a b","c","it's",""]), shlex.split(shlex.join(["a b","it's"])))
l=shlex.shlex("a b"); l.push_token("z"); print(l.get_token(), l.get_token(), l.lineno, l.error_leader(), l.error_leader("f",3), l.token, l.get_token(), repr(l.get_token()))
l=shlex.shlex("a=b c+d"); l.wordchars+="=+"; print(list(l)); l=shlex.shlex("a b\nc d"); l.whitespace="\n"; l.whitespace_split=True; print(list(l))
l=shlex.shlex("one two"); l.push_source("three"); print(list(l)); print(l.punctuation_chars)
