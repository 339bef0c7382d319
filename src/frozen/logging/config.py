"""Setting up loggers and handlers from dictionaries or from files."""

import io
import logging
import logging.handlers
import os

from logging._converting import (
    BaseConfigurator, ConvertingDict, ConvertingList, ConvertingTuple, keywords, resolve as _resolve, set_attributes,
    valid_ident,
)

DEFAULT_LOGGING_CONFIG_PORT = 9030


def _clear_handlers():
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


class _Existing:
    """The loggers that are there before; those that are not mentioned are disabled, unless one above them is."""

    def __init__(self):
        self.names = set(logging.root.manager.loggerDict)
        self.below = set()

    def mention(self, name):
        """Notes that a logger is configured."""
        if name in self.names:
            self.names.discard(name)
            self.below.update(other for other in self.names if other.startswith(f"{name}."))

    def finish(self, disable):
        """Disables, or resets, the loggers that were not mentioned."""
        for name in self.names:
            logger = logging.root.manager.loggerDict[name]
            if name not in self.below:
                logger.disabled = disable
            elif not isinstance(logger, logging.PlaceHolder):
                logger.setLevel(logging.NOTSET)
                logger.handlers = []
                logger.propagate = True


def _without_handlers(logger):
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)


# Dictionaries.


def dictConfig(config):
    """Sets everything up as a dictionary says."""
    dictConfigClass(config).configure()


class _Told:
    """Says which part of the configuration an exception is about."""

    def __init__(self, what):
        self.what = what

    def __enter__(self):
        pass

    def __exit__(self, kind, error, traceback):
        if isinstance(error, Exception):
            raise ValueError(f"Unable to {self.what}") from error


class DictConfigurator(BaseConfigurator):
    """Sets everything up as a dictionary says; methods may be overridden."""

    def configure(self):
        """Does it."""
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError(f"Unsupported version: {config['version']}")
        with logging._lock:
            if config.pop("incremental", False):
                self._change()
            else:
                self._replace()

    def _change(self):
        """Changes levels and propagation only."""
        handlers = self.config.get("handlers", {})
        for name in handlers:
            if name not in logging._handlers:
                raise ValueError(f"No handler found with name {name!r}")
            with _Told(f"configure handler {name!r}"):
                level = handlers[name].get("level", None)
                if level:
                    logging._handlers[name].setLevel(level)
        loggers = self.config.get("loggers", {})
        for name in loggers:
            with _Told(f"configure logger {name!r}"):
                self.configure_logger(name, loggers[name], True)
        root = self.config.get("root", None)
        if root:
            with _Told("configure root logger"):
                self.configure_root(root, True)

    def _replace(self):
        config = self.config
        disable = config.pop("disable_existing_loggers", True)
        _clear_handlers()
        for kind, make in (("formatter", self.configure_formatter), ("filter", self.configure_filter)):
            parts = config.get(f"{kind}s", {})
            for name in parts:
                with _Told(f"configure {kind} {name!r}"):
                    parts[name] = make(parts[name])
        self._make_handlers(config.get("handlers", {}))
        existing = _Existing()
        loggers = config.get("loggers", {})
        for name in loggers:
            existing.mention(name)
            with _Told(f"configure logger {name!r}"):
                self.configure_logger(name, loggers[name])
        existing.finish(disable)
        root = config.get("root", None)
        if root:
            with _Told("configure root logger"):
                self.configure_root(root)

    def _make_handlers(self, handlers):
        def make(name):
            with _Told(f"configure handler {name!r}"):
                handler = self.configure_handler(handlers[name])
                handler.name = name
                handlers[name] = handler

        deferred = []
        for name in sorted(handlers):
            try:
                make(name)
            except ValueError as error:
                if not isinstance(error.__cause__ and error.__cause__.__cause__, _NotYet):
                    raise
                deferred.append(name)
        for name in deferred:
            make(name)

    def configure_formatter(self, config):
        """A formatter."""
        if "()" in config:
            factory = config["()"]
            try:
                return self.configure_custom(config)
            except TypeError as error:
                # Formatters call it `fmt`.
                if "'format'" not in str(error):
                    raise
                config["fmt"] = config.pop("format")
                config["()"] = factory
                return self.configure_custom(config)
        name = config.get("class", None)
        kind = _resolve(name) if name else logging.Formatter
        args = [config.get("format", None), config.get("datefmt", None), config.get("style", "%")]
        if "validate" in config:
            args.append(config["validate"])
        return kind(*args)

    def configure_filter(self, config):
        """A filter."""
        return self.configure_custom(config) if "()" in config else logging.Filter(config.get("name", ""))

    def add_filters(self, filterer, filters):
        """Adds filters, given themselves or by name."""
        for name in filters:
            with _Told(f"add filter {name!r}"):
                given = callable(name) or callable(getattr(name, "filter", None))
                filterer.addFilter(name if given else self.config["filters"][name])

    def configure_handler(self, config):
        """A handler."""
        original = dict(config)
        formatter = config.pop("formatter", None)
        if formatter:
            with _Told(f"set formatter {formatter!r}"):
                formatter = self.config["formatters"][formatter]
        level = config.pop("level", None)
        filters = config.pop("filters", None)
        if "()" in config:
            factory = config.pop("()")
            if not callable(factory):
                factory = self.resolve(factory)
        else:
            factory = self.resolve(config.pop("class"))
            if issubclass(factory, logging.handlers.MemoryHandler) and "target" in config:
                with _Told(f"set target handler {config['target']!r}"):
                    target = self.config["handlers"][config["target"]]
                    if not isinstance(target, logging.Handler):
                        config.update(original)
                        raise _NotYet("target not configured yet")
                    config["target"] = target
        arguments = keywords(config)
        try:
            handler = factory(**arguments)
        except TypeError as error:
            # Some handlers call it `strm`.
            if "'stream'" not in str(error):
                raise
            arguments["strm"] = arguments.pop("stream")
            handler = factory(**arguments)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(level)
        if filters:
            self.add_filters(handler, filters)
        set_attributes(handler, config)
        return handler

    def add_handlers(self, logger, handlers):
        """Adds handlers by name."""
        for name in handlers:
            with _Told(f"add handler {name!r}"):
                logger.addHandler(self.config["handlers"][name])

    def common_logger_config(self, logger, config, incremental=False):
        """What the root and other loggers have in common."""
        level = config.get("level", None)
        if level is not None:
            logger.setLevel(level)
        if incremental:
            return
        _without_handlers(logger)
        handlers = config.get("handlers", None)
        if handlers:
            self.add_handlers(logger, handlers)
        filters = config.get("filters", None)
        if filters:
            self.add_filters(logger, filters)

    def configure_logger(self, name, config, incremental=False):
        """A logger."""
        logger = logging.getLogger(name)
        self.common_logger_config(logger, config, incremental)
        logger.disabled = False
        propagate = config.get("propagate", None)
        if propagate is not None:
            logger.propagate = propagate

    def configure_root(self, config, incremental=False):
        """The root."""
        self.common_logger_config(logging.getLogger(), config, incremental)


class _NotYet(TypeError):
    """The target of a handler is configured after it."""


dictConfigClass = DictConfigurator


# Files.


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Sets everything up as a file in the format of `configparser` says."""
    import configparser

    if isinstance(fname, str):
        if not os.path.exists(fname):
            raise FileNotFoundError(f"{fname} doesn't exist")
        if not os.path.getsize(fname):
            raise RuntimeError(f"{fname} is an empty file")
    if isinstance(fname, configparser.RawConfigParser):
        parser = fname
    else:
        try:
            parser = configparser.ConfigParser(defaults)
            if hasattr(fname, "readline"):
                parser.read_file(fname)
            else:
                parser.read(fname, encoding=io.text_encoding(encoding))
        except configparser.ParsingError as error:
            raise RuntimeError(f"{fname} is invalid: {error}")
    formatters = _file_formatters(parser)
    with logging._lock:
        _clear_handlers()
        handlers = _file_handlers(parser, formatters)
        _file_loggers(parser, handlers, disable_existing_loggers)


def _names(text):
    return [name.strip() for name in text.split(",")] if text else []


def _file_formatters(parser):
    formatters = {}
    for name in _names(parser["formatters"]["keys"]):
        section = f"formatter_{name}"
        options = [parser.get(section, key, raw=True, fallback=None) for key in ("format", "datefmt")]
        style = parser.get(section, "style", raw=True, fallback="%")
        class_name = parser[section].get("class")
        kind = _resolve(class_name) if class_name else logging.Formatter
        formatters[name] = kind(*options, style)
    return formatters


def _file_handlers(parser, formatters):
    handlers, targets = {}, []
    # The file is the program's own: its classes and arguments are expressions.
    scope = vars(logging)
    for name in _names(parser["handlers"]["keys"]):
        section = parser[f"handler_{name}"]
        try:
            kind = eval(section["class"], scope)
        except (AttributeError, NameError):
            kind = _resolve(section["class"])
        args = eval(section.get("args", "()"), scope)
        handler = kind(*args, **eval(section.get("kwargs", "{}"), scope))
        handler.name = name
        if "level" in section:
            handler.setLevel(section["level"])
        formatter = section.get("formatter", "")
        if formatter:
            handler.setFormatter(formatters[formatter])
        if issubclass(kind, logging.handlers.MemoryHandler) and section.get("target", ""):
            targets.append((handler, section["target"]))
        handlers[name] = handler
    for handler, target in targets:
        handler.setTarget(handlers[target])
    return handlers


def _file_loggers(parser, handlers, disable):
    def configure(logger, section):
        if "level" in section:
            logger.setLevel(section["level"])
        _without_handlers(logger)
        for name in _names(section["handlers"]):
            logger.addHandler(handlers[name])

    names = _names(parser["loggers"]["keys"])
    names.remove("root")
    configure(logging.root, parser["logger_root"])
    existing = _Existing()
    for name in names:
        section = parser[f"logger_{name}"]
        full_name = section["qualname"]
        existing.mention(full_name)
        logger = logging.getLogger(full_name)
        logger.propagate = section.getint("propagate", fallback=1)
        logger.disabled = False
        configure(logger, section)
    existing.finish(disable)


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    """A thread, not yet started, that takes configurations from a socket; `verify` may change or refuse the bytes."""
    from logging._listening import listen

    return listen(port, verify)


def stopListening():
    """Ends the thread that `listen` gave."""
    from logging._listening import stop

    stop()
