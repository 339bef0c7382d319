"""ast: the classes of nodes, their constructors, and what is left of older ones."""
import ast
import copy
import pickle


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


for name in ("Name", "FunctionDef", "Module", "arguments", "MatchClass", "Load", "expr", "excepthandler", "AST"):
    cls = getattr(ast, name)
    print(cls, cls.__mro__[1].__name__, cls._fields, cls._attributes, cls.__match_args__, cls.__module__)
    print(cls.__doc__)
every = [c for c in vars(ast).values() if isinstance(c, type) and issubclass(c, ast.AST)]
print(sorted((c.__name__, c.__base__.__name__) for c in every))
print(ast.Name("x", ast.Load()).id, ast.Name(id="y").id, ast.Return().value, ast.Name().end_lineno)
print(vars(ast.Name("x", lineno=3, other=4)))
attempt(ast.Name, 1, 2, 3)
attempt(ast.Return, 1, 2)
attempt(ast.Load, 1)
attempt(ast.Name, "a", id="b")
attempt(lambda: ast.Name().id)
attempt(lambda: ast.Name().lineno)
attempt(lambda: ast.parse("a").body[0].value.ctx is ast.parse("b").body[0].value.ctx)

tree = ast.parse("def f(x): return x + 1")
print(ast.dump(copy.deepcopy(tree)) == ast.dump(tree) == ast.dump(pickle.loads(pickle.dumps(tree))))
shallow = copy.copy(tree)
print(shallow is not tree, shallow.body is tree.body)
match tree.body[0]:
    case ast.FunctionDef(name=n, body=[ast.Return(ast.BinOp(left, ast.Add(), ast.Constant(value)))]):
        print(n, left.id, value)

# Literals had classes of their own.
print(ast.dump(ast.Num(3)), ast.dump(ast.Str("s")), ast.dump(ast.Bytes(b"b")), ast.dump(ast.NameConstant(None)), ast.dump(ast.Ellipsis()))
for value in (1, 1.5, True, None, "s", b"b", ..., 2j):
    node = ast.Constant(value)
    print(value, [c.__name__ for c in (ast.Num, ast.Str, ast.Bytes, ast.NameConstant, ast.Ellipsis) if isinstance(node, c)], node.n, node.s)
print(isinstance(ast.Name("x"), ast.Num), ast.dump(ast.Index(ast.Constant(1))), ast.dump(ast.ExtSlice([ast.Constant(1)])))
attempt(ast.Num, 1, n=2)


class Collect(ast.NodeVisitor):
    def __init__(self):
        self.seen = []

    def visit_Name(self, node):
        self.seen.append(node.id)
        return node.id.upper()

    def visit_Call(self, node):
        self.seen.append("call")
        self.generic_visit(node)


c = Collect()
c.visit(ast.parse("f(a, b=g(c), *d)\nx = [y]"))
print(c.seen, c.visit(ast.Name("q")), c.visit(ast.Constant(1)))


class Change(ast.NodeTransformer):
    def visit_Name(self, node):
        return ast.copy_location(ast.Subscript(ast.Name("data", ast.Load()), ast.Constant(node.id), node.ctx), node)

    def visit_Pass(self, node):
        return None

    def visit_Assert(self, node):
        return [node, ast.copy_location(ast.Expr(node.test), node)]

    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)

    def visit_Return(self, node):
        node.value = None
        return node


tree = Change().visit(ast.parse("a = b + 1\nif c:\n    pass\n    assert d\ndef f(): return 5"))
print(ast.unparse(tree))
print(ast.dump(tree))
