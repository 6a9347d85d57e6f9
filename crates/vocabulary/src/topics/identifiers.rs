//! What an identifier can have wrong. The codes are those the contract gives to `parseIdentifier`.
//!
//! Facts common to most: `kind` (a term), `found` (what was typed, shortened), `position` (from 1, separators not
//! counted), `character` (one character, with its code point when it is not plain), `suggestion` (a number or
//! name that would be valid).

topics! {
    /// The number has not its number of characters. Facts: `kind`, `found`, `count`, `expected`.
    LENGTH = "length";
    /// Nothing was typed. Facts: `kind`.
    LENGTH_EMPTY = "length" / "empty";
    /// One digit short, and valid with a zero in front: a spreadsheet dropped it. Facts: `kind`, `found`, `suggestion`.
    LENGTH_LEADING_ZERO = "length" / "leading-zero";
    /// A host name of one label. Facts: `found`.
    LENGTH_SINGLE_LABEL = "length" / "single-label";
    /// A label of a host name is too long. Facts: `found`, `count`, `expected`.
    LENGTH_LABEL = "length" / "label";
    /// A host name or an address is too long. Facts: `count`, `expected`.
    LENGTH_NAME = "length" / "name";
    /// The part before the at sign is too long. Facts: `count`, `expected`.
    LENGTH_LOCAL_PART = "length" / "local-part";

    /// A character other than a digit. Facts: `kind`, `character`, `position`.
    CHARSET_DIGITS = "charset" / "digits";
    /// A character a FINESS number has not at this place. Facts: `character`, `position`.
    CHARSET_FINESS = "charset" / "finess";
    /// A character other than a digit or a letter A–Z. Facts: `kind`, `character`, `position`.
    CHARSET_ALPHANUMERIC = "charset" / "alphanumeric";
    /// A letter that looks like the digit due there. Facts: `character`, `position`, `expected`.
    CHARSET_LETTER_FOR_DIGIT = "charset" / "letter-for-digit";
    /// A number a spreadsheet wrote with an exponent. Facts: `found`.
    CHARSET_SPREADSHEET = "charset" / "spreadsheet";
    /// A SIRET of Monaco, with letters: accepted. Facts: `found`.
    CHARSET_MONACO = "charset" / "monaco";
    /// A letter where ADELI numbers have none. Facts: `found`, `character`, `position`.
    CHARSET_ADELI = "charset" / "adeli";
    /// Type digit 5 or 6 of a structure id, closed. Facts: `found`, `character`.
    CHARSET_TYPE_CLOSED = "charset" / "type-closed";
    /// No structure id begins so. Facts: `found`, `character`.
    CHARSET_TYPE_UNKNOWN = "charset" / "type-unknown";
    /// A card number that does not begin with 2. Facts: `found`, `character`.
    CHARSET_CARD_FIRST_DIGIT = "charset" / "card-first-digit";
    /// A character a host name has not. Facts: `character`, `found`.
    CHARSET_HOST = "charset" / "host";
    /// An underscore in a host name. Facts: `found`.
    CHARSET_UNDERSCORE = "charset" / "underscore";
    /// A letter outside ASCII in a host name. Facts: `character`, `found`.
    CHARSET_PUNYCODE = "charset" / "punycode";
    /// A scheme or a path around a host name. Facts: `found`, `suggestion`.
    CHARSET_URL = "charset" / "url";
    /// A port after a host name. Facts: `found`, `suggestion`.
    CHARSET_PORT = "charset" / "port";
    /// A wildcard. Facts: `found`.
    CHARSET_WILDCARD = "charset" / "wildcard";
    /// An IP address where a name is due. Facts: `found`.
    CHARSET_IP_ADDRESS = "charset" / "ip-address";
    /// Two dots in a row, or one in front. Facts: `found`.
    CHARSET_EMPTY_LABEL = "charset" / "empty-label";
    /// A hyphen at the edge of a label. Facts: `found` (the label).
    CHARSET_HYPHEN = "charset" / "hyphen";
    /// The last label holds digits only. Facts: `found` (the label).
    CHARSET_NUMERIC_SUFFIX = "charset" / "numeric-suffix";
    /// No at sign, or several, in an address. Facts: `found`, `count`.
    CHARSET_AT_SIGN = "charset" / "at-sign";
    /// A character the part before the at sign has not. Facts: `character`, `found`.
    CHARSET_LOCAL_PART = "charset" / "local-part";
    /// A dot at the edge of the part before the at sign, or two in a row; or nothing there. Facts: `found`.
    CHARSET_LOCAL_DOTS = "charset" / "local-dots";

    /// The key is wrong. Facts: `kind`, `number`, `found`, `expected`.
    CHECK_KEY = "check-key";
    /// The same, and one exchange of two neighbours makes it right. Facts: those of `CHECK_KEY`, `suggestion`.
    CHECK_KEY_SWAPPED = "check-key" / "swapped";
    /// The key is wrong, on a kind of number that has exceptions. Facts: those of `CHECK_KEY`.
    CHECK_KEY_TOLERATED = "check-key" / "tolerated";
    /// The SIREN inside a SIRET has a wrong key. Facts: `number`, `part`, `found`, `expected`.
    CHECK_KEY_SIRET_SIREN = "check-key" / "siret-siren";
    /// The RPPS inside a RPPS-rang has a wrong key. Facts: `number`, `part`, `found`, `expected`.
    CHECK_KEY_RPPS_PART = "check-key" / "rpps-part";
    /// A SIRET of La Poste whose digits do not add up to a multiple of 5. Facts: `number`, `found` (the sum).
    CHECK_KEY_LA_POSTE = "check-key" / "la-poste";

    /// The third character of a FINESS is not 0. Facts: `number`, `found`.
    THIRD_CHARACTER = "third-character";
    /// The same on a number that begins as the Insee code of an overseas department. Facts: `number`, `found`
    /// (three digits), `expected` (four).
    THIRD_CHARACTER_OVERSEAS = "third-character" / "overseas";

    /// The first two characters are no department. Facts: `number`, `found`.
    DEPARTMENT = "department";
    /// They are the code FINESS files give to an overseas department. Facts: `number`, `found`, `expected`.
    DEPARTMENT_FILE_CODE = "department" / "file-code";
    /// They are 20: Corsica before 1976. Facts: `number`.
    DEPARTMENT_CORSICA = "department" / "corsica";
    /// The fourth character names no known overseas territory. Facts: `number`, `found` (four characters).
    DEPARTMENT_TERRITORY = "department" / "territory";

    /// A fictitious number of the test environment. Facts: `kind`, `number`.
    TEST_IDENTIFIER = "test-identifier";

    /// What was typed is valid as something else. Facts: `kind`, `found`, `other`.
    LOOK_ALIKE = "look-alike";
    /// Valid, and would be valid as something else too. Facts: `kind`, `found`, `other`.
    LOOK_ALIKE_AMBIGUOUS = "look-alike" / "ambiguous";
    /// A structure id where its number alone is due. Facts: `kind`, `found`, `character`, `suggestion`.
    LOOK_ALIKE_TYPE_DIGIT = "look-alike" / "type-digit";
    /// A number alone where a structure id is due. Facts: `found`, `other`, `character`, `suggestion`.
    LOOK_ALIKE_NO_TYPE_DIGIT = "look-alike" / "no-type-digit";
    /// The prefix of a person id before the number of a structure. Facts: `found`, `other`, `prefix`, `character`,
    /// `suggestion`.
    LOOK_ALIKE_PERSON_ID = "look-alike" / "person-id";
    /// `8` + RPPS, the name of a professional's certificate, where the RPPS is due. Facts: `found`, `suggestion`.
    LOOK_ALIKE_PS_ID = "look-alike" / "ps-id";
    /// A SIRET where its SIREN is due. Facts: `found`, `suggestion`.
    LOOK_ALIKE_SIRET = "look-alike" / "siret";
    /// Issuer and number, as card certificates hold them, where the number is due. Facts: `found`, `suggestion`.
    LOOK_ALIKE_CARD_SERIAL = "look-alike" / "card-serial";
    /// The letter O where a zero makes the number valid. Facts: `kind`, `found`, `suggestion`.
    LOOK_ALIKE_LETTER_O = "look-alike" / "letter-o";
    /// A mail address where a name is due. Facts: `found`, `suggestion`.
    LOOK_ALIKE_EMAIL = "look-alike" / "email";
    /// A domain where an address is due. Facts: `found`.
    LOOK_ALIKE_DOMAIN = "look-alike" / "domain";
}
