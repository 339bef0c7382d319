"""What makes scanners of decoders."""

__all__ = ["make_scanner"]


def make_scanner(context):
    """The function that scans with a decoder's hooks."""
    return context.scan_once
