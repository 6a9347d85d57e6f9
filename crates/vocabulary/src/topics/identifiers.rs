//! What an identifier can have wrong.

topics! {}
