import io, token, tokenize
def show(src):
    try:
        for t in tokenize.generate_tokens(io.StringIO(src).readline): print(t, t.exact_type)
    except Exception as e: print(type(e).__name__, e, getattr(e,'args',None))
for s in ["x = 1\n", "def f(a):\n    return a\n\n# c\n  # d\nx", "s='''a\nb''' + 'c\\\nd'\n", "(1,\n2)\n", "(1", "'''abc", "  $ ? !\n", "if 1:\n    a\n  b\n", "1.5e3j 0x_f 1_0 1if 2\n", "x = \\\n 3\n", "a  \n   ", "'abc\n", "f'{x}' rb'd'\n", "\ta\n\n", "é = 'ü'\r\n","a:=1;b->c...\n", ""]:
    print(repr(s)); show(s)
print(list(tokenize.tokenize(io.BytesIO("# coding: latin-1\nx=1\n".encode()).readline))[:2])





print(token.tok_name, token.EXACT_TOKEN_TYPES == tokenize.EXACT_TOKEN_TYPES, len(token.EXACT_TOKEN_TYPES))
print(token.__all__)
src = open(__file__).read()
toks = list(tokenize.generate_tokens(io.StringIO(src).readline))
print(len(toks), tokenize.untokenize(toks) == src, tokenize.untokenize([t[:2] for t in toks])[:300])
