//! `data/naming.toml`.

use serde::Deserialize;

use crate::shared::{product, read, sources};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Naming {
    common_name: CommonName,
    insi: Insi,
    department: Sourced,
    organization: Sourced,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CommonName {
    longest: usize,
    marks: String,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Insi {
    auto: String,
    manu: String,
    word: String,
    also_auto: Vec<String>,
    also_manu: Vec<String>,
    product: String,
    server_error: String,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sourced {
    sources: Vec<String>,
}

pub(crate) fn generate() -> String {
    let naming: Naming = read("naming.toml");
    let insi = &naming.insi;
    let folded = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    for name in insi.also_auto.iter().chain(&insi.also_manu) {
        assert!(folded(name) == *name && *name == name.to_uppercase(), "insi: {name:?} is not folded");
    }
    format!(
        "const LONGEST: usize = {};\nconst MARKS: &str = {:?};\n\n\
         /// Where the rule of the common name comes from.\npub static COMMON_NAME_SOURCES: &[Source] = {};\n\
         /// Where the wording of departments comes from.\npub static DEPARTMENT_SOURCES: &[Source] = {};\n\
         /// Where the observed length of names comes from.\npub static ORGANIZATION_SOURCES: &[Source] = {};\n\
         /// Where the INSi names come from.\npub static INSI_SOURCES: &[Source] = {};\n\
         /// The product whose certificates call INSi.\npub const INSI_PRODUCT: Product = {};\n\
         /// What the teleservice answers to any other name.\npub const INSI_SERVER_ERROR: &str = {:?};\n\
         const INSI_WORD: &str = {:?};\n\
         const AUTO: Spelling = Spelling {{ exact: {:?}, folded: {:?}, also: &{:?} }};\n\
         const MANU: Spelling = Spelling {{ exact: {:?}, folded: {:?}, also: &{:?} }};\n",
        naming.common_name.longest,
        naming.common_name.marks,
        sources("common-name", &naming.common_name.sources),
        sources("department", &naming.department.sources),
        sources("organization", &naming.organization.sources),
        sources("insi", &insi.sources),
        product("insi", &insi.product),
        insi.server_error,
        insi.word,
        insi.auto,
        folded(&insi.auto),
        insi.also_auto,
        insi.manu,
        folded(&insi.manu),
        insi.also_manu,
    )
}
