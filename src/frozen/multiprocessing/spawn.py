"""Fresh interpreters: how they are told what to do, and what they do first."""

import os
import sys
import types

from . import process
from .context import set_spawning_popen

__all__ = ["_main", "freeze_support", "set_executable", "get_executable", "get_preparation_data", "get_command_line", "import_main_path"]

_executable = sys.executable


def set_executable(exe):
    """The program that fresh interpreters run."""
    global _executable
    _executable = os.fsdecode(exe) if exe is not None else None


def get_executable():
    """The program that fresh interpreters run."""
    return _executable


def is_forking(argv):
    """Whether this program was started as a child."""
    return len(argv) >= 2 and argv[1] == "--multiprocessing-fork"


def freeze_support():
    """Do the work of a child, if this program was started as one."""
    if is_forking(sys.argv):
        arguments = dict(arg.split("=") for arg in sys.argv[2:])
        spawn_main(**{name: int(value) for name, value in arguments.items() if value != "None"})
        sys.exit()


def get_command_line(**kwds):
    """What starts a fresh interpreter that calls spawn_main."""
    arguments = ", ".join([f"{name}={value!r}" for name, value in kwds.items()])
    code = f"from multiprocessing.spawn import spawn_main; spawn_main({arguments})"
    return [_executable, "-c", code, "--multiprocessing-fork"]


def spawn_main(pipe_handle, parent_sentinel=None):
    """What a fresh interpreter does: reads from a pipe what it is, and becomes it."""
    assert is_forking(sys.argv), "Not forking"
    sys.exit(_main(pipe_handle, parent_sentinel))


def _main(fd, parent_sentinel):
    import pickle

    with open(fd, "rb") as stream:
        process.current_process()._inheriting = True
        try:
            prepare(pickle.load(stream))
            self = pickle.load(stream)
        finally:
            del process.current_process()._inheriting
    return self._bootstrap(parent_sentinel)


def _check_not_importing_main():
    if getattr(process.current_process(), "_inheriting", False):
        raise RuntimeError("""
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """)


def get_preparation_data(name):
    """What a fresh interpreter must know before it can read a process object."""
    from . import util
    from .context import _default_context

    _check_not_importing_main()
    data = {
        "log_to_stderr": util._log_to_stderr,
        "authkey": process.current_process().authkey,
        "name": name,
        "sys_path": list(sys.path),
        "sys_argv": sys.argv,
        "orig_dir": process.ORIGINAL_DIR,
        "dir": os.getcwd(),
        "start_method": _default_context.get_start_method(),
    }
    if util._logger is not None:
        data["log_level"] = util._logger.getEffectiveLevel()
    main = sys.modules["__main__"]
    spec_name = getattr(getattr(main, "__spec__", None), "name", None)
    path = getattr(main, "__file__", None)
    if spec_name is not None:
        data["init_main_from_name"] = spec_name
    elif path is not None:
        if not os.path.isabs(path) and process.ORIGINAL_DIR is not None:
            path = os.path.join(process.ORIGINAL_DIR, path)
        data["init_main_from_path"] = os.path.normpath(path)
    return data


def prepare(data):
    """Become like the parent: its paths and arguments, and its program by the name __mp_main__."""
    from . import util
    from .context import _default_context

    current = process.current_process()
    current.name = data.get("name", current.name)
    if "authkey" in data:
        current.authkey = data["authkey"]
    if data.get("log_to_stderr"):
        util.log_to_stderr()
    if "log_level" in data:
        util.get_logger().setLevel(data["log_level"])
    sys.path = data.get("sys_path", sys.path)
    sys.argv = data.get("sys_argv", sys.argv)
    if "dir" in data:
        os.chdir(data["dir"])
    process.ORIGINAL_DIR = data.get("orig_dir", process.ORIGINAL_DIR)
    if "start_method" in data:
        _default_context.set_start_method(data["start_method"], force=True)
    if "init_main_from_name" in data:
        _run_main(None, data["init_main_from_name"])
    elif "init_main_from_path" in data:
        _run_main(data["init_main_from_path"], None)


# The modules that were __main__, which must not go.
_old_mains = []


def _run_main(path, name):
    if path is None:
        import runpy

        namespace = runpy.run_module(name, run_name="__mp_main__", alter_sys=True)
    else:
        if os.path.splitext(os.path.basename(path))[0] == "ipython":
            return
        namespace = None
    _old_mains.append(sys.modules["__main__"])
    module = types.ModuleType("__mp_main__")
    if namespace is None:
        module.__file__ = path
        sys.modules["__main__"] = sys.modules["__mp_main__"] = module
        with open(path, "rb") as file:
            exec(compile(file.read(), path, "exec"), module.__dict__)
    else:
        module.__dict__.update(namespace)
        sys.modules["__main__"] = sys.modules["__mp_main__"] = module


def import_main_path(main_path):
    """Run a program by the name __mp_main__."""
    _run_main(main_path, None)
