//! The abstract syntax tree: all of Python 3.11's syntax.
//!
//! The names are those of CPython's `Python.asdl`, so that `--ast` reads like `ast.dump`.
//! Every node lives in one [`bumpalo::Bump`] arena and refers to its children by reference:
//! nodes are `Copy`, and dropping a tree, however deep, drops one arena and never recurses.

/// A half-open range of byte offsets into the source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The smallest range that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A name with the place where it stands (attribute, argument, alias, ...).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ident<'a> {
    /// The name, NFKC-normalised.
    pub name: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// What was parsed: a file, an interactive statement, or a single expression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mod<'a> {
    /// A file, or the argument of `-c`.
    Module {
        /// The statements.
        body: &'a [Stmt<'a>],
    },
    /// What was typed at a prompt: expression statements print their value.
    Interactive {
        /// The statements.
        body: &'a [Stmt<'a>],
    },
    /// The argument of `eval`.
    Expression {
        /// The expression.
        body: &'a Expr<'a>,
    },
}

/// A statement with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stmt<'a> {
    /// Which statement.
    pub kind: StmtKind<'a>,
    /// From its first to its last token.
    pub span: Span,
}

/// A function definition, `def` or `async def`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunctionDef<'a> {
    /// The function's name.
    pub name: Ident<'a>,
    /// The parameters.
    pub args: &'a Arguments<'a>,
    /// The statements.
    pub body: &'a [Stmt<'a>],
    /// The decorators, in source order.
    pub decorator_list: &'a [Expr<'a>],
    /// The annotation after `->`.
    pub returns: Option<&'a Expr<'a>>,
    /// Whether it is `async def`.
    pub is_async: bool,
}

/// A class definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassDef<'a> {
    /// The class's name.
    pub name: Ident<'a>,
    /// The base classes; may contain `Starred`.
    pub bases: &'a [Expr<'a>],
    /// `metaclass=...` and the like.
    pub keywords: &'a [Keyword<'a>],
    /// The statements.
    pub body: &'a [Stmt<'a>],
    /// The decorators, in source order.
    pub decorator_list: &'a [Expr<'a>],
}

/// A `try` statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try<'a> {
    /// The guarded statements.
    pub body: &'a [Stmt<'a>],
    /// The `except` clauses.
    pub handlers: &'a [ExceptHandler<'a>],
    /// The `else` clause.
    pub orelse: &'a [Stmt<'a>],
    /// The `finally` clause.
    pub finalbody: &'a [Stmt<'a>],
    /// Whether the handlers are `except*`.
    pub is_star: bool,
}

/// The statements of Python 3.11.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are those of Python.asdl
pub enum StmtKind<'a> {
    FunctionDef(&'a FunctionDef<'a>),
    ClassDef(&'a ClassDef<'a>),
    Return {
        value: Option<&'a Expr<'a>>,
    },
    Delete {
        targets: &'a [Expr<'a>],
    },
    Assign {
        targets: &'a [Expr<'a>],
        value: &'a Expr<'a>,
    },
    AugAssign {
        target: &'a Expr<'a>,
        op: Operator,
        value: &'a Expr<'a>,
    },
    /// `simple`: the target is a bare name without parentheses.
    AnnAssign {
        target: &'a Expr<'a>,
        annotation: &'a Expr<'a>,
        value: Option<&'a Expr<'a>>,
        simple: bool,
    },
    For {
        target: &'a Expr<'a>,
        iter: &'a Expr<'a>,
        body: &'a [Stmt<'a>],
        orelse: &'a [Stmt<'a>],
        is_async: bool,
    },
    While {
        test: &'a Expr<'a>,
        body: &'a [Stmt<'a>],
        orelse: &'a [Stmt<'a>],
    },
    /// `elif` is an `If` that is the only statement of `orelse`.
    If {
        test: &'a Expr<'a>,
        body: &'a [Stmt<'a>],
        orelse: &'a [Stmt<'a>],
    },
    With {
        items: &'a [WithItem<'a>],
        body: &'a [Stmt<'a>],
        is_async: bool,
    },
    Match {
        subject: &'a Expr<'a>,
        cases: &'a [MatchCase<'a>],
    },
    Raise {
        exc: Option<&'a Expr<'a>>,
        cause: Option<&'a Expr<'a>>,
    },
    Try(&'a Try<'a>),
    Assert {
        test: &'a Expr<'a>,
        msg: Option<&'a Expr<'a>>,
    },
    Import {
        names: &'a [Alias<'a>],
    },
    /// `level`: the number of leading dots.
    ImportFrom {
        module: Option<Ident<'a>>,
        names: &'a [Alias<'a>],
        level: u32,
    },
    Global {
        names: &'a [Ident<'a>],
    },
    Nonlocal {
        names: &'a [Ident<'a>],
    },
    Expr {
        value: &'a Expr<'a>,
    },
    Pass,
    Break,
    Continue,
}

/// An expression with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expr<'a> {
    /// Which expression.
    pub kind: ExprKind<'a>,
    /// From its first to its last token, without enclosing parentheses
    /// (except those of a tuple or generator expression, which are its own).
    pub span: Span,
}

/// The expressions of Python 3.11. Whether a `Name`, `Attribute`, `Subscript`, `Starred`, `List` or
/// `Tuple` is loaded, stored or deleted follows from where it stands, so there is no context field.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are those of Python.asdl
pub enum ExprKind<'a> {
    BoolOp {
        op: BoolOp,
        values: &'a [Expr<'a>],
    },
    NamedExpr {
        target: &'a Expr<'a>,
        value: &'a Expr<'a>,
    },
    BinOp {
        left: &'a Expr<'a>,
        op: Operator,
        right: &'a Expr<'a>,
    },
    UnaryOp {
        op: UnaryOp,
        operand: &'a Expr<'a>,
    },
    Lambda {
        args: &'a Arguments<'a>,
        body: &'a Expr<'a>,
    },
    IfExp {
        test: &'a Expr<'a>,
        body: &'a Expr<'a>,
        orelse: &'a Expr<'a>,
    },
    /// A `None` key means `**value`.
    Dict {
        keys: &'a [Option<Expr<'a>>],
        values: &'a [Expr<'a>],
    },
    Set {
        elts: &'a [Expr<'a>],
    },
    ListComp {
        elt: &'a Expr<'a>,
        generators: &'a [Comprehension<'a>],
    },
    SetComp {
        elt: &'a Expr<'a>,
        generators: &'a [Comprehension<'a>],
    },
    DictComp {
        key: &'a Expr<'a>,
        value: &'a Expr<'a>,
        generators: &'a [Comprehension<'a>],
    },
    GeneratorExp {
        elt: &'a Expr<'a>,
        generators: &'a [Comprehension<'a>],
    },
    Await {
        value: &'a Expr<'a>,
    },
    Yield {
        value: Option<&'a Expr<'a>>,
    },
    YieldFrom {
        value: &'a Expr<'a>,
    },
    /// `ops` and `comparators` have the same length.
    Compare {
        left: &'a Expr<'a>,
        ops: &'a [CmpOp],
        comparators: &'a [Expr<'a>],
    },
    Call {
        func: &'a Expr<'a>,
        args: &'a [Expr<'a>],
        keywords: &'a [Keyword<'a>],
    },
    FormattedValue {
        value: &'a Expr<'a>,
        conversion: Conversion,
        format_spec: Option<&'a Expr<'a>>,
    },
    /// An f-string: `Constant` strings and `FormattedValue`s.
    JoinedStr {
        values: &'a [Expr<'a>],
    },
    Constant(Constant<'a>),
    Attribute {
        value: &'a Expr<'a>,
        attr: Ident<'a>,
    },
    Subscript {
        value: &'a Expr<'a>,
        slice: &'a Expr<'a>,
    },
    Starred {
        value: &'a Expr<'a>,
    },
    Name {
        id: &'a str,
    },
    List {
        elts: &'a [Expr<'a>],
    },
    Tuple {
        elts: &'a [Expr<'a>],
    },
    Slice {
        lower: Option<&'a Expr<'a>>,
        upper: Option<&'a Expr<'a>>,
        step: Option<&'a Expr<'a>>,
    },
}

/// A literal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant<'a> {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// An integer that fits 64 bits.
    Int(i64),
    /// A larger integer (never negative): its digits without prefix or underscores, and their base.
    BigInt {
        /// The digits.
        digits: &'a str,
        /// 2, 8, 10 or 16.
        radix: u32,
    },
    /// A float.
    Float(f64),
    /// The imaginary part of `1j`.
    Complex(f64),
    /// A string; adjacent literals are joined already.
    Str(&'a str),
    /// Bytes; adjacent literals are joined already.
    Bytes(&'a [u8]),
    /// `...`
    Ellipsis,
}

/// `!s`, `!r` and `!a` in an f-string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// No conversion.
    None,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

/// `and` and `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BoolOp {
    And,
    Or,
}

/// The binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

/// The unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

/// The comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// One `for ... in ... if ...` of a comprehension.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Comprehension<'a> {
    pub target: &'a Expr<'a>,
    pub iter: &'a Expr<'a>,
    pub ifs: &'a [Expr<'a>],
    pub is_async: bool,
}

/// One `except` clause.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct ExceptHandler<'a> {
    pub typ: Option<&'a Expr<'a>>,
    pub name: Option<Ident<'a>>,
    pub body: &'a [Stmt<'a>],
    pub span: Span,
}

/// The parameters of a function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arguments<'a> {
    /// Before `/`.
    pub posonlyargs: &'a [Arg<'a>],
    /// The ordinary ones.
    pub args: &'a [Arg<'a>],
    /// `*args`
    pub vararg: Option<Arg<'a>>,
    /// After `*` or `*args`.
    pub kwonlyargs: &'a [Arg<'a>],
    /// One for each keyword-only parameter; `None`: it is required.
    pub kw_defaults: &'a [Option<Expr<'a>>],
    /// `**kwargs`
    pub kwarg: Option<Arg<'a>>,
    /// The defaults of the last positional parameters.
    pub defaults: &'a [Expr<'a>],
}

/// One parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Arg<'a> {
    pub arg: Ident<'a>,
    pub annotation: Option<&'a Expr<'a>>,
    pub span: Span,
}

/// A keyword argument of a call; without a name it is `**value`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Keyword<'a> {
    pub arg: Option<Ident<'a>>,
    pub value: Expr<'a>,
    pub span: Span,
}

/// `name as asname` of an import; the name may be dotted, or `*`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Alias<'a> {
    pub name: Ident<'a>,
    pub asname: Option<Ident<'a>>,
    pub span: Span,
}

/// `context_expr as optional_vars` of a `with`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct WithItem<'a> {
    pub context_expr: &'a Expr<'a>,
    pub optional_vars: Option<&'a Expr<'a>>,
}

/// One `case` of a `match`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct MatchCase<'a> {
    pub pattern: &'a Pattern<'a>,
    pub guard: Option<&'a Expr<'a>>,
    pub body: &'a [Stmt<'a>],
}

/// A pattern with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Pattern<'a> {
    pub kind: PatternKind<'a>,
    pub span: Span,
}

/// The patterns of `match`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum PatternKind<'a> {
    MatchValue {
        value: &'a Expr<'a>,
    },
    /// `None`, `True` or `False`, compared by identity.
    MatchSingleton {
        value: Constant<'a>,
    },
    MatchSequence {
        patterns: &'a [Pattern<'a>],
    },
    MatchMapping {
        keys: &'a [Expr<'a>],
        patterns: &'a [Pattern<'a>],
        rest: Option<Ident<'a>>,
    },
    MatchClass {
        cls: &'a Expr<'a>,
        patterns: &'a [Pattern<'a>],
        kwd_attrs: &'a [Ident<'a>],
        kwd_patterns: &'a [Pattern<'a>],
    },
    /// `*name` or `*_` inside a sequence.
    MatchStar {
        name: Option<Ident<'a>>,
    },
    /// `pattern as name`; without a pattern it captures; without both it is `_`.
    MatchAs {
        pattern: Option<&'a Pattern<'a>>,
        name: Option<Ident<'a>>,
    },
    MatchOr {
        patterns: &'a [Pattern<'a>],
    },
}
