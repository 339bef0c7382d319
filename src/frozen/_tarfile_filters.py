"""What may be extracted from a tar archive, and how: the filters."""
import os
import stat

from _tarfile_info import TarError


class FilterError(TarError):
    """A filter refuses a file."""


class AbsolutePathError(FilterError):
    """A file would be written to an absolute path."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f"member {tarinfo.name!r} has an absolute path")


class OutsideDestinationError(FilterError):
    """A file would be written outside of the folder."""

    def __init__(self, tarinfo, path):
        self.tarinfo = tarinfo
        self._path = path
        super().__init__(f"{tarinfo.name!r} would be extracted to {path!r}, which is outside the destination")


class SpecialFileError(FilterError):
    """A device or pipe would be made."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f"{tarinfo.name!r} is a special file")


class AbsoluteLinkError(FilterError):
    """A link would lead to an absolute path."""

    def __init__(self, tarinfo):
        self.tarinfo = tarinfo
        super().__init__(f"{tarinfo.name!r} is a link to an absolute path")


class LinkOutsideDestinationError(FilterError):
    """A link would lead out of the folder."""

    def __init__(self, tarinfo, path):
        self.tarinfo = tarinfo
        self._path = path
        super().__init__(f"{tarinfo.name!r} would link to {path!r}, which is outside the destination")


def _inside(path, folder):
    return os.path.commonpath([path, folder]) == folder


def _changes(member, folder, for_data):
    """What is to be said differently about a file."""
    new = {}
    folder = os.path.realpath(folder)
    name = member.name
    if name.startswith(("/", os.sep)):
        name = new["name"] = member.path.lstrip("/" + os.sep)
    if os.path.isabs(name):
        raise AbsolutePathError(member)
    target = os.path.realpath(os.path.join(folder, name))
    if not _inside(target, folder):
        raise OutsideDestinationError(member, target)
    mode = member.mode
    if mode is not None:
        mode &= 0o755
        if for_data:
            if member.isreg() or member.islnk():
                if not mode & 0o100:
                    mode &= ~0o111
                mode |= 0o600
            elif member.isdir() or member.issym():
                mode = None
            else:
                raise SpecialFileError(member)
        if mode != member.mode:
            new["mode"] = mode
    if for_data:
        for field in ("uid", "gid", "uname", "gname"):
            if getattr(member, field) is not None:
                new[field] = None
        if member.islnk() or member.issym():
            if os.path.isabs(member.linkname):
                raise AbsoluteLinkError(member)
            if member.issym():
                target = os.path.join(folder, os.path.dirname(name), member.linkname)
            else:
                target = os.path.join(folder, member.linkname)
            target = os.path.realpath(target)
            if not _inside(target, folder):
                raise LinkOutsideDestinationError(member, target)
    return new


def fully_trusted_filter(member, dest_path):
    """Everything, as it is."""
    return member


def tar_filter(member, dest_path):
    """What the tool tar does: nothing outside of the folder, and no permissions that are dangerous."""
    new = _changes(member, dest_path, False)
    return member.replace(**new, deep=False) if new else member


def data_filter(member, dest_path):
    """Only data: no devices, no links out of the folder, nobody's ownership."""
    new = _changes(member, dest_path, True)
    return member.replace(**new, deep=False) if new else member


NAMED = {"fully_trusted": fully_trusted_filter, "tar": tar_filter, "data": data_filter}
