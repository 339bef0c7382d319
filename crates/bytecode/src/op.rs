//! The instruction set, declared once.
//!
//! An [`Instr`] is 8 bytes: an opcode, a flags byte `x`, and three 16-bit operands `a`, `b`, `c`.
//! `R[n]` is register `n` of the frame's window, `K[n]` constant `n`, `N[n]` name `n`. `a` is the destination
//! unless said otherwise. Parameters come first among the registers, then the other locals (a local that
//! an inner function captures holds a cell), then temporaries, used as a stack.
//!
//! Operands are *borrowed* from registers. A temporary must die when it is used: it does either by being
//! overwritten by the result (`a` is the same register) or through the flags [`KILL_B`] and [`KILL_C`].
//! The VM may ignore those flags when the operand holds an inline number.

/// `x` flag: `R[b]` is a temporary that dies with this instruction.
pub const KILL_B: u8 = 1;
/// `x` flag: `R[c]` is a temporary that dies with this instruction.
pub const KILL_C: u8 = 2;
/// `x` flag of a binary operator: it stands for `b op= c` (tries `__iadd__` and the like first).
pub const INPLACE: u8 = 4;
/// `x` flag: `R[a]`, here a source, is a temporary that dies with this instruction.
pub const KILL_A: u8 = 8;
/// `x` flag of a binary operator whose right operand is a constant: the constant stands on the left.
pub const SWAP: u8 = 16;
/// `x` flag of an arithmetic operator: the next instruction is arithmetic or a branch on a comparison with a
/// constant, it is the only one that uses the result, and that is its left (or only) operand.
pub const CHAIN: u8 = 32;
/// As [`CHAIN`], but the result is the right operand of the next instruction, which is `Add`, `Sub` or `Mul`.
pub const CHAIN_RIGHT: u8 = 128;

/// `x` flag: of `WithEnter`, `WithExit` and `WithExcept`, it stands for `async with`; of `Yield`, for that of an
/// asynchronous generator.
pub const ASYNC: u8 = 64;

/// `x` flag of `Reraise`: the frame stands afterwards where the exception came from, not here.
pub const PASSED_ON: u8 = 1;

/// One instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Instr {
    /// What to do.
    pub op: Op,
    /// Flags.
    pub x: u8,
    /// First operand.
    pub a: u16,
    /// Second operand.
    pub b: u16,
    /// Third operand.
    pub c: u16,
}

impl Instr {
    /// The operands `b` and `c` as one unsigned number.
    #[inline(always)]
    pub const fn bx(self) -> u32 {
        self.b as u32 | (self.c as u32) << 16
    }

    /// The operands `b` and `c` as a jump offset in instructions, relative to the next instruction.
    #[inline(always)]
    pub const fn sbx(self) -> i32 {
        self.bx() as i32
    }

    /// The operand `c` as a jump offset in instructions, relative to the next instruction.
    #[inline(always)]
    pub const fn sc(self) -> i16 {
        self.c as i16
    }

    /// The flag that it deserves when `next` follows it: [`CHAIN`], [`CHAIN_RIGHT`] or none.
    pub fn chain_to(self, next: Instr) -> u8 {
        use Op::*;
        if !matches!(self.op, Add | Sub | Mul | Div | AddK | SubK | MulK | DivK) {
            return 0;
        }
        let r = self.a;
        let left = next.b == r && (next.a == r || next.x & KILL_B != 0);
        match next.op {
            Add | Sub | Mul if left && next.c != r => CHAIN,
            Add | Sub | Mul if next.c == r && next.b != r && (next.a == r || next.x & KILL_C != 0) => {
                CHAIN_RIGHT
            }
            AddK | SubK | MulK | DivK if left => CHAIN,
            JLtK | JLeK | JGtK | JGeK | JNotLtK | JNotLeK | JNotGtK | JNotGeK
                if next.a == r && next.x & KILL_A != 0 =>
            {
                CHAIN
            }
            _ => 0,
        }
    }
}

/// How an opcode uses its operands: for the disassembler and the verifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Not used.
    None,
    /// A register that is written.
    Dst,
    /// A register that is read.
    Src,
    /// First of several registers.
    Base,
    /// A constant.
    Const,
    /// A name.
    Name,
    /// An index of the closure.
    Free,
    /// An attribute or global site (inline cache): index into `Code::sites`.
    Site,
    /// A number.
    Num,
    /// `b`,`c` together: a constant.
    WideConst,
    /// `b`,`c` together: a jump.
    WideJump,
    /// `c`: a short jump.
    Jump,
}

macro_rules! opcodes {
    ($( $name:ident $a:ident $b:ident $c:ident $doc:literal; )*) => {
        /// The opcodes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Op { $( #[doc = $doc] $name, )* }

        impl Op {
            /// Every opcode, in order.
            pub const ALL: &'static [Op] = &[$(Op::$name),*];

            /// The opcode's name.
            pub const fn name(self) -> &'static str {
                match self { $(Op::$name => stringify!($name),)* }
            }

            /// How `a`, `b` and `c` are used.
            pub const fn operands(self) -> [Operand; 3] {
                match self { $(Op::$name => [Operand::$a, Operand::$b, Operand::$c],)* }
            }
        }
    };
}

opcodes! {
    Nop            None None None   "Nothing: a statement that does nothing, where a jump must not miss it.";
    Trace          None None None   "Part of no code: leads a frame that starts or goes on into the traced loop.";
    Move           Dst  Src  None   "R[a] = R[b]; with KILL_B the value is moved out of R[b].";
    LoadK          Dst  WideConst None "R[a] = K[bx]";
    Clear          Src  None None   "R[a] becomes unbound and what it held dies (end of a temporary, `del x` after CheckBound).";
    CheckBound     Src  Name None   "UnboundLocalError for N[b] if R[a] is unbound.";

    LoadGlobal     Dst  Site None   "R[a] = the global or builtin of site b; NameError.";
    StoreGlobal    Src  Name None   "globals[N[b]] = R[a]";
    DeleteGlobal   Name None None   "del globals[N[a]]; NameError.";
    LoadName       Dst  Name None   "R[a] = N[b] looked up in locals dict (class body, exec), then globals, then builtins.";
    StoreName      Src  Name None   "locals[N[b]] = R[a]";
    DeleteName     Name None None   "del locals[N[a]]; NameError.";
    LoadClassFree  Dst  Free Name   "R[a] = locals[N[c]] if there, else the content of closure cell b (class bodies).";

    MakeCell       Dst  None None   "R[a] = a new cell that holds what R[a] held (a parameter, or unbound).";
    LoadCell       Dst  Src  Name   "R[a] = content of the cell in R[b]; UnboundLocalError for N[c].";
    StoreCell      Dst  Src  None   "content of the cell in R[a] = R[b]";
    DeleteCell     Src  Name None   "empties the cell in R[a]; UnboundLocalError for N[b].";
    LoadFree       Dst  Free Name   "R[a] = content of closure cell b; NameError for N[c].";
    StoreFree      Src  Free None   "content of closure cell b = R[a]";
    DeleteFree     Free Name None   "empties closure cell a; NameError for N[b].";
    LoadClosure    Dst  Free None   "R[a] = closure cell b itself (to build an inner closure).";

    Add            Dst  Src  Src    "R[a] = R[b] + R[c]";
    Sub            Dst  Src  Src    "R[a] = R[b] - R[c]";
    Mul            Dst  Src  Src    "R[a] = R[b] * R[c]";
    Div            Dst  Src  Src    "R[a] = R[b] / R[c]";
    FloorDiv       Dst  Src  Src    "R[a] = R[b] // R[c]";
    Mod            Dst  Src  Src    "R[a] = R[b] % R[c]";
    Pow            Dst  Src  Src    "R[a] = R[b] ** R[c]";
    MatMul         Dst  Src  Src    "R[a] = R[b] @ R[c]";
    LShift         Dst  Src  Src    "R[a] = R[b] << R[c]";
    RShift         Dst  Src  Src    "R[a] = R[b] >> R[c]";
    And            Dst  Src  Src    "R[a] = R[b] & R[c]";
    Or             Dst  Src  Src    "R[a] = R[b] | R[c]";
    Xor            Dst  Src  Src    "R[a] = R[b] ^ R[c]";
    AddK           Dst  Src  Const  "R[a] = R[b] + K[c]";
    SubK           Dst  Src  Const  "R[a] = R[b] - K[c]";
    MulK           Dst  Src  Const  "R[a] = R[b] * K[c]";
    DivK           Dst  Src  Const  "R[a] = R[b] / K[c]";
    FloorDivK      Dst  Src  Const  "R[a] = R[b] // K[c]";
    ModK           Dst  Src  Const  "R[a] = R[b] % K[c]";
    PowK           Dst  Src  Const  "R[a] = R[b] ** K[c]";
    LShiftK        Dst  Src  Const  "R[a] = R[b] << K[c]";
    RShiftK        Dst  Src  Const  "R[a] = R[b] >> K[c]";
    AndK           Dst  Src  Const  "R[a] = R[b] & K[c]";
    OrK            Dst  Src  Const  "R[a] = R[b] | K[c]";
    XorK           Dst  Src  Const  "R[a] = R[b] ^ K[c]";
    Neg            Dst  Src  None   "R[a] = -R[b]";
    Pos            Dst  Src  None   "R[a] = +R[b]";
    Invert         Dst  Src  None   "R[a] = ~R[b]";
    Not            Dst  Src  None   "R[a] = not R[b]";

    Lt             Dst  Src  Src    "R[a] = R[b] < R[c]";
    Le             Dst  Src  Src    "R[a] = R[b] <= R[c]";
    Gt             Dst  Src  Src    "R[a] = R[b] > R[c]";
    Ge             Dst  Src  Src    "R[a] = R[b] >= R[c]";
    Eq             Dst  Src  Src    "R[a] = R[b] == R[c]";
    Ne             Dst  Src  Src    "R[a] = R[b] != R[c]";
    Is             Dst  Src  Src    "R[a] = R[b] is R[c]";
    IsNot          Dst  Src  Src    "R[a] = R[b] is not R[c]";
    In             Dst  Src  Src    "R[a] = R[b] in R[c]";
    NotIn          Dst  Src  Src    "R[a] = R[b] not in R[c]";

    Jump           None WideJump None "pc += sbx; backwards it is a safepoint.";
    JumpIfTrue     Src  WideJump None "if R[a]: pc += sbx. KILL_A.";
    JumpIfFalse    Src  WideJump None "if not R[a]: pc += sbx. KILL_A.";
    JumpIfNone     Src  WideJump None "if R[a] is None: pc += sbx. KILL_A.";
    JumpIfNotNone  Src  WideJump None "if R[a] is not None: pc += sbx. KILL_A.";
    JLt            Src  Src  Jump   "if R[a] < R[b]: pc += sc. KILL_A, KILL_B.";
    JLe            Src  Src  Jump   "if R[a] <= R[b]: pc += sc";
    JGt            Src  Src  Jump   "if R[a] > R[b]: pc += sc";
    JGe            Src  Src  Jump   "if R[a] >= R[b]: pc += sc";
    JEq            Src  Src  Jump   "if R[a] == R[b]: pc += sc";
    JNe            Src  Src  Jump   "if R[a] != R[b]: pc += sc";
    JNotLt         Src  Src  Jump   "if not R[a] < R[b]: pc += sc";
    JNotLe         Src  Src  Jump   "if not R[a] <= R[b]: pc += sc";
    JNotGt         Src  Src  Jump   "if not R[a] > R[b]: pc += sc";
    JNotGe         Src  Src  Jump   "if not R[a] >= R[b]: pc += sc";
    JNotEq         Src  Src  Jump   "if not R[a] == R[b]: pc += sc";
    JNotNe         Src  Src  Jump   "if not R[a] != R[b]: pc += sc";
    JNotEqK        Src  Const Jump  "if not R[a] == K[b]: pc += sc";
    JNotNeK        Src  Const Jump  "if not R[a] != K[b]: pc += sc";
    JLtK           Src  Const Jump  "if R[a] < K[b]: pc += sc. KILL_A.";
    JLeK           Src  Const Jump  "if R[a] <= K[b]: pc += sc";
    JGtK           Src  Const Jump  "if R[a] > K[b]: pc += sc";
    JGeK           Src  Const Jump  "if R[a] >= K[b]: pc += sc";
    JEqK           Src  Const Jump  "if R[a] == K[b]: pc += sc";
    JNeK           Src  Const Jump  "if R[a] != K[b]: pc += sc";
    JNotLtK        Src  Const Jump  "if not R[a] < K[b]: pc += sc";
    JNotLeK        Src  Const Jump  "if not R[a] <= K[b]: pc += sc";
    JNotGtK        Src  Const Jump  "if not R[a] > K[b]: pc += sc";
    JNotGeK        Src  Const Jump  "if not R[a] >= K[b]: pc += sc";

    GetIter        Dst  Src  None   "R[a] = iter(R[b])";
    ForIter        Dst  Src  Jump   "R[a] = next(R[b]) and pc += sc, or fall through when exhausted. Stands at the bottom of the loop; safepoint. If the jump is too far, a forward ForIter to a Jump.";
    ForIterPair    Dst  Src  Jump   "As ForIter, where the jump goes to an UnpackSequence of R[a] into two: a pair that the iterator need not make goes to these at once, past it.";

    BuildList      Dst  Base Num    "R[a] = [R[b], ..., R[b+c-1]], which are moved";
    BuildTuple     Dst  Base Num    "R[a] = (R[b], ..., R[b+c-1]), which are moved";
    BuildSet       Dst  Base Num    "R[a] = {R[b], ..., R[b+c-1]}, which are moved";
    BuildDict      Dst  Base Num    "R[a] = {R[b]: R[b+1], ...}, c pairs, which are moved";
    BuildString    Dst  Base Num    "R[a] = ''.join of c strings from R[b], which are moved";
    BuildSlice     Dst  Base None   "R[a] = slice(R[b], R[b+1], R[b+2]), which are moved";
    ListAppend     Src  Src  None   "R[a].append(R[b]), a list of a comprehension or display. KILL_B.";
    SetAdd         Src  Src  None   "R[a].add(R[b]). KILL_B.";
    DictAdd        Src  Src  Src    "R[a][R[b]] = R[c]. KILL_B, KILL_C.";
    ListExtend     Src  Src  None   "R[a].extend(R[b]): `[*b]`, with CPython's TypeError. KILL_B.";
    SetUpdate      Src  Src  None   "R[a].update(R[b]). KILL_B.";
    DictUpdate     Src  Src  None   "R[a].update(R[b]): `{**b}`. KILL_B.";
    DictMerge      Src  Src  Src    "R[a].update(R[b]) for the call of R[c]: TypeError for a key that is there already. KILL_B.";
    ListToTuple    Dst  Src  None   "R[a] = tuple(R[b]), a list of a display. KILL_B.";
    FormatValue    Dst  Src  Src    "R[a] = format(R[b], R[c]); x >> 4 is the conversion (0 none, 1 str, 2 repr, 3 ascii); c = 0xffff: no spec. KILL_B, KILL_C.";

    GetItem        Dst  Src  Src    "R[a] = R[b][R[c]]";
    GetItemK       Dst  Src  Const  "R[a] = R[b][K[c]]";
    SetItem        Src  Src  Src    "R[a][R[b]] = R[c]. KILL_A, KILL_B, KILL_C.";
    DeleteItem     Src  Src  None   "del R[a][R[b]]. KILL_A, KILL_B.";
    LoadAttr       Dst  Src  Site   "R[a] = R[b].attr, attr and cache of site c";
    StoreAttr      Src  Src  Site   "R[a].attr = R[b]. KILL_A, KILL_B.";
    DeleteAttr     Src  Name None   "del R[a].N[b]. KILL_A.";
    LoadMethod     Dst  Src  Site   "Looks up R[b].attr to call it: R[a] = function, R[a+1] = R[b]; or, if it is not a method, R[a] = unbound, R[a+1] = the value.";

    Call           Dst  Base Num    "R[a] = R[b](R[b+1], ..., R[b+c]); all of them are moved.";
    CallKw         Base Num  Const  "R[a] = R[a](...): b arguments in all, the last len(K[c]) by the names in the tuple K[c].";
    CallMethod     Dst  Base Num    "R[a] = call what LoadMethod left in R[b], R[b+1] with arguments R[b+2], ..., R[b+1+c].";
    CallMethodKw   Base Num  Const  "As CallMethod, result in R[a], with b arguments of which the last len(K[c]) are by name.";
    CallEx         Base None None   "R[a] = R[a](*R[a+1], **R[a+2]): a tuple (or any iterable) and a dict (or unbound).";
    Return         Src  None None   "Returns R[a], moved.";
    ReturnK        Const None None  "Returns K[a].";
    MakeFunction   Dst  Const Base  "R[a] = function of code K[b]; x bits: 1 defaults tuple, 2 keyword-only defaults dict, 4 closure tuple, 8 annotations dict, taken in this order from R[c], R[c+1], ...";
    LoadBuildClass Dst  None None   "R[a] = builtins.__build_class__";

    ImportName     Dst  Name Base   "R[a] = import of the module N[b]; R[c] = level (int), R[c+1] = fromlist (tuple or None), moved.";
    ImportFrom     Dst  Src  Name   "R[a] = R[b].N[c]; ImportError.";
    ImportStar     Src  None None   "Binds all public names of the module R[a] in the locals. KILL_A.";

    PushExc        Base None None   "Start of a handler: R[a] is the exception; R[a+1] = the exception handled before; R[a] becomes the handled one.";
    PopExc         Base None None   "End of a handler: R[a+1] is the handled exception again; R[a], R[a+1] are cleared.";
    JumpIfNotMatch Src  Src  Jump   "if the exception R[a] does not match R[b] (type or tuple): pc += sc. KILL_B.";
    SplitGroup     Dst  Src  Src    "R[a] = the part of the exception R[b] that `except* R[c]` catches, which becomes the handled one, or None; R[b] = the rest or None. KILL_C.";
    JoinGroup      Dst  Src  Src    "R[a] = what the clauses of `except*` leave to raise of the exception R[b], given the list R[c] of what they raised and of what none caught; or None. KILL_C.";
    Raise          Src  None None   "raise R[a]";
    RaiseFrom      Src  Src  None   "raise R[a] from R[b]";
    Reraise        Src  None None   "Continues to raise the exception R[a] (end of a finally or of unmatched handlers), traceback kept.";
    RaiseBare      None None None   "raise: the handled exception again, or RuntimeError.";
    LoadAssertionError Dst None None "R[a] = AssertionError";
    WithEnter      Base None None   "R[a] is a context manager: R[a] = its bound __exit__, R[a+1] = result of __enter__().";
    WithExit       Base None None   "R[a](None, None, None); R[a] is cleared.";
    WithExcept     Dst  Src  Src    "R[a] = bool of R[b](type, value, traceback of the exception R[c]).";

    UnpackSequence Src  Base Num    "R[b], ..., R[b+c-1] = R[a]; ValueError. KILL_A.";
    UnpackEx       Src  Base Num    "R[b], ... = R[a] with one starred: c & 0xff targets before it, c >> 8 after it. KILL_A.";

    Yield          Dst  Src  None   "Suspends the frame with R[b] (KILL_B); R[a] = what is sent (KILL_A: nobody asks for it).";
    YieldFrom      Dst  Src  None   "Delegates to the iterator R[b] until it ends, sending on what is sent; R[a] = its return value.";
    GetYieldFromIter Dst Src None   "R[a] = the iterator of `yield from R[b]`";
    GetAwaitable   Dst  Src  None   "R[a] = the iterator of `await R[b]`";
    GetAiter       Dst  Src  None   "R[a] = aiter(R[b])";
    GetAnext       Dst  Src  None   "R[a] = awaitable of anext(R[b])";
    EndAsyncFor    Src  None None   "Swallows StopAsyncIteration R[a], or re-raises it. KILL_A.";

    ClearRange     Base None Num    "R[a], ..., R[a+c-1] become unbound and what they held dies.";
    Len            Dst  Src  None   "R[a] = len(R[b])";
    MatchSequence  Dst  Src  None   "R[a] = whether a sequence pattern accepts R[b] (str, bytes and bytearray it does not).";
    MatchMapping   Dst  Src  None   "R[a] = whether a mapping pattern accepts R[b].";
    MatchKeys      Dst  Src  Src    "R[a] = tuple of the values of the mapping R[b] for the keys in the tuple R[c], or None if one is missing.";
    MatchRest      Dst  Src  Src    "R[a] = dict of the mapping R[b] without the keys in the tuple R[c].";
    MatchClass     Dst  Src  Const  "R[a] is a class: R[a] = tuple of the attributes of R[b] that the class pattern asks for, or None if R[b] is no instance or lacks one; K[c] = (number of positional patterns, keyword names...).";

    SetupAnnotations None None None "Makes sure that the locals have __annotations__.";
    PrintExpr      Src  None None   "sys.displayhook(R[a]) at a prompt. KILL_A.";
    LoadLocals     Dst  None None   "R[a] = the locals dict (class bodies).";
}
