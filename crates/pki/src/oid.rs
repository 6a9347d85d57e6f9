//! Object identifiers: the ones this crate knows by name, and any other.

use std::borrow::Cow;
use std::fmt;

use x509_parser::asn1_rs;

/// An object identifier in dotted form, `2.5.4.3`.
///
/// Identifiers read from a file may be of any length. One that has an arc beyond 64 bits is kept
/// as the hexadecimal text of its content, which equals no known identifier.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid(Cow<'static, str>);

impl Oid {
    /// An identifier known when this code was written.
    pub const fn known(dotted: &'static str) -> Self {
        Self(Cow::Borrowed(dotted))
    }

    /// The dotted form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn read(oid: &asn1_rs::Oid<'_>) -> Self {
        Self(Cow::Owned(oid.to_id_string()))
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $dotted:literal;)*) => {
        $($(#[$doc])* pub const $name: Oid = Oid::known($dotted);)*
    };
}

// Attribute types: X.520, RFC 4519, PKCS #9.
oids! {
    /// commonName.
    COMMON_NAME = "2.5.4.3";
    /// surname.
    SURNAME = "2.5.4.4";
    /// serialNumber, of a person or a device; not the certificate's.
    SERIAL_NUMBER = "2.5.4.5";
    /// countryName.
    COUNTRY = "2.5.4.6";
    /// localityName.
    LOCALITY = "2.5.4.7";
    /// stateOrProvinceName: the department in IGC-Santé names.
    STATE = "2.5.4.8";
    /// streetAddress.
    STREET = "2.5.4.9";
    /// organizationName.
    ORGANIZATION = "2.5.4.10";
    /// organizationalUnitName: the national identifier of the structure in IGC-Santé names.
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    /// title: the profession in IGC-Santé names.
    TITLE = "2.5.4.12";
    /// givenName.
    GIVEN_NAME = "2.5.4.42";
    /// organizationIdentifier.
    ORGANIZATION_IDENTIFIER = "2.5.4.97";
    /// userId.
    USER_ID = "0.9.2342.19200300.100.1.1";
    /// domainComponent.
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";
    /// emailAddress, PKCS #9.
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
}

// Attributes of a certification request: RFC 2985.
oids! {
    /// challengePassword.
    CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";
    /// extensionRequest.
    EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
}

// Certificate extensions: RFC 5280, section 4.2.
oids! {
    /// subjectKeyIdentifier.
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// keyUsage.
    KEY_USAGE = "2.5.29.15";
    /// privateKeyUsagePeriod, RFC 3280.
    PRIVATE_KEY_USAGE_PERIOD = "2.5.29.16";
    /// subjectAltName.
    SUBJECT_ALT_NAME = "2.5.29.17";
    /// issuerAltName.
    ISSUER_ALT_NAME = "2.5.29.18";
    /// basicConstraints.
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// nameConstraints.
    NAME_CONSTRAINTS = "2.5.29.30";
    /// cRLDistributionPoints.
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// certificatePolicies.
    CERTIFICATE_POLICIES = "2.5.29.32";
    /// authorityKeyIdentifier.
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// extKeyUsage.
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// freshestCRL.
    FRESHEST_CRL = "2.5.29.46";
    /// authorityInfoAccess.
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    /// Product category of the IGC-Santé, nomenclature TRE_G01.
    PRODUCT_CATEGORY = "1.2.250.1.71.1.2.5";
}

// Extensions of revocation lists and of their entries: RFC 5280, sections 5.2 and 5.3.
oids! {
    /// cRLNumber.
    CRL_NUMBER = "2.5.29.20";
    /// reasonCode, of an entry.
    REASON_CODE = "2.5.29.21";
    /// invalidityDate, of an entry.
    INVALIDITY_DATE = "2.5.29.24";
    /// deltaCRLIndicator.
    DELTA_CRL_INDICATOR = "2.5.29.27";
    /// issuingDistributionPoint.
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    /// certificateIssuer, of an entry of an indirect list.
    CERTIFICATE_ISSUER = "2.5.29.29";
}

// Extended key usages, access methods, qualifiers, name forms.
oids! {
    /// anyExtendedKeyUsage.
    ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    /// serverAuth.
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    /// clientAuth.
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    /// codeSigning.
    CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /// emailProtection.
    EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    /// timeStamping.
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    /// OCSPSigning.
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /// Microsoft smart card log-on.
    SMARTCARD_LOGON = "1.3.6.1.4.1.311.20.2.2";
    /// Microsoft user principal name, an otherName of subjectAltName.
    USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";
    /// id-qt-cps, the qualifier that holds the address of the certification practice statement.
    CPS_QUALIFIER = "1.3.6.1.5.5.7.2.1";
    /// id-ad-ocsp.
    OCSP = "1.3.6.1.5.5.7.48.1";
    /// id-ad-caIssuers.
    CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
}

// Keys and signatures: RFC 4055, RFC 5480, RFC 8410.
oids! {
    /// rsaEncryption.
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    /// md5WithRSAEncryption.
    RSA_MD5 = "1.2.840.113549.1.1.4";
    /// sha1WithRSAEncryption.
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    /// id-RSASSA-PSS.
    RSA_PSS = "1.2.840.113549.1.1.10";
    /// sha256WithRSAEncryption.
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    /// sha384WithRSAEncryption.
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    /// sha512WithRSAEncryption.
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    /// id-ecPublicKey.
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    /// secp256r1, also called P-256.
    P256 = "1.2.840.10045.3.1.7";
    /// secp384r1, also called P-384.
    P384 = "1.3.132.0.34";
    /// secp521r1, also called P-521.
    P521 = "1.3.132.0.35";
    /// ecdsa-with-SHA256.
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    /// ecdsa-with-SHA384.
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    /// ecdsa-with-SHA512.
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";
    /// Ed25519.
    ED25519 = "1.3.101.112";
    /// id-dsa.
    DSA = "1.2.840.10040.4.1";
}

// Password-based encryption: RFC 8018.
oids! {
    /// PBES2.
    PBES2 = "1.2.840.113549.1.5.13";
    /// PBKDF2.
    PBKDF2 = "1.2.840.113549.1.5.12";
    /// hmacWithSHA1.
    HMAC_SHA1 = "1.2.840.113549.2.7";
    /// hmacWithSHA256.
    HMAC_SHA256 = "1.2.840.113549.2.9";
    /// hmacWithSHA384.
    HMAC_SHA384 = "1.2.840.113549.2.10";
    /// hmacWithSHA512.
    HMAC_SHA512 = "1.2.840.113549.2.11";
    /// aes128-CBC-PAD.
    AES_128_CBC = "2.16.840.1.101.3.4.1.2";
    /// aes192-CBC-PAD.
    AES_192_CBC = "2.16.840.1.101.3.4.1.22";
    /// aes256-CBC-PAD.
    AES_256_CBC = "2.16.840.1.101.3.4.1.42";
    /// scrypt, RFC 7914.
    SCRYPT = "1.3.6.1.4.1.11591.4.11";
    /// des-EDE3-CBC.
    DES_EDE3_CBC = "1.2.840.113549.3.7";
    /// pbeWithMD5AndDES-CBC.
    PBE_MD5_DES = "1.2.840.113549.1.5.3";
    /// pbeWithMD5AndRC2-CBC.
    PBE_MD5_RC2 = "1.2.840.113549.1.5.6";
    /// pbeWithSHA1AndDES-CBC.
    PBE_SHA1_DES = "1.2.840.113549.1.5.10";
    /// pbeWithSHA1AndRC2-CBC.
    PBE_SHA1_RC2 = "1.2.840.113549.1.5.11";
    /// PBMAC1, RFC 8018 and RFC 9579.
    PBMAC1 = "1.2.840.113549.1.5.14";
    /// pbeWithSHAAnd3-KeyTripleDES-CBC, PKCS #12.
    PBE_SHA_3DES = "1.2.840.113549.1.12.1.3";
    /// pbeWithSHAAnd2-KeyTripleDES-CBC, PKCS #12.
    PBE_SHA_2DES = "1.2.840.113549.1.12.1.4";
    /// pbeWithSHAAnd128BitRC2-CBC, PKCS #12.
    PBE_SHA_RC2_128 = "1.2.840.113549.1.12.1.5";
    /// pbewithSHAAnd40BitRC2-CBC, PKCS #12.
    PBE_SHA_RC2_40 = "1.2.840.113549.1.12.1.6";
}

// Hashes: RFC 5754, section 2.
oids! {
    /// id-sha1.
    SHA1 = "1.3.14.3.2.26";
    /// id-sha256.
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// id-sha384.
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// id-sha512.
    SHA512 = "2.16.840.1.101.3.4.2.3";
}

// Containers: RFC 5652 (CMS, PKCS #7), RFC 7292 (PKCS #12), RFC 2985 (attributes).
oids! {
    /// id-data.
    DATA = "1.2.840.113549.1.7.1";
    /// id-signedData.
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    /// id-envelopedData.
    ENVELOPED_DATA = "1.2.840.113549.1.7.3";
    /// id-encryptedData.
    ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    /// keyBag.
    KEY_BAG = "1.2.840.113549.1.12.10.1.1";
    /// pkcs8ShroudedKeyBag.
    SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
    /// certBag.
    CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
    /// crlBag.
    REVOCATION_LIST_BAG = "1.2.840.113549.1.12.10.1.4";
    /// safeContentsBag.
    SAFE_CONTENTS_BAG = "1.2.840.113549.1.12.10.1.6";
    /// x509Certificate, in a certBag.
    X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
    /// x509CRL, in a crlBag.
    X509_REVOCATION_LIST = "1.2.840.113549.1.9.23.1";
    /// friendlyName.
    FRIENDLY_NAME = "1.2.840.113549.1.9.20";
    /// localKeyId.
    LOCAL_KEY_ID = "1.2.840.113549.1.9.21";
}
