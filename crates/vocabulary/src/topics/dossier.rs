//! What is said of a file that is opened as a dossier.

topics! {
    /// An empty file.
    NOT_A_DOSSIER_EMPTY = "not-a-dossier" / "empty";
    /// No JSON, and no beginning of a dossier.
    NOT_A_DOSSIER = "not-a-dossier";
    /// JSON of something else.
    NOT_A_DOSSIER_JSON = "not-a-dossier" / "json";
    /// A file of the FINESS register.
    NOT_A_DOSSIER_REGISTER = "not-a-dossier" / "register";
    /// A dossier that is cut or was changed. Facts: `place` (line).
    DAMAGED = "dossier-damaged";
    /// A dossier whose content is none.
    DAMAGED_CONTENT = "dossier-damaged" / "content";
    /// Of a later version. Facts: `found`, `known`.
    FUTURE = "dossier-future";
    /// Larger than any dossier. Facts: `limit` (kilobytes).
    TOO_LARGE = "dossier-too-large";

    /// What a dossier holds, once opened. Facts: `name`, `on`.
    OPENED = "dossier-opened";
}
