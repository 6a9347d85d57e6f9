//! Independent judges of what Estampille reads and writes: OpenSSL, keytool.
