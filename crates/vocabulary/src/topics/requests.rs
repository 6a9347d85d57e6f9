//! What making or inspecting a request can find.

topics! {}
