"""Looking at live objects: what kind they are, their attributes, source, signatures and frames."""

from _inspect_arguments import ArgInfo, Arguments, ClosureVars, FullArgSpec, formatargvalues, getargs, getargvalues
from _inspect_arguments import getcallargs, getclosurevars, getfullargspec
from _inspect_callables import get_annotations
from _inspect_frames import CORO_CLOSED, CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, FrameInfo, GEN_CLOSED, GEN_CREATED
from _inspect_frames import GEN_RUNNING, GEN_SUSPENDED, Traceback, currentframe, getcoroutinelocals, getcoroutinestate
from _inspect_frames import getframeinfo, getgeneratorlocals, getgeneratorstate, getinnerframes, getlineno
from _inspect_frames import getouterframes, stack, trace
from _inspect_kinds import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_ITERABLE_COROUTINE, CO_NESTED
from _inspect_kinds import CO_NEWLOCALS, CO_NOFREE, CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS, TPFLAGS_IS_ABSTRACT
from _inspect_kinds import isabstract, isasyncgen, isasyncgenfunction, isawaitable, isbuiltin, isclass, iscode
from _inspect_kinds import iscoroutine, iscoroutinefunction, isdatadescriptor, isframe, isfunction, isgenerator
from _inspect_kinds import isgeneratorfunction, isgetsetdescriptor, ismemberdescriptor, ismethod, ismethoddescriptor
from _inspect_kinds import ismethodwrapper, ismodule, isroutine, istraceback, unwrap
from _inspect_members import Attribute, classify_class_attrs, getattr_static, getclasstree, getmembers
from _inspect_members import getmembers_static, getmro, walktree
from _inspect_signature import BoundArguments, Parameter, Signature, _ParameterKind, _empty, _void, formatannotation
from _inspect_signature import formatannotationrelativeto, signature
from _inspect_source import BlockFinder, EndOfBlock, cleandoc, findsource, getabsfile, getblock, getcomments, getdoc
from _inspect_source import getfile, getmodule, getmodulename, getsource, getsourcefile, getsourcelines, indentsize

__all__ = [name for name in dir() if not name.startswith("_")]
