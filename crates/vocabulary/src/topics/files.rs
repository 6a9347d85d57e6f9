//! What a file is, and what is wrong with it: the answers of `identify`.

topics! {
    // What it holds.
    /// One certificate. Facts: `name`.
    CERTIFICATE = "file-content" / "certificate";
    /// The certificate of one authority. Facts: `name`.
    AUTHORITY = "file-content" / "authority";
    /// Several certificates. Facts: `count`, `name` of the first that is no authority's, else of the first.
    CERTIFICATES = "file-content" / "certificates";
    /// A request. Facts: `name`.
    REQUEST = "file-content" / "request";
    /// A private key under a passphrase.
    ENCRYPTED_KEY = "file-content" / "encrypted-private-key";
    /// A public key alone.
    PUBLIC_KEY = "file-content" / "public-key";
    /// A revocation list. Facts: `name` of its issuer.
    REVOCATION_LIST = "file-content" / "revocation-list";
    /// A PKCS #12. Facts: `certificates`, `keys`.
    PKCS12 = "file-content" / "pkcs12";
    /// A PKCS #7. Facts: `certificates`, `lists`.
    PKCS7 = "file-content" / "pkcs7";
    /// Several things of different kinds. Facts: `certificates`, `keys`, `requests`, `lists`.
    MIXED = "file-content" / "mixed";
    /// A Java keystore with certificates only. Facts: `certificates`.
    JAVA_TRUSTSTORE = "java-keystore" / "truststore";
    /// A Java keystore with private keys. Facts: `certificates`, `keys`.
    JAVA_KEYSTORE = "java-keystore";
    /// A Java keystore that does not read to its end.
    JAVA_KEYSTORE_DAMAGED = "java-keystore" / "damaged";
    /// A private key that anyone can read who has the file.
    CLEAR_KEY = "private-key-unprotected";

    // What it is instead.
    /// A web page. Facts: `title`.
    HTML = "html-page";
    /// A web page without a title.
    HTML_UNTITLED = "html-page" / "untitled";
    /// XML. Facts: `name` of its root.
    XML = "xml-document";
    /// A ZIP archive. Facts: `names`.
    ZIP = "zip-archive";
    /// A ZIP archive that tells no names.
    ZIP_UNNAMED = "zip-archive" / "unnamed";
    /// A document of an office program.
    OFFICE = "office-document";
    /// Another archive. Facts: `name` of its kind.
    ARCHIVE = "archive";
    /// A PDF.
    PDF = "pdf-document";
    /// A message saved by a mail program.
    EMAIL = "email-message";
    /// A message of Outlook, or a document of an old office program.
    OUTLOOK = "email-message" / "outlook";
    /// A picture.
    IMAGE = "image";
    /// JSON.
    JSON = "json-data";
    /// A table.
    CSV = "csv-table";
    /// A shortcut.
    SHORTCUT = "shortcut";
    /// A program.
    EXECUTABLE = "executable";
    /// A public key of SSH.
    SSH_KEY = "ssh-key";
    /// A key of PuTTY or of OpenSSH.
    SSH_PRIVATE_KEY = "ssh-key" / "private";
    /// Nothing.
    EMPTY = "empty-file";
    /// Some text.
    TEXT = "plain-text";
    /// Not recognised.
    UNKNOWN = "unknown-file";
    /// The end of the file is missing. Facts: `found`, `expected`, in octets.
    TRUNCATED = "truncated";
    /// The end of a container is missing.
    TRUNCATED_CONTAINER = "truncated" / "container";
    /// The end of one block is missing. Facts: `label`, `line`, `found`, `expected`.
    TRUNCATED_BLOCK = "truncated" / "block";

    // How it is written.
    /// The text was in UTF-16.
    UTF16 = "utf16-text";
    /// Base64 without markers.
    NO_MARKERS = "pem-without-markers";
    /// Characters were taken out. Facts: `label`, `line`.
    REPAIRED = "pem-repaired";
    /// The end marker is missing, and nothing else. Facts: `label`, `line`.
    END_MISSING = "pem-repaired" / "end";
    /// Base64 that does not read. Facts: `label`, `line` of the fault.
    BROKEN = "broken-pem";
    /// A block that has no end. Facts: `label`, `line`.
    BROKEN_END = "broken-pem" / "no-end";
    /// A block that ends under another name. Facts: `label`, `found`, `line`.
    BROKEN_LABEL = "broken-pem" / "label";
    /// A block with nothing in it. Facts: `label`, `line`.
    BROKEN_EMPTY = "broken-pem" / "empty";
    /// A marker that does not read. Facts: `line`.
    BROKEN_MARKER = "broken-pem" / "marker";
    /// An object that does not read. Facts: `label`, `line`.
    UNREADABLE = "unreadable-object";
    /// The same without markers.
    UNREADABLE_BINARY = "unreadable-object" / "binary";
    /// Something follows. Facts: `count`.
    TRAILING = "trailing-octets";
    /// More objects than are read. Facts: `most`.
    TOO_MANY = "too-many-items";

    // What protects it.
    /// A key is encrypted, and no passphrase was given.
    PASSPHRASE_NEEDED = "passphrase-needed";
    /// A PKCS #12 is encrypted, its certificates too.
    PASSPHRASE_NEEDED_CONTAINER = "passphrase-needed" / "container";
    /// A PKCS #12 gives its certificates, not its key.
    PASSPHRASE_NEEDED_FOR_KEY = "passphrase-needed" / "container-key";
    /// The passphrase opens the file.
    PASSPHRASE_OPENS = "passphrase-opens";
    /// The passphrase does not.
    WRONG_PASSPHRASE = "wrong-passphrase" / "file";
    /// The key of a container is under another passphrase than the rest.
    KEY_PASSPHRASE = "wrong-passphrase" / "key";
    /// The passphrase is empty.
    EMPTY_PASSPHRASE = "empty-passphrase";
    /// Opening it would take too long.
    TOO_MUCH_WORK = "key-derivation-rounds" / "file";
    /// The passphrase is right, the content was altered.
    ALTERED = "pkcs12-altered";
    /// Nothing would tell that a PKCS #12 was altered.
    NO_INTEGRITY = "pkcs12-without-integrity";
    /// A part is encrypted for someone's certificate.
    FOR_A_CERTIFICATE = "encrypted-for-certificate";
    /// An encrypted message.
    ENCRYPTED_MESSAGE = "encrypted-for-certificate" / "message";
    /// A PKCS #7 that does not read.
    PKCS7_DAMAGED = "malformed-pkcs7";
    /// A PKCS #7 without certificates.
    PKCS7_EMPTY = "malformed-pkcs7" / "empty";
    /// A signed message rather than a bundle.
    SIGNED_MESSAGE = "signed-message";
    /// A container has more in it than is read. Facts: `count`.
    OTHER_CONTENT = "other-content";
    /// Objects of a kind that is not read. Facts: `label`.
    OTHER_OBJECT = "other-content" / "object";
}
