"""The kinds of tokens: their numbers and names."""

__all__ = ["tok_name", "ISTERMINAL", "ISNONTERMINAL", "ISEOF"]

# The operators, in the order of their numbers, between the kinds that have no text of their own.
_BEFORE = "ENDMARKER NAME NUMBER STRING NEWLINE INDENT DEDENT"
_OPERATORS = (
    "LPAR ( RPAR ) LSQB [ RSQB ] COLON : COMMA , SEMI ; PLUS + MINUS - STAR * SLASH / VBAR | AMPER & LESS < GREATER > "
    "EQUAL = DOT . PERCENT % LBRACE { RBRACE } EQEQUAL == NOTEQUAL != LESSEQUAL <= GREATEREQUAL >= TILDE ~ "
    "CIRCUMFLEX ^ LEFTSHIFT << RIGHTSHIFT >> DOUBLESTAR ** PLUSEQUAL += MINEQUAL -= STAREQUAL *= SLASHEQUAL /= "
    "PERCENTEQUAL %= AMPEREQUAL &= VBAREQUAL |= CIRCUMFLEXEQUAL ^= LEFTSHIFTEQUAL <<= RIGHTSHIFTEQUAL >>= "
    "DOUBLESTAREQUAL **= DOUBLESLASH // DOUBLESLASHEQUAL //= AT @ ATEQUAL @= RARROW -> ELLIPSIS ... COLONEQUAL :="
)
_AFTER = "OP AWAIT ASYNC TYPE_IGNORE TYPE_COMMENT SOFT_KEYWORD ERRORTOKEN COMMENT NL ENCODING N_TOKENS"

_operators = _OPERATORS.split()
_names = [*_BEFORE.split(), *_operators[::2], *_AFTER.split()]
NT_OFFSET = 256

tok_name = {number: name for number, name in enumerate(_names)}
globals().update({name: number for number, name in tok_name.items()})
tok_name[NT_OFFSET] = "NT_OFFSET"
__all__ += tok_name.values()

EXACT_TOKEN_TYPES = {text: globals()[name] for name, text in sorted(zip(_operators[::2], _operators[1::2]), key=lambda p: p[1])}


def ISTERMINAL(x):
    """Whether it is the number of a token."""
    return x < NT_OFFSET


def ISNONTERMINAL(x):
    """Whether it is the number of a rule of the grammar."""
    return x >= NT_OFFSET


def ISEOF(x):
    """Whether it is the token at the end."""
    return x == ENDMARKER  # noqa: F821
