"""TLS to mail servers: their certificates are checked, always."""

import ssl


def context() -> ssl.SSLContext:
    """What connections to mail servers are encrypted with."""
    return ssl.create_default_context()
