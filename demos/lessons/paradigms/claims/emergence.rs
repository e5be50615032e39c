//! C10: abilities that appear.

use concepts::classical::{Language, tagged};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::paradigms::experiments::tagging::{Right, by_size};

/// C10: emergence none, and yes
pub(crate) fn emergent(c: &mut Case) -> Checked {
    const SMALL: usize = 1;
    const LARGE: usize = 36;
    const DIVISIONS: usize = 40;
    /// As good as nothing, and clearly something.
    const ABSENT: f64 = 0.05;
    const PRESENT: f64 = 0.15;
    let sentences = tagged(Language::English);
    let of = |size| by_size(&sentences, size, (DIVISIONS, 0.1, c.seed));
    let (small, large) = (of(SMALL)?, of(LARGE)?);
    let whole: [f64; 2] = [small, large].map(|right: Right| right.sentence_share());
    let words: [f64; 2] = [small, large].map(|right: Right| right.word_share());
    c.value("small", SMALL).value("large", LARGE).value("divisions", DIVISIONS);
    c.value("from", words[0]).value("to", words[1]);
    c.value("whole-from", whole[0]).value("whole-to", whole[1]);
    c.as_written(|t| {
        t.at_most("never", whole[1], ABSENT).over(large.of_sentences).drawn();
    });
    c.corrected(Qualified, whole, |t, score| {
        t.at_most("absent", score[0], ABSENT).over(small.of_sentences).drawn();
        t.at_least("present", score[1], PRESENT).over(large.of_sentences).drawn();
    })
    .control("by-word", words)
    .control("same-size", [whole[1]; 2])
    .control("as-small", [whole[0]; 2]);
    Ok(())
}
