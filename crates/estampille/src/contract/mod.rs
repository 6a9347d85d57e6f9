//! The public contract as Rust types, spelled as in `api.d.ts`.
//!
//! Inputs are lenient on purpose (every field may be absent, words are strings): the use cases parse them into the
//! types of the other crates and name the faulty field, which a derived deserialiser could not.

use std::borrow::Cow;

mod bytes;
mod certificates;
mod delivery;
mod doctrine;
mod dossier;
mod f413;
mod files;
mod findings;
mod place;
mod refusal;
mod register;
mod requests;
mod sets;

pub use bytes::{ByteOutput, FileInput, Secret};
pub use certificates::{
    CertificateSummary, ChainElement, CheckInput, CheckReport, Expected, PinnedAuthority,
};
pub use delivery::{
    AssembleInput, ChainFile, ChainReport, Evidence, EvidenceInput, EvidenceRow, EvidenceSection,
    GuideCommand, Kit, KitAuthority, KitFacts, KitFile, OfficialChain, Passport, Renewal, RenewalInput,
    RenewalLine, Spellings, TargetChoice, TargetGuide, ToolGuide,
};
pub use doctrine::{
    BearerOption, CommonName, LegalEntity, LostKeyStep, OrderProfile, Plan, PlannedCertificate, PlatformCard,
    PlatformRow, Renewed, Site, SoftwareInstance, Step,
};
pub(crate) use dossier::Written;
pub use dossier::{DossierCertificate, DossierContent, DossierFile, DossierOpened};
pub use f413::{
    F413, F413Answers, F413Choice, F413Domain, F413Field, F413Form, F413Group, F413Input, F413Person,
    F413Question, F413Sheet,
};
pub use files::{FileItem, FileReport};
pub use findings::{Finding, IdentifierReport, Source, findings};
pub use place::Place;
pub use refusal::Refusal;
pub use register::{FinessHit, FinessOptions, RegisterOpened, RegisterSize};
pub use requests::{
    CertreqCommands, CsrBundle, CsrReport, CsrRequest, KeyInput, KeytoolCommands, OpensslCommands,
    PublicKeyFacts, ServerCommands, Subject,
};
pub use sets::{
    AwaitedCertificate, PlanInput, PlannedInput, PlannedName, SetFile, SetItem, SetOptions, SetPlace,
    SetReport,
};

/// A word of the contract (`error`, `ORG_SIGN`) or a text that stands in the product: borrowed where it was written, owned
/// once it came back from the worker.
pub type Word = Cow<'static, str>;
