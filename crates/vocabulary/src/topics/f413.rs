//! What is said of the fields of the form F413.

topics! {
    /// Nothing stands in a field that must be filled. Facts: `field` (words on the form).
    MISSING = "f413-missing";
    /// Nothing stands in a field that is worth filling. Facts: `field`.
    MISSING_ADVISED = "f413-missing" / "advised";
    /// The name of the structure is absent.
    MISSING_NAME = "f413-missing" / "name";
    /// The number is absent. Facts: `number` (a term).
    MISSING_NUMBER = "f413-missing" / "number";
    /// No box is ticked for who signs.
    MISSING_ROLE = "f413-missing" / "role";
    /// Neither domain nor server. Facts: `field`.
    MISSING_DOMAIN = "f413-missing" / "domain";
    /// What stands in the field was not typed, but follows from the plan.
    PROPOSED = "f413-proposed";
    /// Longer than any field. Facts: `count`, `limit`.
    TOO_LONG = "f413-too-long";
    /// A letter that the PDF file cannot show. Facts: `found` (the text), `letters` (a list).
    LETTERS = "f413-letters";

    /// The registered name of a laboratory.
    NAME_LABORATORY = "f413-structure-name" / "laboratory";
    /// The registered name.
    NAME_REGISTERED = "f413-structure-name";
    /// No FINESS where another number is borne.
    EMPTY_FINESS = "f413-leave-empty" / "finess";
    /// No SIRET beside a FINESS: the guides say it.
    EMPTY_SIRET_GUIDE = "f413-leave-empty" / "siret-guide";
    /// No SIRET beside a RPPS-rang.
    EMPTY_SIRET = "f413-leave-empty" / "siret";
    /// No RPPS-rang.
    EMPTY_RPPS_RANG = "f413-leave-empty" / "rpps-rang";
    /// One of the two lines for servers.
    EMPTY_OTHER_LINE = "f413-leave-empty" / "other-line";
    /// A line of a type that is not ordered.
    EMPTY_TYPE = "f413-leave-empty" / "type";

    /// The titulaire's box is ticked without RPPS-rang.
    ROLE_TITULAIRE = "f413-role" / "titulaire";
    /// The same, in a pharmacy.
    ROLE_TITULAIRE_PHARMACY = "f413-role" / "titulaire-pharmacy";
    /// A legal representative, in a practice.
    ROLE_PRACTICE = "f413-role" / "practice";
    /// A mandataire, for a laboratory.
    ROLE_LABORATORY = "f413-role" / "laboratory";
    /// A mandataire, for a hospital.
    ROLE_HOSPITAL = "f413-role" / "hospital";

    /// A character that no name has. Facts: `found`.
    NAME_ODD = "f413-name";
    /// A character that no telephone number has. Facts: `found`, `character`.
    PHONE_CHARACTER = "f413-phone" / "character";
    /// Not the digits of a telephone number. Facts: `found`, `count`.
    PHONE_LENGTH = "f413-phone" / "length";
    /// A mailbox of MSSanté. Facts: `found`.
    EMAIL_CLOSED = "f413-email" / "closed";
    /// A mailbox of a provider open to everybody. Facts: `found`, `domain`.
    EMAIL_PUBLIC = "f413-email" / "public";
    /// A mailbox that bears the person's name. Facts: `found`.
    EMAIL_PERSONAL = "f413-email" / "personal";
    /// Where the number stands on the card, which must be active.
    CARD_PLACE = "f413-card" / "place";
    /// Which cards an administrateur technique may have.
    CARD_KINDS = "f413-card" / "kinds";
    /// Nobody may order.
    ADMINISTRATOR_MISSING = "f413-administrator-missing";
    /// The same card on two lines.
    ADMINISTRATOR_TWICE = "f413-administrator-twice";

    /// What a domain covers.
    SCOPE_DOMAIN = "f413-scope" / "domain";
    /// What a server covers.
    SCOPE_SERVER = "f413-scope" / "server";
    /// What a domain of mail addresses covers.
    SCOPE_MAIL = "f413-scope" / "mail";
    /// Whose domain it must be.
    DOMAIN_OWNER = "f413-domain-owner";
    /// A suffix that is nobody's own. Facts: `found`.
    DOMAIN_SHARED = "f413-domain" / "shared";
    /// Servers of the plan outside the domain. Facts: `found`, `servers`, `count`.
    DOMAIN_UNCOVERED = "f413-domain" / "uncovered";
    /// Servers of the plan other than this one. Facts: `found`, `servers`, `count`.
    SERVER_UNCOVERED = "f413-domain" / "uncovered-server";
    /// A bare domain as the name of a server. Facts: `found`.
    SERVER_IS_DOMAIN = "f413-domain" / "server-is-domain";
    /// Nothing in the plan is bound to a server.
    DOMAIN_UNUSED = "f413-domain" / "unused";
    /// A domain that nobody can grant. Facts: `found`.
    MAIL_DOMAIN_PUBLIC = "f413-mail-domain" / "public";
    /// Addresses of the plan outside the domain. Facts: `found`, `addresses`, `count`.
    MAIL_DOMAIN_UNCOVERED = "f413-mail-domain" / "uncovered";
    /// Addresses of the plan in a sub-domain. Facts: `found`, `addresses`, `count`.
    MAIL_DOMAIN_BELOW = "f413-mail-domain" / "below";
    /// Nothing in the plan is bound to mail addresses.
    MAIL_DOMAIN_UNUSED = "f413-mail-domain" / "unused";

    /// To be accepted by hand.
    HAND_TERMS = "f413-by-hand" / "terms";
    /// The date.
    HAND_DATE = "f413-by-hand" / "date";
    /// The stamp.
    HAND_STAMP = "f413-by-hand" / "stamp";
    /// The stamp of a laboratory.
    HAND_STAMP_LABORATORY = "f413-by-hand" / "stamp-laboratory";
    /// The signature.
    HAND_SIGNATURE = "f413-by-hand" / "signature";

    /// No certificate, no form.
    NOTHING_ORDERED = "f413-nothing";
    /// Each legal entity has its own signatory. Facts: `count`.
    SEVERAL_ENTITIES = "f413-several-entities";
    /// More RPPS-rang than a form has room for. Facts: `limit`.
    SECOND_FORM = "f413-second-form";
    /// Several boxes on one form.
    SEVERAL_TYPES = "f413-several-types";
    /// One form for several certificates.
    ONE_FORM_ENOUGH = "f413-one-form";
    /// More forms than anybody signs at once. Facts: `count`, `limit`.
    TOO_MANY = "invalid-profile" / "f413-too-many";
}
