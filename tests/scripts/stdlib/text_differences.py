"""difflib."""
import difflib
def t(f,*a,**k):
    try:
        r=f(*a,**k)
        print(repr(r))
    except BaseException as e: print(type(e).__name__, e)
A="""one
two
three
four
  five tab	x
six
seven
eight
nine
ten
eleven
twelve
""".splitlines(True)
B="""ore
tree
emu
four
  five tab	y
six!
seven
eight
nine
tenth
extra
eleven
twelve
thirteen""".splitlines(True)
for f in (difflib.unified_diff, difflib.context_diff):
    for n in (0,1,3,10):
        print("".join(f(A,B,"a","b",n=n)))
    print("".join(f(A,B,"a","b","d1","d2",lineterm="")))
    print(list(f(A,A)), list(f([],B,"x","y")), list(f(A,[])), list(f([],[])))
print("".join(difflib.ndiff(A,B)))
print("".join(difflib.Differ().compare(A,B)))
d=list(difflib.ndiff(A,B)); print(list(difflib.restore(d,1))==A, list(difflib.restore(d,2))==B)
t(lambda: list(difflib.restore(d,3))); t(lambda: list(difflib.unified_diff([b'a'],[b'b']))); t(lambda: list(difflib.unified_diff(['a'],['b'],b'x'))); print(list(difflib.diff_bytes(difflib.unified_diff,[b'a'],[b'b'],b'x',b'y'))); t(lambda: list(difflib.diff_bytes(difflib.unified_diff,['a'],[b'b'])))
s=difflib.SequenceMatcher(None,"abxcd","abcd"); print(s.find_longest_match(), s.get_matching_blocks(), s.get_opcodes(), s.ratio(), s.quick_ratio(), s.real_quick_ratio(), list(s.get_grouped_opcodes(1)))
s=difflib.SequenceMatcher(lambda x:x==" "," abcd","abcd abcd"); print(s.find_longest_match(0,5,0,9), s.bjunk, s.b2j)
s=difflib.SequenceMatcher(None,"b"*100,"a"*5+"b"*300); print(s.ratio(), sorted(s.bpopular)); s=difflib.SequenceMatcher(None,"b"*100,"a"*5+"b"*300,autojunk=False); print(s.ratio())
s=difflib.SequenceMatcher(); s.set_seqs([1,2,3],[2,3,4]); print(s.ratio(), s.get_opcodes()); print(difflib.SequenceMatcher(None,"","").ratio(), difflib.SequenceMatcher(None,"qabxcd","abycdf").get_opcodes())
print(difflib.get_close_matches("appel",["ape","apple","peach","puppy"]), difflib.get_close_matches("wheel",["while","if","wheelie","heel"],2,0.5), difflib.get_close_matches("x",[]))
t(difflib.get_close_matches,"a",[],0); t(difflib.get_close_matches,"a",[],1,2)
print(difflib.IS_LINE_JUNK("  # \n"), difflib.IS_LINE_JUNK("x"), difflib.IS_CHARACTER_JUNK("\t"), difflib.Match(1,2,3))
for kw in ({},{"context":True,"numlines":1},{"context":True,"numlines":0},{"fromdesc":"F","todesc":"T","numlines":2}):
    h=difflib.HtmlDiff(tabsize=4, wrapcolumn=10 if kw else None); print(h.make_table(A,B,**kw))
print(difflib.HtmlDiff().make_file(A,B)); print(difflib.HtmlDiff().make_table(A,A,context=True)); print(difflib.HtmlDiff().make_table([],[]), difflib.HtmlDiff().make_table(A,[]), difflib.HtmlDiff().make_table([],["<&> é"]))
import random; random.seed(5)
for i in range(25):
    a=[random.choice(["aa","ab","abc","xyz q","foo bar","foo baz","\n",""])+"\n" for _ in range(random.randrange(12))]; b=[random.choice(["aa","ab","abd","xyz r","foo bar","fo baz","\n",""])+"\n" for _ in range(random.randrange(12))]
    print(list(difflib.ndiff(a,b)), list(difflib._mdiff(a,b)), list(difflib._mdiff(a,b,2)), list(difflib._mdiff(a,b,0)))
