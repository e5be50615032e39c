//! The verdicts on record, and how a run compares with them.

use crate::kit::claim::{Claim, Verdict};

const RECORD: &str = include_str!("verdicts.txt");

/// The claims of a check, and those whose verdict is not the one on record.
#[derive(Debug, Clone)]
pub struct CheckReport {
    /// Every claim that was run.
    pub claims: Vec<Claim>,
    /// The claims that moved, in the same order.
    pub moved: Vec<Moved>,
}

/// A claim whose verdict is not the one on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The claim.
    pub id: &'static str,
    /// The verdict on record; `None` if there is none.
    pub expected: Option<Verdict>,
    /// The verdict that the run reached.
    pub found: Verdict,
}

impl CheckReport {
    /// Compares claims with the record.
    pub fn new(claims: Vec<Claim>) -> CheckReport {
        let moved = claims.iter().filter_map(moved).collect();
        CheckReport { claims, moved }
    }
}

/// The verdict on record for a claim.
pub fn expected(id: &str) -> Option<Verdict> {
    record().find(|(name, _)| *name == id).and_then(|(_, verdict)| verdict)
}

/// Did this claim move? A check that is broken or does not decide never counts as expected.
pub fn moved(claim: &Claim) -> Option<Moved> {
    let (expected, found) = (expected(claim.id), claim.verdict());
    let settled = !matches!(found, Verdict::Broken | Verdict::Inconclusive);
    (expected != Some(found) || !settled).then_some(Moved { id: claim.id, expected, found })
}

/// The lines of the record: a claim's id and its verdict, `None` if the word is not a verdict.
fn record() -> impl Iterator<Item = (&'static str, Option<Verdict>)> {
    RECORD.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let (id, word) = line.split_once(' ').unwrap_or((line, ""));
        (id, Verdict::ALL.into_iter().find(|verdict| verdict.word() == word.trim()))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::LESSONS;
    use crate::kit::claim::Evidence;
    use crate::kit::text::text;

    fn recorded() -> Vec<&'static str> {
        record().map(|(id, _)| id).collect()
    }

    #[test]
    fn every_line_records_a_verdict_that_can_be_expected() {
        for (id, verdict) in record() {
            let verdict = verdict.unwrap_or_else(|| panic!("{id}: not a verdict"));
            assert!(!matches!(verdict, Verdict::Broken | Verdict::Inconclusive), "{id}");
        }
    }

    #[test]
    fn no_claim_is_recorded_twice() {
        let distinct: BTreeSet<_> = recorded().into_iter().collect();
        assert_eq!(distinct.len(), recorded().len());
    }

    #[test]
    fn the_record_and_the_lessons_have_the_same_claims() {
        let of_lessons: BTreeSet<_> =
            LESSONS.iter().flat_map(|lesson| lesson.claims).map(|claim| claim.id).collect();
        let recorded: BTreeSet<_> = recorded().into_iter().collect();
        let alone: Vec<_> = recorded.symmetric_difference(&of_lessons).collect();
        assert!(alone.is_empty(), "in a lesson or in demos/verdicts.txt, but not in both: {alone:?}");
    }

    #[test]
    fn a_claim_without_a_record_has_moved() {
        let remark = text("", "");
        let claim = Claim {
            id: "LLM-Q0-C0",
            statement: text("", ""),
            say: None,
            evidence: Evidence::Opinion { remark },
        };
        let report = CheckReport::new(vec![claim]);
        let moved = Moved { id: "LLM-Q0-C0", expected: None, found: Verdict::Opinion };
        assert_eq!(report.moved, [moved]);
    }
}
