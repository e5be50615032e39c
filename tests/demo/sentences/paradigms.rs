//! What `demo paradigms` says.

use demos::kit::findings::Findings;

use super::{Knobs, after, numbers};

pub(super) const KNOBS: Knobs = &[
    ("data", &["chinese"]),
    ("text", &["a", ".", "太", "they fish in cold water"]),
    ("neighbours", &["1", "5", "25"]),
    ("labelled", &["2", "5", "16"]),
    ("repeats", &["2", "10"]),
    ("smoothing", &["0.001", "1", "100"]),
    ("penalty", &["0.001", "100"]),
    ("units", &["pairs"]),
    ("tag-smoothing", &["0.001", "1", "100"]),
];

/// Whoever is said to be ahead nowhere is said to be ahead nowhere else; the commonest label is worse than guessing only
/// where the last row has it so; no more examples vote than there are.
pub(super) fn rules(findings: &Findings, said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let ahead = |who: &str| said.contains(&format!("at which {who} is shown to be ahead"));
    let trained = ahead("naive Bayes") || ahead("logistic regression");
    let changes = said.contains("the lead changes in another order");
    if said.contains("Nowhere is the nearest example shown to be ahead, so")
        && (ahead("the nearest example") || changes)
    {
        faults.push("the nearest example is ahead nowhere, and somewhere".into());
    }
    if said.contains("not shown to overtake") && (trained || changes) {
        faults.push("a title denies a lead".into());
    }
    let commonest = numbers(findings, "curve", "always the commonest label");
    if said.contains("does worse than a label at random")
        != commonest.last().is_some_and(|share| *share < 0.5 - 1e-9)
    {
        faults.push(format!("worse than guessing: {commonest:?}"));
    }
    let most = numbers(findings, "curve", "examples").last().copied().unwrap_or_default();
    if after(said, "speaks with ").iter().any(|votes| *votes > most) {
        faults.push(format!("more votes than {most} examples"));
    }
    faults
}
