"""The bundled publisher site, and the server that gives local sites real host names over TLS."""
