"""XML-RPC: calls of functions over HTTP."""
