# Unbound methods that are called with arguments by name alone: there is nothing that they could be called on.
for call in [
    "object.__sizeof__(key=1)", "object.__reduce_ex__(n=1)", "str.split(sep=1)", "list.append(object=1)",
    "object.__init__(x=1)", "slice.__init__(x=1)", "int.__add__(x=1)", "dict.fromkeys(x=1)",
    "type.__dict__['mro'](x=1)", "dict.__dict__['fromkeys'](x=1)", "object.__dir__(**{})", "str.split(*[], **{'sep': 1})",
]:
    try:
        print(call, eval(call))
    except TypeError as e:
        print(call, e)
