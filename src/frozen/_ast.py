"""The classes of the nodes of a syntax tree, made from the abstract grammar below.

A line names a kind of node: with `=`, one that stands for several, whose members follow it indented; without, a class.
`x?` may be absent, `x*` is a list.
"""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000

_PLACE = "int lineno, int col_offset, int? end_lineno, int? end_col_offset"
_SURE_PLACE = "int lineno, int col_offset, int end_lineno, int end_col_offset"

# Kind, the attributes of its nodes, its members.
_GRAMMAR = [
    ("mod", "", """
        Module(stmt* body, type_ignore* type_ignores)
        Interactive(stmt* body)
        Expression(expr body)
        FunctionType(expr* argtypes, expr returns)
    """),
    ("stmt", _PLACE, """
        FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment)
        AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment)
        ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list)
        Return(expr? value)
        Delete(expr* targets)
        Assign(expr* targets, expr value, string? type_comment)
        AugAssign(expr target, operator op, expr value)
        AnnAssign(expr target, expr annotation, expr? value, int simple)
        For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
        AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
        While(expr test, stmt* body, stmt* orelse)
        If(expr test, stmt* body, stmt* orelse)
        With(withitem* items, stmt* body, string? type_comment)
        AsyncWith(withitem* items, stmt* body, string? type_comment)
        Match(expr subject, match_case* cases)
        Raise(expr? exc, expr? cause)
        Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
        TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
        Assert(expr test, expr? msg)
        Import(alias* names)
        ImportFrom(identifier? module, alias* names, int? level)
        Global(identifier* names)
        Nonlocal(identifier* names)
        Expr(expr value)
        Pass
        Break
        Continue
    """),
    ("expr", _PLACE, """
        BoolOp(boolop op, expr* values)
        NamedExpr(expr target, expr value)
        BinOp(expr left, operator op, expr right)
        UnaryOp(unaryop op, expr operand)
        Lambda(arguments args, expr body)
        IfExp(expr test, expr body, expr orelse)
        Dict(expr* keys, expr* values)
        Set(expr* elts)
        ListComp(expr elt, comprehension* generators)
        SetComp(expr elt, comprehension* generators)
        DictComp(expr key, expr value, comprehension* generators)
        GeneratorExp(expr elt, comprehension* generators)
        Await(expr value)
        Yield(expr? value)
        YieldFrom(expr value)
        Compare(expr left, cmpop* ops, expr* comparators)
        Call(expr func, expr* args, keyword* keywords)
        FormattedValue(expr value, int conversion, expr? format_spec)
        JoinedStr(expr* values)
        Constant(constant value, string? kind)
        Attribute(expr value, identifier attr, expr_context ctx)
        Subscript(expr value, expr slice, expr_context ctx)
        Starred(expr value, expr_context ctx)
        Name(identifier id, expr_context ctx)
        List(expr* elts, expr_context ctx)
        Tuple(expr* elts, expr_context ctx)
        Slice(expr? lower, expr? upper, expr? step)
    """),
    ("expr_context", "", "Load Store Del"),
    ("boolop", "", "And Or"),
    ("operator", "", "Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv"),
    ("unaryop", "", "Invert Not UAdd USub"),
    ("cmpop", "", "Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn"),
    ("comprehension", "", "(expr target, expr iter, expr* ifs, int is_async)"),
    ("excepthandler", _PLACE, "ExceptHandler(expr? type, identifier? name, stmt* body)"),
    ("arguments", "", "(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)"),
    ("arg", _PLACE, "(identifier arg, expr? annotation, string? type_comment)"),
    ("keyword", _PLACE, "(identifier? arg, expr value)"),
    ("alias", _PLACE, "(identifier name, identifier? asname)"),
    ("withitem", "", "(expr context_expr, expr? optional_vars)"),
    ("match_case", "", "(pattern pattern, expr? guard, stmt* body)"),
    ("pattern", _SURE_PLACE, """
        MatchValue(expr value)
        MatchSingleton(constant value)
        MatchSequence(pattern* patterns)
        MatchMapping(expr* keys, pattern* patterns, identifier? rest)
        MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
        MatchStar(identifier? name)
        MatchAs(pattern? pattern, identifier? name)
        MatchOr(pattern* patterns)
    """),
    ("type_ignore", "", "TypeIgnore(int lineno, string tag)"),
]


class AST:
    _attributes = ()
    _fields = ()
    __match_args__ = ()

    def __init__(self, /, *args, **kwargs):
        fields = self._fields
        if len(args) > len(fields):
            count = f"{len(fields)} positional argument{'' if len(fields) == 1 else 's'}"
            raise TypeError(f"{type(self).__name__} constructor takes at most {count}")
        for name, value in zip(fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in fields[:len(args)]:
                raise TypeError(f"{type(self).__name__} got multiple values for argument '{name}'")
            setattr(self, name, value)

    def __reduce__(self):
        return type(self), (), self.__dict__


def _declared(text):
    """The names in a list of declarations, and those that may be absent."""
    pairs = [item.split() for item in text.split(",") if item.strip()]
    return tuple(name for _, name in pairs), [name for kind, name in pairs if kind.endswith("?")]


def _make(name, base, doc, fields="", attributes=None):
    names, optional = _declared(fields)
    namespace = {"__module__": "ast", "__doc__": doc, "_fields": names, "__match_args__": names}
    if attributes is not None:
        namespace["_attributes"], more = _declared(attributes)
        optional = optional + more
    namespace.update(dict.fromkeys(optional))
    globals()[name] = made = type(name, (base,), namespace)
    return made


def _members(text):
    lines = text.strip().splitlines() if "(" in text or "\n" in text else text.split()
    return [line.strip() for line in lines]


def _make_all():
    for kind, attributes, text in _GRAMMAR:
        members = _members(text)
        if members[0].startswith("("):
            _make(kind, AST, kind + members[0], members[0][1:-1], attributes)
            continue
        bar = "\n" + " " * len(kind) + " | " if "(" in text else " | "
        base = _make(kind, AST, f"{kind} = {bar.join(members)}", "", attributes)
        for member in members:
            name, _, fields = member.partition("(")
            _make(name, base, member, fields.rstrip(")"))


AST.__module__ = "ast"
_make_all()

# The parser makes no others of these.
_leaves = {
    cls.__name__: cls() for base in (expr_context, boolop, operator, unaryop, cmpop) for cls in base.__subclasses__()
}
