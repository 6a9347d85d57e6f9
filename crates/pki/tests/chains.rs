//! Chains: only a verified signature of an anchor's key makes trust.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]
#![cfg(feature = "rustcrypto")]

mod support;

use pki::certificate::Certificate;
use pki::chain::{Anchor, AnchorKind, AnchorName, Chain, ChainFault, ChainPlan, MAX_DEPTH, MAX_TASKS};
use pki::rustcrypto::verify_now;
use pki::signature::SignatureOutcome;
use support::authority::{Wanted, key, wanted};

const ROOT: (&str, usize) = ("Root", 0);
const MIDDLE: (&str, usize) = ("Middle", 1);
const LEAF: (&str, usize) = ("Leaf", 2);
/// A key that nobody trusts.
const STRANGER: usize = 3;

const ANY: Option<Option<u8>> = Some(None);

fn root() -> Certificate {
    wanted(ROOT, ROOT, ANY).make()
}

fn middle() -> Certificate {
    wanted(MIDDLE, ROOT, Some(Some(0))).make()
}

fn leaf() -> Certificate {
    wanted(LEAF, MIDDLE, None).make()
}

fn pin(ca: &Certificate) -> Anchor {
    Anchor::from_certificate("pin", AnchorKind::Pinned, ca)
}

fn build(leaf: &Certificate, extra: &[Certificate], anchors: &[Anchor]) -> Chain {
    let plan = ChainPlan::new(leaf, extra, anchors);
    let outcomes: Vec<_> = plan.tasks().iter().map(verify_now).collect();
    plan.resolve(&outcomes)
}

fn subjects(chain: &Chain) -> Vec<&str> {
    let elements = chain.elements.iter();
    elements.map(|element| element.subject_rfc4514.as_str()).collect()
}

#[test]
fn up_to_a_pinned_root() {
    let chain = build(&leaf(), &[root(), middle()], &[pin(&root())]);
    assert_eq!(subjects(&chain), ["CN=Leaf", "CN=Middle", "CN=Root"]);
    assert_eq!(chain.anchored_at, Some(2));
    assert_eq!(chain.anchor(), Some(("pin", AnchorKind::Pinned)));
    assert_eq!(chain.elements[1].extra, Some(1));
    assert_eq!(chain.elements[2].extra, Some(0));
    assert!(chain.faults.is_empty());
}

#[test]
fn a_pinned_intermediate_needs_no_certificate() {
    let chain = build(&leaf(), &[], &[pin(&middle())]);
    assert_eq!(subjects(&chain), ["CN=Leaf", "CN=Middle"]);
    assert_eq!(chain.anchored_at, Some(1));
    assert_eq!(chain.elements[1].extra, None);

    let by_text = Anchor {
        subject: AnchorName::Rfc4514("CN=Middle".to_owned()),
        subject_key_id: None,
        ..pin(&middle())
    };
    assert_eq!(build(&leaf(), &[], &[by_text]).anchored_at, Some(1));
}

#[test]
fn the_path_goes_on_above_the_first_pin() {
    let chain = build(&leaf(), &[middle(), root()], &[pin(&middle())]);
    assert_eq!(subjects(&chain), ["CN=Leaf", "CN=Middle", "CN=Root"]);
    assert_eq!(chain.anchored_at, Some(1));
    assert_eq!(chain.elements[2].anchor, None);
}

#[test]
fn without_anchor_what_is_proved_is_shown() {
    let chain = build(&leaf(), &[middle(), root()], &[]);
    assert_eq!(subjects(&chain), ["CN=Leaf", "CN=Middle", "CN=Root"]);
    assert_eq!(chain.anchored_at, None);
    let alone = build(&leaf(), &[], &[]);
    assert_eq!(subjects(&alone), ["CN=Leaf"]);
    assert_eq!(alone.anchored_at, None);
}

/// An authority of the same name and the same key identifier, with another key.
fn look_alike_middle() -> Wanted {
    Wanted { subject_key: STRANGER, ..wanted(MIDDLE, ROOT, ANY) }
}

#[test]
fn a_look_alike_is_refused_also_when_it_comes_in_the_chain() {
    let forged_leaf = Wanted { issuer_key: STRANGER, ..wanted(LEAF, MIDDLE, None) }.make();
    let forged_root =
        Wanted { subject_key: STRANGER, issuer_key: STRANGER, ..wanted(ROOT, ROOT, ANY) }.make();
    let forged_middle = Wanted { issuer_key: STRANGER, ..look_alike_middle() }.make();
    let anchors = [pin(&middle()), pin(&root())];
    for extra in [
        vec![],
        vec![forged_middle.clone()],
        vec![forged_middle.clone(), forged_root.clone()],
        vec![forged_root, forged_middle, middle(), root()],
    ] {
        let chain = build(&forged_leaf, &extra, &anchors);
        assert_eq!(chain.anchored_at, None, "{chain:?}");
        assert!(chain.faults.contains(&ChainFault::LookAlike), "{chain:?}");
        assert!(chain.elements.iter().all(|element| element.anchor.is_none()), "{chain:?}");
    }
}

#[test]
fn a_look_alike_beside_the_true_one_does_no_harm() {
    let extra = [look_alike_middle().make(), middle()];
    let chain = build(&leaf(), &extra, &[pin(&root())]);
    assert_eq!(chain.anchored_at, Some(2));
    assert_eq!(chain.elements[1].extra, Some(1));
    assert_eq!(chain.faults, [ChainFault::LookAlike]);
}

#[test]
fn a_leaf_may_not_sign() {
    let signed_by_leaf = wanted(("Other", 4), LEAF, None).make();
    let extra = [leaf(), middle()];
    let chain = build(&signed_by_leaf, &extra, &[pin(&root())]);
    assert_eq!(chain.anchored_at, None);
    assert_eq!(chain.faults, [ChainFault::NotAnAuthority]);
    assert_eq!(subjects(&chain), ["CN=Other"]);
}

#[test]
fn the_length_of_the_path_is_bounded_by_the_authorities() {
    // Middle allows no authority below itself.
    let sub = wanted(("Sub", 4), MIDDLE, ANY).make();
    let below = wanted(LEAF, ("Sub", 4), None).make();
    let chain = build(&below, &[sub.clone(), middle()], &[pin(&root())]);
    assert_eq!(chain.anchored_at, None);
    assert_eq!(chain.faults, [ChainFault::PathTooLong]);

    let generous = wanted(MIDDLE, ROOT, Some(Some(1))).make();
    let chain = build(&below, &[sub, generous], &[pin(&root())]);
    assert_eq!(chain.anchored_at, Some(3), "{chain:?}");
}

#[test]
fn a_forged_copy_of_an_anchor_is_not_the_anchor() {
    // Anyone can write a certificate with the name and the public key of a pinned authority.
    let copy = Wanted { issuer_key: STRANGER, serial: 99, ..wanted(ROOT, ROOT, ANY) }.make();
    assert_eq!(build(&copy, &[], &[pin(&root())]).anchored_at, None);
    assert_eq!(build(&copy, &[root()], &[pin(&root())]).anchored_at, None);
}

#[test]
fn an_anchor_looked_at_itself() {
    let chain = build(&root(), &[root()], &[pin(&root())]);
    assert_eq!(chain.anchored_at, Some(0), "{chain:?}");
    assert_eq!(subjects(&chain), ["CN=Root"]);
    let chain = build(&middle(), &[], &[pin(&middle()), pin(&root())]);
    assert_eq!(chain.anchored_at, Some(1), "{chain:?}");
}

#[test]
fn a_pinned_anchor_is_preferred_to_a_given_one() {
    let given = Anchor::from_certificate("given", AnchorKind::Given, &middle());
    let chain = build(&leaf(), &[middle()], &[given.clone(), pin(&root())]);
    assert_eq!(chain.anchor(), Some(("pin", AnchorKind::Pinned)));
    let chain = build(&leaf(), &[middle()], &[given]);
    assert_eq!(chain.anchor(), Some(("given", AnchorKind::Given)));
}

#[test]
fn two_authorities_that_sign_each_other_end() {
    let one = wanted(MIDDLE, ("Twin", 4), ANY).make();
    let other = wanted(("Twin", 4), MIDDLE, ANY).make();
    let chain = build(&leaf(), &[one, other], &[pin(&root())]);
    assert_eq!(chain.anchored_at, None);
    assert_eq!(subjects(&chain), ["CN=Leaf", "CN=Middle", "CN=Twin"]);
}

#[test]
fn hundreds_of_look_alikes_are_bounded_and_the_pin_still_found() {
    let crowd: Vec<Certificate> =
        (0..200).map(|serial| Wanted { serial, ..look_alike_middle() }.make()).collect();
    let plan = ChainPlan::new(&leaf(), &crowd, &[pin(&middle())]);
    assert!(plan.tasks().len() <= MAX_TASKS);
    // They share a key: one task answers for all.
    assert!(plan.tasks().len() <= 3, "{}", plan.tasks().len());
    let chain = build(&leaf(), &crowd, &[pin(&middle())]);
    assert_eq!(chain.anchored_at, Some(1));
}

/// Certificates that differ by their serial numbers only; the signatures are those of the first.
fn copies(of: &Wanted, number: u64) -> Vec<Certificate> {
    const SERIAL: u64 = 0x1122_3344_5566_7788;
    let der = Wanted { serial: SERIAL, ..of.clone() }.make().raw().to_vec();
    let at = der.windows(8).position(|window| window == SERIAL.to_be_bytes()).unwrap();
    let copy = |number: u64| {
        let mut der = der.clone();
        der[at..at + 8].copy_from_slice(&(SERIAL + number).to_be_bytes());
        Certificate::read(&der).unwrap()
    };
    (0..number).map(copy).collect()
}

/// Authorities of one name and one key that may all have signed each other.
#[test]
fn ten_thousand_authorities_of_one_name_and_key_are_bounded() {
    let name = ("Round", 1);
    let crowd = copies(&wanted(name, name, ANY), 10_000);
    let leaf = wanted(LEAF, name, None).make();
    for anchors in [vec![], vec![pin(&crowd[9_999])], vec![pin(&root())]] {
        let plan = ChainPlan::new(&leaf, &crowd, &anchors);
        assert!(plan.tasks().len() <= MAX_TASKS);
        // An engine that holds every signature right.
        let chain = plan.resolve(&vec![SignatureOutcome::Valid; plan.tasks().len()]);
        assert!(chain.faults.contains(&ChainFault::TooManyCandidates));
        assert!(chain.elements.len() <= MAX_DEPTH + 1);
    }
}

#[test]
fn an_authority_that_was_given_may_itself_be_signed() {
    let given = |ca: &Certificate| Anchor::from_certificate("given", AnchorKind::Given, ca);
    let chain = build(&leaf(), &[middle()], &[pin(&root()), given(&middle())]);
    assert_eq!((chain.anchored_at, chain.anchor()), (Some(2), Some(("pin", AnchorKind::Pinned))));
    // One that is no authority vouches for itself only, whoever signed it.
    let no_authority = wanted(MIDDLE, ROOT, None).make();
    let extra = std::slice::from_ref(&no_authority);
    let chain = build(&leaf(), extra, &[pin(&root()), given(&no_authority)]);
    assert_eq!((chain.anchored_at, chain.anchor()), (Some(1), Some(("given", AnchorKind::Given))));
    // Nor one that allows no authority below itself.
    let above = wanted(MIDDLE, ROOT, Some(Some(0))).make();
    let between = wanted(("Between", 3), MIDDLE, ANY).make();
    let below = wanted(LEAF, ("Between", 3), None).make();
    let chain = build(&below, &[between, above.clone()], &[pin(&root()), given(&above)]);
    assert_eq!((chain.anchored_at, chain.anchor()), (Some(2), Some(("given", AnchorKind::Given))));
}

#[test]
fn a_chain_too_deep_is_not_followed() {
    const NAMES: [&str; 12] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
    let name = |position: usize| (NAMES[position], position % 4);
    let mut extra = Vec::new();
    for position in 1..NAMES.len() - 1 {
        extra.push(wanted(name(position), name(position + 1), ANY).make());
    }
    let leaf = wanted(name(0), name(1), None).make();
    let far = pin(extra.last().unwrap());
    assert_eq!(build(&leaf, &extra, &[far]).anchored_at, None);
    let near = pin(&extra[MAX_DEPTH - 1]);
    assert_eq!(build(&leaf, &extra, &[near]).anchored_at, Some(MAX_DEPTH));
}

#[test]
fn what_was_not_verified_proves_nothing() {
    let plan = ChainPlan::new(&leaf(), &[middle()], &[pin(&root())]);
    for outcomes in [
        vec![],
        vec![SignatureOutcome::Unsupported; plan.tasks().len()],
        vec![SignatureOutcome::Invalid; plan.tasks().len()],
    ] {
        assert_eq!(plan.resolve(&outcomes).anchored_at, None);
    }
    assert_eq!(plan.resolve(&[]).faults, [ChainFault::Unsupported]);
}

#[test]
fn tasks_name_the_key_they_are_for() {
    let plan = ChainPlan::new(&leaf(), &[], &[pin(&middle())]);
    let [task] = plan.tasks() else {
        panic!("one task");
    };
    assert_eq!(task.spki, key(MIDDLE.1).public_key().spki());
    assert_eq!(task.message, leaf().tbs());
}
