"""Finds out what the names of a program mean: a walk over the tree collects what each scope does with them, then each
scope is told what it has from those around it. `symtable` shows the result."""
import ast

MODULE, FUNCTION, CLASS = "module", "function", "class"
# What a scope does with a name.
GLOBAL, LOCAL, PARAM, NONLOCAL, USED, IMPORTED, ANNOTATED = (1 << i for i in range(7))
BOUND = LOCAL | PARAM | IMPORTED
# What a name means there.
IS_LOCAL, IS_GLOBAL_EXPLICIT, IS_GLOBAL, IS_FREE, IS_CELL = "local", "global explicit", "global", "free", "cell"

_COMPREHENSIONS = {ast.ListComp: "listcomp", ast.SetComp: "setcomp", ast.DictComp: "dictcomp", ast.GeneratorExp: "genexpr"}


class Scope:
    """A module, a function or the body of a class."""

    def __init__(self, kind, name, line, parent):
        self.kind, self.name, self.line, self.parent = kind, name, line, parent
        self.children = []
        # What is done with each name, and what it means.
        self.flags, self.meaning = {}, {}
        self.nested = parent is not None and (parent.nested or parent.kind == FUNCTION)
        self.class_name = name if kind == CLASS else parent.class_name if parent else None
        if parent:
            parent.children.append(self)

    def mangled(self, name):
        """A private name of a class as it is kept."""
        if not self.class_name or not name.startswith("__") or name.endswith("__") or "." in name:
            return name
        stripped = self.class_name.lstrip("_")
        return f"_{stripped}{name}" if stripped else name

    def add(self, name, flag):
        """Notes something that is done with a name."""
        name = self.mangled(name)
        self.flags[name] = self.flags.get(name, 0) | flag
        if flag & GLOBAL and self.parent:
            # The module has it too, from now on.
            module = self
            while module.parent:
                module = module.parent
            module.flags[name] = module.flags.get(name, 0) | GLOBAL


class Collector(ast.NodeVisitor):
    """Walks over the tree, in the order of evaluation as CPython's compiler has it."""

    def __init__(self):
        self.scope = Scope(MODULE, "top", 0, None)

    def _each(self, *parts):
        for part in parts:
            if isinstance(part, list):
                self._each(*part)
            elif part is not None:
                self.visit(part)

    def _within(self, kind, name, line, body):
        self.scope = Scope(kind, name, line, self.scope)
        body()
        self.scope = self.scope.parent

    def _arguments(self, args):
        for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
            if arg is not None:
                self.scope.add(arg.arg, PARAM)

    def _function(self, node, name, body):
        args = node.args

        def inside():
            self._arguments(args)
            self._each(body)

        self._each(args.defaults, args.kw_defaults)
        if name != "lambda":
            for arg in (*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg):
                self._each(arg.annotation if arg else None)
            self._each(node.returns, node.decorator_list)
        self._within(FUNCTION, name, node.lineno, inside)

    def visit_FunctionDef(self, node):
        self.scope.add(node.name, LOCAL)
        self._function(node, node.name, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._function(node, "lambda", [node.body])

    def visit_ClassDef(self, node):
        self.scope.add(node.name, LOCAL)
        self._each(node.bases, node.keywords, node.decorator_list)
        self._within(CLASS, node.name, node.lineno, lambda: self._each(node.body))

    def _comprehension(self, node):
        first, *others = node.generators
        self._each(first.iter)

        def inside():
            self.scope.add(".0", PARAM)
            self._each(first.target, first.ifs)
            for generator in others:
                self._each(generator.target, generator.iter, generator.ifs)
            self._each(*([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]))

        self._within(FUNCTION, _COMPREHENSIONS[type(node)], node.lineno, inside)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_Name(self, node):
        self.scope.add(node.id, USED if isinstance(node.ctx, ast.Load) else LOCAL)
        if node.id == "super" and isinstance(node.ctx, ast.Load) and self.scope.kind == FUNCTION:
            self.scope.add("__class__", USED)

    def visit_NamedExpr(self, node):
        scope = self.scope
        if scope.name in _COMPREHENSIONS.values() and ".0" in scope.flags:
            # The name belongs to the scope around the comprehension.
            outer = scope.parent
            while outer.name in _COMPREHENSIONS.values() and ".0" in outer.flags:
                outer = outer.parent
            kept = outer.flags.get(outer.mangled(node.target.id), 0)
            if outer.kind == MODULE or kept & GLOBAL:
                scope.add(node.target.id, GLOBAL)
                outer.add(node.target.id, GLOBAL if outer.kind == MODULE else 0)
            else:
                scope.add(node.target.id, NONLOCAL)
                outer.add(node.target.id, LOCAL)
        self._each(node.value, node.target)

    def visit_Global(self, node):
        for name in node.names:
            self.scope.add(name, GLOBAL)

    def visit_Nonlocal(self, node):
        for name in node.names:
            self.scope.add(name, NONLOCAL)

    def visit_Import(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            if name != "*":
                self.scope.add(name, IMPORTED)

    visit_ImportFrom = visit_Import

    def visit_AnnAssign(self, node):
        if isinstance(node.target, ast.Name):
            if node.simple:
                self.scope.add(node.target.id, ANNOTATED | LOCAL)
            elif node.value is not None:
                self.scope.add(node.target.id, LOCAL)
        else:
            self.visit(node.target)
        self._each(node.annotation, node.value)

    def visit_ExceptHandler(self, node):
        self._each(node.type)
        if node.name:
            self.scope.add(node.name, LOCAL)
        self._each(node.body)

    def visit_Try(self, node):
        self._each(node.body, node.orelse, node.handlers, node.finalbody)

    visit_TryStar = visit_Try

    def visit_IfExp(self, node):
        self._each(node.test, node.body, node.orelse)

    def visit_MatchAs(self, node):
        self._each(node.pattern)
        if node.name:
            self.scope.add(node.name, LOCAL)

    def visit_MatchStar(self, node):
        if node.name:
            self.scope.add(node.name, LOCAL)

    def visit_MatchMapping(self, node):
        self._each(node.keys, node.patterns)
        if node.rest:
            self.scope.add(node.rest, LOCAL)


def resolve(scope, bound=frozenset(), globals=frozenset()):
    """Finds out what the names of a scope and of those within it mean. `bound` are the names of the functions around
    it. The result: the names that it needs of these."""
    meaning, local, free = scope.meaning, set(), set()
    declared = set(globals)
    for name, flags in scope.flags.items():
        if flags & GLOBAL:
            meaning[name] = IS_GLOBAL_EXPLICIT
            declared.add(name)
        elif flags & NONLOCAL:
            meaning[name] = IS_FREE
            free.add(name)
        elif flags & BOUND:
            meaning[name] = IS_LOCAL
            local.add(name)
            declared.discard(name)
        elif name in bound and name not in globals:
            meaning[name] = IS_FREE
            free.add(name)
        else:
            meaning[name] = IS_GLOBAL
    if scope.kind == FUNCTION:
        visible = (bound | local) - (declared - local)
    elif scope.kind == CLASS:
        # Methods see what is around the class, and the class itself.
        visible = bound | {"__class__"}
    else:
        visible = frozenset()
    needed = set()
    for child in scope.children:
        needed |= resolve(child, frozenset(visible), frozenset(declared) if scope.kind != MODULE else frozenset())
    for name in sorted(needed):
        if scope.kind == CLASS:
            if name == "__class__":
                continue
        elif meaning.get(name) == IS_LOCAL:
            meaning[name] = IS_CELL
            continue
        if scope.kind != MODULE:
            free.add(name)
            if name not in scope.flags:
                scope.flags[name] = 0
                meaning[name] = IS_FREE
    return free
