"""Packing folders into archives and unpacking them, for shutil."""

import os


class ReadError(OSError):
    """An archive cannot be read."""


class RegistryError(Exception):
    """A format of archives cannot be registered, or is not."""


def _files_below(folder):
    """The paths of all folders and files below one, relative to the working folder."""
    for root, folders, files in os.walk(folder):
        for name in sorted(folders) + files:
            yield os.path.normpath(os.path.join(root, name)), name in folders


def _make_tar(compression):
    def make(base_name, base_dir, *, verbose=0, dry_run=0, owner=None, group=None, logger=None, root_dir=None):
        import tarfile

        name = base_name + ".tar" + ("." + compression if compression else "")
        folder = os.path.dirname(name)
        if folder and not os.path.exists(folder) and not dry_run:
            os.makedirs(folder)

        def owned(info):
            if owner is not None:
                info.uname = owner
            if group is not None:
                info.gname = group
            return info

        if not dry_run:
            inside = base_dir
            if root_dir is not None:
                base_dir = os.path.join(root_dir, base_dir)
            with tarfile.open(name, "w:" + compression) as tar:
                tar.add(base_dir, inside, filter=owned)
        return os.path.abspath(name) if root_dir is not None else name
    return make


def _make_zip(base_name, base_dir, *, verbose=0, dry_run=0, logger=None, owner=None, group=None, root_dir=None):
    import zipfile

    name = base_name + ".zip"
    folder = os.path.dirname(base_name)
    if folder and not os.path.exists(folder) and not dry_run:
        os.makedirs(folder)
    if not dry_run:
        start = os.path.join(root_dir, base_dir) if root_dir is not None else base_dir
        with zipfile.ZipFile(name, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            def add(path):
                inside = os.path.relpath(path, root_dir) if root_dir is not None else path
                archive.write(path, os.path.normpath(inside))
            if base_dir != os.curdir:
                add(os.path.normpath(start))
            for path, _ in _files_below(start):
                if not os.path.islink(path) or os.path.exists(path):
                    add(path)
    return os.path.abspath(name) if root_dir is not None else name


# format: (function, extra arguments, description, whether it takes root_dir)
_ARCHIVE_FORMATS = {
    "tar": (_make_tar(""), [], "uncompressed tar file", True),
    "gztar": (_make_tar("gz"), [], "gzip'ed tar-file", True),
    "bztar": (_make_tar("bz2"), [], "bzip2'ed tar-file", True),
    "xztar": (_make_tar("xz"), [], "xz'ed tar-file", True),
    "zip": (_make_zip, [], "ZIP file", True),
}


def get_archive_formats():
    """The formats that make_archive() knows: name and description."""
    return sorted((name, entry[2]) for name, entry in _ARCHIVE_FORMATS.items())


def register_archive_format(name, function, extra_args=None, description=""):
    """Add a format to make."""
    extra_args = [] if extra_args is None else extra_args
    if not callable(function):
        raise TypeError("The %s object is not callable" % function)
    if not isinstance(extra_args, (tuple, list)):
        raise TypeError("extra_args needs to be a sequence")
    for element in extra_args:
        if not isinstance(element, (tuple, list)) or len(element) != 2:
            raise TypeError("extra_args elements are : (arg_name, value)")
    _ARCHIVE_FORMATS[name] = function, extra_args, description, False


def unregister_archive_format(name):
    """Remove a format to make."""
    del _ARCHIVE_FORMATS[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None,
                 logger=None):
    """Make an archive of a folder; returns its name."""
    try:
        function, extra, _, takes_root = _ARCHIVE_FORMATS[format]
    except KeyError:
        raise ValueError("unknown archive format '%s'" % format) from None
    base_dir = os.curdir if base_dir is None else base_dir
    options = {"dry_run": dry_run, "logger": logger, **dict(extra)}
    if format != "zip":
        options.update(owner=owner, group=group)
    if root_dir is None:
        return function(base_name, base_dir, **options)
    if takes_root:
        return function(os.fspath(base_name), base_dir, **options, root_dir=os.fspath(root_dir))
    before = os.getcwd()
    base_name = os.path.abspath(base_name)
    if not dry_run:
        os.chdir(root_dir)
    try:
        return function(base_name, base_dir, **options)
    finally:
        os.chdir(before)


def _unpack_zip(filename, extract_dir):
    import zipfile

    if not zipfile.is_zipfile(filename):
        raise ReadError("%s is not a zip file" % filename)
    with zipfile.ZipFile(filename) as archive:
        for info in archive.infolist():
            # Absolute paths and those that lead above are not unpacked.
            if info.filename.startswith("/") or ".." in info.filename:
                continue
            target = os.path.join(extract_dir, *info.filename.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if not info.filename.endswith("/"):
                with open(target, "wb") as out:
                    out.write(archive.read(info.filename))


def _unpack_tar(filename, extract_dir, *, filter=None):
    import tarfile

    try:
        tar = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError("%s is not a compressed or uncompressed tar file" % filename) from None
    with tar:
        tar.extractall(extract_dir, filter=filter)


# format: (extensions, function, extra arguments, description)
_UNPACK_FORMATS = {
    "tar": ([".tar"], _unpack_tar, [], "uncompressed tar file"),
    "gztar": ([".tar.gz", ".tgz"], _unpack_tar, [], "gzip'ed tar-file"),
    "bztar": ([".tar.bz2", ".tbz2"], _unpack_tar, [], "bzip2'ed tar-file"),
    "xztar": ([".tar.xz", ".txz"], _unpack_tar, [], "xz'ed tar-file"),
    "zip": ([".zip"], _unpack_zip, [], "ZIP file"),
}


def get_unpack_formats():
    """The formats that unpack_archive() knows: name, extensions and description."""
    return sorted((name, entry[0], entry[3]) for name, entry in _UNPACK_FORMATS.items())


def register_unpack_format(name, extensions, function, extra_args=None, description=""):
    """Add a format to unpack."""
    taken = {extension: other for other, entry in _UNPACK_FORMATS.items() for extension in entry[0]}
    for extension in extensions:
        if extension in taken:
            raise RegistryError('%s is already registered for "%s"' % (extension, taken[extension]))
    if not callable(function):
        raise TypeError("The registered function must be a callable")
    _UNPACK_FORMATS[name] = extensions, function, [] if extra_args is None else extra_args, description


def unregister_unpack_format(name):
    """Remove a format to unpack."""
    del _UNPACK_FORMATS[name]


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpack an archive into a folder."""
    extract_dir = os.fspath(os.getcwd() if extract_dir is None else extract_dir)
    filename = os.fspath(filename)
    options = {} if filter is None else {"filter": filter}
    if format is None:
        for name, entry in _UNPACK_FORMATS.items():
            if any(filename.endswith(extension) for extension in entry[0]):
                format = name
                break
        else:
            raise ReadError("Unknown archive format '{0}'".format(filename))
    elif format not in _UNPACK_FORMATS:
        raise ValueError("Unknown unpack format '{0}'".format(format)) from None
    _, function, extra, _ = _UNPACK_FORMATS[format]
    function(filename, extract_dir, **dict(extra), **options)
