# Ranges at the ends of machine words, backwards.
M=2**63
for r in (range(1,-M,-M), range(M-1,M-4,-1), range(-M,-M+3), range(M-1,M-2,-1), range(-M, M-1, M-1), range(M-3,M-1),range(M-3,M), range(0,-M,-M)):
    print(list(r), list(reversed(r)), r[::-1], list(r[::-1]), len(r), r.index(r[-1]), r[-1] in r)
    try: print(type(reversed(r)).__name__)
    except Exception as e: print(e)
    for i in reversed(r): print(i, end=' ')
    print()
