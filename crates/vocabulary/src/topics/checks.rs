//! What checking a certificate can find.

topics! {}
