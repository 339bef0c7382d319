"""Parsers of XML."""

__all__ = ["expat"]
