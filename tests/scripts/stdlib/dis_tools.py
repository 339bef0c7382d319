# What does not depend on the machine's instructions: they are others than CPython's.
import dis
import io
import opcode


def f(a, b=1, *c, d, **e):
    x = a + b
    for i in range(x):
        print(i, c)
    return [y + x for y in (1, 2)]


print(len(opcode.opname), dis.opmap is opcode.opmap, opcode.cmp_op, opcode.hasjabs)
print(all(opcode.opname[number] == name for name, number in opcode.opmap.items()))
print(dis.code_info(f).split("Stack")[0])
print(dis.code_info(f).partition("Names:")[2])
print(dis.Bytecode(f).info() == dis.code_info(f), repr(dis.Bytecode("a")), dis.Bytecode(f).first_line)
instructions = list(dis.get_instructions(f))
print(instructions[0]._fields, type(instructions[0]).__name__)
names = [i.argval for i in instructions if i.opcode in dis.hasname]
print("range" in names, "print" in names)
print(sorted({i.starts_line for i in instructions} - {None, 6}))
print(all(f.__code__.co_code[i.offset] == i.opcode and opcode.opname[i.opcode] == i.opname for i in instructions))
jumps = [i for i in instructions if i.opcode in dis.hasjrel]
print({i.argval for i in jumps} <= {i.offset for i in instructions if i.is_jump_target}, len(jumps) > 0)
lines = [i.starts_line for i in dis.get_instructions(f, first_line=100) if i.starts_line]
print(101 in lines, 7 in [line for _, line in dis.findlinestarts(f.__code__)])


class C:
    def method(self):
        return 1

    @staticmethod
    def static():
        pass


out = io.StringIO()
dis.dis(C, file=out)
print([line for line in out.getvalue().splitlines() if line.startswith("Dis")])
for wrong in lambda: dis.dis(3), dis.distb, lambda: dis.dis("x ="):
    try:
        wrong()
    except (TypeError, RuntimeError, SyntaxError) as e:
        print(type(e).__name__, e)
try:
    1 / 0
except ZeroDivisionError as e:
    out = io.StringIO()
    dis.distb(e.__traceback__, file=out)
    print(out.getvalue().count("-->"), dis.Bytecode.from_traceback(e.__traceback__).dis().count("-->"))
print(dis.pretty_flags(0), dis.pretty_flags(0x63), dis.pretty_flags(0x2000000))
print(dis.COMPILER_FLAG_NAMES[128], dis.Positions(1, 2))
