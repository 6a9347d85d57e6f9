//! What can be said of the public FINESS register: its files, its index, the sector of a structure.

topics! {
    // A file that cannot be read as the register.
    /// It holds nothing.
    NOT_A_REGISTER_EMPTY = "not-a-register" / "empty";
    /// A web page.
    NOT_A_REGISTER_HTML = "not-a-register" / "html";
    /// An archive or a document of an office program.
    NOT_A_REGISTER_ARCHIVE = "not-a-register" / "archive";
    /// An index that was made before.
    NOT_A_REGISTER_INDEX = "not-a-register" / "index";
    /// Another table. Facts: `found`, its first line.
    NOT_A_REGISTER_TABLE = "not-a-register" / "table";
    /// Another extract of FINESS. Facts: `found`, the kind of its lines.
    NOT_A_REGISTER_EXTRACT = "not-a-register" / "extract";
    /// JSON of another shape. Facts: `found`, the names at its top.
    NOT_A_REGISTER_JSON = "not-a-register" / "json";
    /// JSON that is a list, or names nothing.
    NOT_A_REGISTER_JSON_UNNAMED = "not-a-register" / "json-unnamed";
    /// The activities of FINESS+.
    NOT_A_REGISTER_ACTIVITIES = "not-a-register" / "activities";
    /// Not recognised.
    NOT_A_REGISTER = "not-a-register";
    /// A file of the register without one structure.
    NO_STRUCTURE = "register-without-structure";
    /// Text in UTF-16.
    ENCODING_UTF16 = "register-encoding" / "utf16";
    /// JSON that is not UTF-8.
    ENCODING_JSON = "register-encoding" / "json";
    /// Letters were lost before the file came. Facts: `count`.
    ENCODING_LOST = "register-encoding" / "lost";
    /// The end of the file is missing.
    TRUNCATED = "register-truncated";
    /// The end of a gzip is missing.
    TRUNCATED_GZIP = "register-truncated" / "gzip";
    /// JSON that does not read. Facts: `octet`.
    DAMAGED = "register-damaged";
    /// Gzip that does not unpack. Facts: `octet`.
    DAMAGED_GZIP = "register-damaged" / "gzip";
    /// More than is read.
    TOO_LARGE = "register-too-large";
    /// No file was given.
    NO_SOURCE = "register-without-source";

    // An index that cannot be used.
    /// Cut or altered.
    BAD_INDEX = "bad-index";
    /// Of another version. Facts: `found`, `expected`.
    BAD_INDEX_VERSION = "bad-index" / "version";
    /// None.
    BAD_INDEX_OTHER = "bad-index" / "other";

    // An index that a host serves, and one that the browser keeps.
    /// The host does not answer with it. Facts: `found`, the status.
    NOT_SERVED = "register-not-served";
    /// The host does not answer.
    NOT_REACHED = "register-not-served" / "unreachable";
    /// There is no room left in the browser.
    NOT_KEPT_QUOTA = "register-not-kept" / "quota";
    /// The browser keeps nothing.
    NOT_KEPT = "register-not-kept";

    /// It was let go of, or what held it began anew.
    GONE = "register-gone";

    // What is worth knowing of the register.
    /// What was read. Facts: `sites`, `entities`.
    READ = "register-read";
    /// The legal entities have numbers and no names. Facts: `count`, `all`.
    WITHOUT_ENTITIES = "register-without-entities";
    /// There are legal entities and no sites. Facts: `count`.
    WITHOUT_SITES = "register-without-sites";
    /// Lines were left out. Facts: `count`.
    SKIPPED = "register-lines-skipped";
    /// The files are older than a year. Facts: `date`.
    OUTDATED = "register-outdated";
    /// The files do not say their date.
    UNDATED = "register-outdated" / "undated";

    // A number that was typed, held against the register. Facts: `number`, `name`, `city`.
    /// It is of the kind that is wanted.
    NUMBER_RIGHT = "finess-kind" / "right";
    /// A legal entity's, where a site's is wanted. Facts also: `count` of its sites, `sites`, the first of them.
    NUMBER_IS_ENTITY = "finess-kind" / "entity";
    /// A legal entity's, where the main site's is wanted. The same facts.
    NUMBER_IS_ENTITY_MAIN = "finess-kind" / "entity-main-site";
    /// A site's, where its legal entity's is wanted. Facts also: `entity`, `entity-name`.
    NUMBER_IS_SITE = "finess-kind" / "site";
    /// It is no longer in activity.
    NUMBER_CLOSED = "finess-closed";
    /// The register does not know it. Facts: `number`.
    NUMBER_UNKNOWN = "finess-not-in-register";

    // Why a sector is proposed. Facts: `category`, `espic`, `status`, and `ownership` where it tells.
    /// By the category alone.
    SECTOR_BY_CATEGORY = "sector-proposed" / "category";
    /// By the category, and the owner that the ESPIC code tells.
    SECTOR_BY_ESPIC = "sector-proposed" / "espic";
    /// By the category, and the owner that the legal status tells.
    SECTOR_BY_STATUS = "sector-proposed" / "status";
    /// By a legal status that only public hospitals have. Facts: `status`.
    SECTOR_BY_HOSPITAL_STATUS = "sector-proposed" / "hospital-status";
    /// All sites have it. Facts: `count`.
    SECTOR_BY_SITES = "sector-proposed" / "sites";

    // Why a sector is asked. The same facts.
    /// The category tells no sector.
    ASK_CATEGORY = "sector-to-choose" / "category";
    /// No category is known.
    ASK_NO_CATEGORY = "sector-to-choose" / "no-category";
    /// A category of imaging and of much else.
    ASK_IMAGING = "sector-to-choose" / "imaging";
    /// A category beside the sectors of the guides.
    ASK_MIXED = "sector-to-choose" / "mixed";
    /// A hospital whose owner is not known.
    ASK_OWNERSHIP = "sector-to-choose" / "ownership";
    /// A laboratory that may be a hospital's. Facts also: `ownership`.
    ASK_LABORATORY = "sector-to-choose" / "laboratory";
    /// Category and owner do not go together. Facts also: `ownership`.
    ASK_CONFLICT = "sector-to-choose" / "conflict";
    /// The sites have several sectors, or some have none. Facts: `count`.
    ASK_SITES = "sector-to-choose" / "sites";
    /// A legal entity without sites in activity.
    ASK_NO_SITE = "sector-to-choose" / "no-site";
}
