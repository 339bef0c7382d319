"""WSGI: the interface between web servers and applications, with a small server."""
