//! What a plan says: reasons, steps, platform cards, notices.

topics! {}
