//! What a plan says: reasons, steps, platform cards, notices.

topics! {
    /// Public hospital: FINESS juridique.
    REASON_PUBLIC_EJ = "bearer-reason" / "public-ej";
    /// Dialysis: FINESS juridique.
    REASON_DIALYSIS_EJ = "bearer-reason" / "dialysis-ej";
    /// Médico-social: FINESS juridique.
    REASON_MEDICO_SOCIAL_EJ = "bearer-reason" / "medico-social-ej";
    /// A contract under the FINESS géographique may be used once more.
    REASON_ET_UNTIL_RENEWAL = "bearer-reason" / "et-until-renewal";
    /// The FINESS juridique follows at the renewal.
    REASON_EJ_AT_RENEWAL = "bearer-reason" / "ej-at-renewal";
    /// Private hospital: FINESS géographique of each site.
    REASON_PRIVATE_ET = "bearer-reason" / "private-et";
    /// Private hospital: the FINESS juridique is announced without date.
    REASON_PRIVATE_EJ_ANNOUNCED = "bearer-reason" / "private-ej-announced";
    /// Centre de santé, maison de santé: FINESS géographique.
    REASON_HEALTH_CENTRE_ET = "bearer-reason" / "health-centre-et";
    /// City laboratory: FINESS géographique of the main site.
    REASON_LABORATORY_MAIN_SITE = "bearer-reason" / "laboratory-main-site";
    /// Hospital laboratory: the laboratory guide allows any site.
    REASON_HOSPITAL_LABORATORY_ANY_SITE = "bearer-reason" / "hospital-laboratory-any-site";
    /// Officine: FINESS géographique.
    REASON_PHARMACY_ET = "bearer-reason" / "pharmacy-et";
    /// Radiology practice: RPPS-rang.
    REASON_RADIOLOGY_RPPS_RANG = "bearer-reason" / "radiology-rpps-rang";
    /// Radiology in a company that has a FINESS.
    REASON_RADIOLOGY_ET = "bearer-reason" / "radiology-et";
    /// Radiology in a company without FINESS.
    REASON_RADIOLOGY_SIRET = "bearer-reason" / "radiology-siret";
    /// Practice: RPPS-rang, unconfirmed.
    REASON_PRACTICE_RPPS_RANG = "bearer-reason" / "practice-rpps-rang";
    /// Practice that has a FINESS, unconfirmed.
    REASON_PRACTICE_ET = "bearer-reason" / "practice-et";
    /// Practice without FINESS, unconfirmed.
    REASON_PRACTICE_SIRET = "bearer-reason" / "practice-siret";
    /// Structure without patients: SIRET.
    REASON_NO_PATIENTS_SIRET = "bearer-reason" / "no-patients-siret";
    /// All services are outside Ségur: the number of the contract in force.
    REASON_CONTRACT_NUMBER = "bearer-reason" / "contract-number";
    /// All services are outside Ségur: the number of the sector, which Ségur services would need.
    REASON_SECTOR_NUMBER = "bearer-reason" / "sector-number";

    /// The structure is known and has its FINESS. Facts for all steps: `entities`, `certificates`, `offers`, `bearer`, `number`.
    STEP_ANNUAIRE_KNOWN_FINESS = "step" / "annuaire-known-finess";
    /// The structure is known under its SIRET or RPPS-rang.
    STEP_ANNUAIRE_KNOWN_OTHER = "step" / "annuaire-known-other";
    /// The contract to sign.
    STEP_CONTRACT = "step" / "contract";
    /// The contract of a structure without patients.
    STEP_CONTRACT_NO_PATIENTS = "step" / "contract-no-patients";
    /// The contract in force is enough.
    STEP_CONTRACT_IN_FORCE = "step" / "contract-in-force";
    /// The editor's contract.
    STEP_EDITOR_CONTRACT = "step" / "editor-contract";
    /// Card of the représentant légal: CDE.
    STEP_LEGAL_REPRESENTATIVE_CARD = "step" / "legal-representative-card";
    /// Card of the représentant légal: CDA.
    STEP_LEGAL_REPRESENTATIVE_CARD_NO_PATIENTS = "step" / "legal-representative-card-no-patients";
    /// Card of the titulaire: CPS.
    STEP_LEGAL_REPRESENTATIVE_CARD_LIBERAL = "step" / "legal-representative-card-liberal";
    /// Appointing a mandataire.
    STEP_MANDATAIRE = "step" / "mandataire";
    /// Card of the administrateur technique: CPE.
    STEP_ADMINISTRATOR_CARD_CPE = "step" / "administrator-card-cpe";
    /// Card of the administrateur technique without patients: CPA.
    STEP_ADMINISTRATOR_CARD_CPA = "step" / "administrator-card-cpa";
    /// Card of the administrateur technique of a liberal structure.
    STEP_ADMINISTRATOR_CARD_LIBERAL = "step" / "administrator-card-liberal";
    /// Card of the editor's administrateur technique: CPA.
    STEP_ADMINISTRATOR_CARD_EDITOR = "step" / "administrator-card-editor";
    /// The F413 under a FINESS.
    STEP_F413_FINESS = "step" / "f413-finess";
    /// The F413 under a SIRET.
    STEP_F413_SIRET = "step" / "f413-siret";
    /// The F413 under RPPS-rang.
    STEP_F413_RPPS_RANG = "step" / "f413-rpps-rang";
    /// The ANS handles the form.
    STEP_ANS_PROCESSING = "step" / "ans-processing";
    /// The order on the platform.
    STEP_ORDER = "step" / "order";
    /// The withdrawal.
    STEP_WITHDRAW = "step" / "withdraw";
    /// The installation.
    STEP_INSTALL = "step" / "install";
    /// The alarm.
    STEP_ALARM = "step" / "alarm";

    /// Ten minutes.
    DURATION_TEN_MINUTES = "duration" / "ten-minutes";
    /// Fifteen minutes.
    DURATION_FIFTEEN_MINUTES = "duration" / "fifteen-minutes";
    /// Ten minutes to prepare, ten for the form.
    DURATION_FORM = "duration" / "form";
    /// About three working days.
    DURATION_THREE_WORKING_DAYS = "duration" / "three-working-days";
    /// The time of the post, card then codes.
    DURATION_POST = "duration" / "post";

    /// Log in. Facts of all rows: `structure`.
    CARD_LOG_IN = "card" / "log-in";
    /// The menu.
    CARD_MENU = "card" / "menu";
    /// The offer.
    CARD_OFFER = "card" / "offer";
    /// The structure.
    CARD_STRUCTURE = "card" / "structure";
    /// A new product.
    CARD_NEW_PRODUCT = "card" / "new-product";
    /// The usage.
    CARD_USAGE = "card" / "usage";
    /// The field *Service applicatif*.
    CARD_SERVICE_FIELD = "card" / "service-field";
    /// The server name.
    CARD_FQDN_FIELD = "card" / "fqdn-field";
    /// The mail address.
    CARD_EMAIL_FIELD = "card" / "email-field";
    /// The mail address of who orders.
    CARD_CONTACT_EMAIL = "card" / "contact-email";
    /// The mail address of who is informed.
    CARD_INFORMED_EMAIL = "card" / "informed-email";
    /// The CSR.
    CARD_CSR = "card" / "csr";
    /// The end of the request.
    CARD_FINISH = "card" / "finish";
    /// The code de révocation.
    CARD_REVOCATION_CODE = "card" / "revocation-code";
    /// Terms and policy.
    CARD_ACCEPT = "card" / "accept";
    /// The download.
    CARD_DOWNLOAD = "card" / "download";

    /// Cards and reader. Facts of all notes: `structure`.
    CARD_NOTE_LOG_IN = "card-note" / "log-in";
    /// The number is not known.
    CARD_NOTE_STRUCTURE_MISSING = "card-note" / "structure-missing";
    /// The legal entity, not a site.
    CARD_NOTE_STRUCTURE_EJ = "card-note" / "structure-ej";
    /// The main site.
    CARD_NOTE_STRUCTURE_MAIN_SITE = "card-note" / "structure-main-site";
    /// The site.
    CARD_NOTE_STRUCTURE_ET = "card-note" / "structure-et";
    /// By SIRET.
    CARD_NOTE_STRUCTURE_SIRET = "card-note" / "structure-siret";
    /// By RPPS-rang.
    CARD_NOTE_STRUCTURE_RPPS_RANG = "card-note" / "structure-rpps-rang";
    /// How a renewal begins.
    CARD_NOTE_RENEWAL = "card-note" / "renewal";
    /// The imposed name.
    CARD_NOTE_INSI_NAME = "card-note" / "insi-name";
    /// The name for Pro Santé Connect.
    CARD_NOTE_PSC_NAME = "card-note" / "psc-name";
    /// A free name.
    CARD_NOTE_FREE_NAME = "card-note" / "free-name";
    /// The server name is not known.
    CARD_NOTE_FQDN_MISSING = "card-note" / "fqdn-missing";
    /// The domain of the server.
    CARD_NOTE_FQDN = "card-note" / "fqdn";
    /// The mail address is not known.
    CARD_NOTE_EMAIL_MISSING = "card-note" / "email-missing";
    /// The domain of the address.
    CARD_NOTE_EMAIL = "card-note" / "email";
    /// A generic mailbox.
    CARD_NOTE_CONTACT_EMAIL = "card-note" / "contact-email";
    /// An optional copy.
    CARD_NOTE_INFORMED_EMAIL = "card-note" / "informed-email";
    /// One CSR for each certificate; the key stays.
    CARD_NOTE_CSR = "card-note" / "csr";
    /// A message follows.
    CARD_NOTE_FINISH = "card-note" / "finish";
    /// To keep.
    CARD_NOTE_REVOCATION_CODE = "card-note" / "revocation-code";
    /// To check before installing.
    CARD_NOTE_DOWNLOAD = "card-note" / "download";

    /// No main site. Facts: `entity`.
    NOTICE_MAIN_SITE_MISSING = "main-site-missing";
    /// Several main sites. Facts: `entity`.
    NOTICE_MAIN_SITE_AMBIGUOUS = "main-site-ambiguous";
    /// Server name absent. Facts: `instance`.
    NOTICE_FQDN_MISSING = "fqdn-missing";
    /// Mail address absent. Facts: `instance`.
    NOTICE_EMAIL_MISSING = "email-missing";
    /// Number of the legal entity absent. Facts: `entity`, `number`.
    NOTICE_NUMBER_MISSING = "number-missing";
    /// Number of sites absent. Facts: `entity`, `number`, `sites`, `count`.
    NOTICE_NUMBER_MISSING_SITES = "number-missing" / "sites";
    /// Contract under the FINESS juridique where the rule is ET. Facts: `entities`, `count`, `instances` as all notices said once.
    NOTICE_CONTRACT_UNFORESEEN = "contract-unforeseen";
    /// No text says which number.
    NOTICE_BEARER_UNCONFIRMED = "bearer-unconfirmed";
    /// One RPPS-rang of several is borne.
    NOTICE_SEVERAL_RPPS_RANG = "several-rpps-rang";
    /// Each legal entity its own.
    NOTICE_NO_SHARING_ACROSS_LEGAL_ENTITIES = "no-sharing-across-legal-entities";
    /// Never the editor's certificate for a client.
    NOTICE_NO_EDITOR_CERTIFICATE = "no-editor-certificate";
    /// Each installation its own key.
    NOTICE_ONE_KEY_PER_INSTANCE = "one-key-per-instance";
    /// ORG or PRO.
    NOTICE_DOSSIER_PHARMACEUTIQUE_PRODUCT = "dossier-pharmaceutique-product";
    /// The client_id as common name.
    NOTICE_PSC_CLIENT_ID = "psc-client-id";
    /// The rules are old. Facts: `date`.
    NOTICE_RULES_OUTDATED = "rules-outdated";
    /// INSi has its own certificate and name.
    NOTICE_INSI_DEDICATED_NAME = "insi-dedicated-name";
    /// FINESS of the metadata, equal to that of the certificate.
    NOTICE_DMP_FINESS_METADATA = "dmp-finess-metadata";
    /// FINESS of the metadata, under the FINESS juridique.
    NOTICE_DMP_FINESS_METADATA_EJ = "dmp-finess-metadata" / "ej";
    /// Periods of measurement.
    NOTICE_MEASUREMENT_PERIOD = "measurement-period";
    /// The FINESS juridique is announced without date.
    NOTICE_PRIVATE_EJ_ANNOUNCED = "private-ej-announced";
    /// EJ certificates in place stay.
    NOTICE_KEEP_EXISTING = "keep-existing";
    /// The hospital's certificates may serve.
    NOTICE_HOSPITAL_CERTIFICATE_USABLE = "hospital-certificate-usable";
    /// Only a site with a CPS card.
    NOTICE_SITE_WITHOUT_CPS = "site-without-cps";
    /// No contract to sign.
    NOTICE_IMPLICIT_CONTRACT = "implicit-contract";
    /// More RPPS-rang than the form has room for.
    NOTICE_RPPS_RANG_SECOND_FORM = "rpps-rang-second-form";
    /// Letter of the owner of the domain.
    NOTICE_DOMAIN_OWNER_LETTER = "domain-owner-letter";
}
