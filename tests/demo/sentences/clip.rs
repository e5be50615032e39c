//! What `demo clip` says.

use demos::kit::findings::Findings;
use demos::kit::number::plain;

use super::{Knobs, after, number, numbers};

pub(super) const KNOBS: Knobs = &[
    ("temperature", &["0.01", "1", "10"]),
    ("batch", &["2", "8", "48", "100"]),
    ("steps", &["1", "3", "40"]),
    ("loss", &["siglip"]),
    ("negatives", &["alike"]),
    ("resolution", &["14", "230", "1344"]),
    ("text-tokens", &["1", "4096"]),
];

/// Half of the last digit that is shown.
const SHOWN: f64 = 0.005;

/// Titles count what the table of hits counts; something is said to be known of the pairs only where the last batch
/// costs less than guessing, and no batch costs less than its false negatives; the colder, the lower the loss can fall.
pub(super) fn rules(findings: &Findings, said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let hits = after(said, "pictures nearest to their own caption:");
    let scenes = number(findings, "held").unwrap_or(f64::NAN);
    let found: Vec<f64> = numbers(findings, "recall", "images that find their text");
    if !found.iter().map(|share| (share * scenes).round()).eq(hits.iter().copied()) {
        faults.push(format!("titles count {hits:?}, the table has {found:?} of {scenes}"));
    }
    let (last, guess) = (number(findings, "last_loss"), number(findings, "batch").map(f64::ln));
    if said.contains("as the last batch estimates it") && last >= guess
        || said.contains("costs no less than guessing") && last < guess
    {
        faults.push(format!("the last batch costs {last:?}, guessing {guess:?}"));
    }
    let least = after(said, "a batch cannot cost less than");
    if least.iter().any(|least| last.is_some_and(|last| last < least - SHOWN)) {
        faults.push(format!("the last batch costs {last:?}, no batch less than {least:?}"));
    }
    faults.extend(fusion(findings, said));
    let floors = numbers(findings, "floors", "2 pairs");
    if floors.windows(2).any(|two| two[1] > two[0]) {
        faults.push(format!("lowest losses {floors:?} by falling temperature"));
    }
    faults
}

/// One stream takes most or least where it is said to.
fn fusion(findings: &Findings, said: &str) -> Vec<String> {
    let added = numbers(findings, "fusion", "multiply-adds added");
    let (cross, bottleneck, joined) = (added[0], added[1], added[2]);
    let alike = [cross, bottleneck].iter().any(|other| plain(*other) == plain(joined));
    let rules = [
        ("one stream takes about as much", alike),
        ("one stream takes most", !alike && joined >= cross && joined >= bottleneck),
        ("one stream takes least", !alike && joined < cross && joined < bottleneck),
        ("only the bottleneck takes less still", !alike && joined < cross && joined >= bottleneck),
        ("less than the bottleneck, and more", !alike && joined >= cross && joined < bottleneck),
    ];
    let wrong = rules.iter().filter(|(phrase, holds)| said.contains(phrase) != *holds);
    wrong.map(|(phrase, _)| format!("{phrase}: {added:?}")).collect()
}
