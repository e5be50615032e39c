//! One tagger by two measures.

use concepts::classical::{ClassicalError, tagged};

use crate::kit::findings::Findings;
use crate::lessons::paradigms::experiments::tagging::{Right, by_size};
use crate::lessons::paradigms::setup::Setup;

/// Tagged sentences to count on, and divisions.
const TAGGED: [usize; 6] = [1, 2, 4, 8, 16, 32];
pub(crate) const DIVISIONS: usize = 12;

/// How much the tagger gets right by the number of tagged sentences.
pub(crate) fn scored(setup: &Setup) -> Result<Vec<(usize, Right)>, ClassicalError> {
    let all = tagged(setup.language);
    let of = |size| Ok((size, by_size(&all, size, (DIVISIONS, setup.tag_smoothing, setup.seed))?));
    TAGGED.into_iter().map(of).collect()
}

/// The first and the last of them, in words.
pub(crate) fn scores(scored: &[(usize, Right)]) -> Findings {
    let mut f = Findings::default();
    if let [(few, first), .., (many, last)] = scored {
        f.number("few_tagged", *few as f64);
        f.number("few_words", first.word_share());
        f.number("few_whole", first.sentence_share());
        f.number("many_tagged", *many as f64);
        f.number("many_words", last.word_share());
        f.number("many_whole", last.sentence_share());
    }
    f
}
