"""rlcompleter: names, attributes and keywords."""
import rlcompleter
c=rlcompleter.Completer({'abc':1,'abd':len,'xs':[1]})
print([c.complete('ab',i) for i in range(4)], [c.complete('xs.app',i) for i in range(3)], c.complete('imp',0), c.complete('Tru',0), c.global_matches('fin'), c.attr_matches('xs.__le'))
print(c.complete('zzz', 0), c.attr_matches('nothing.x'), c.attr_matches('xs._')[:3])
