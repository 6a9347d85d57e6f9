//! What to do when a key is lost, or may have been copied.

topics! {
    /// Looking for it where it was made.
    LOST_SEARCH = "lost-key" / "search";
    /// Which certificates go with the key.
    LOST_WHICH = "lost-key" / "which";
    /// Revoking before anything else.
    LOST_REVOKE_NOW = "lost-key" / "revoke-now";
    /// Who may have a certificate revoked.
    LOST_WHO = "lost-key" / "who";
    /// The code de révocation is not at hand.
    LOST_NO_CODE = "lost-key" / "no-code";
    /// Telling the ANS of a copied key.
    LOST_TELL_ANS = "lost-key" / "tell-ans";
    /// Telling who runs the machine.
    LOST_TELL_OWN = "lost-key" / "tell-own";
    /// Telling the software's editor.
    LOST_TELL_EDITOR = "lost-key" / "tell-editor";
    /// A new key and a new request.
    LOST_NEW_KEY = "lost-key" / "new-key";
    /// Renewing while the certificate is valid.
    LOST_RENEW = "lost-key" / "renew";
    /// Ordering anew.
    LOST_ORDER = "lost-key" / "order";
    /// Installing the new certificate.
    LOST_INSTALL = "lost-key" / "install";
    /// Revoking once the new certificate works.
    LOST_REVOKE_THEN = "lost-key" / "revoke-then";
    /// Removing what is left of the old key.
    LOST_CLEAN = "lost-key" / "clean";
}
