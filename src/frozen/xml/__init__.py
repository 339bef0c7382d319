"""XML: parsers, trees and events."""

__all__ = ["dom", "parsers", "sax", "etree"]
