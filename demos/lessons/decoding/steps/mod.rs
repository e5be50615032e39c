//! What the page shows.
//!
//! | file | what it shows |
//! |---|---|
//! | [`one_choice`] | one step in detail: logits, temperature, filters |
//! | [`filters`] | filters side by side, in both orders, and the written rule beside the right one |
//! | [`searches`] | greedy and beam search on trees |
//! | [`texts`] | the same prompt, every strategy |
//! | [`penalties`] | penalties against repetition |
//! | [`compare`] | the comparison as tables |
//! | [`differences`] | differences between strategies, and the paper's numbers |
//! | [`advice`] | which strategy for what, and how sure that is |
//! | [`defaults`] | published defaults |
//! | [`speculation`] | speculative decoding |
//! | [`constrained`] | constrained decoding |
//! | [`derivations`] | derivations with their checks |

pub(crate) mod advice;
pub(crate) mod compare;
pub(crate) mod constrained;
pub(crate) mod defaults;
pub(crate) mod derivations;
pub(crate) mod differences;
pub(crate) mod filters;
pub(crate) mod one_choice;
pub(crate) mod penalties;
pub(crate) mod searches;
pub(crate) mod speculation;
pub(crate) mod texts;

use super::WORDS;
use crate::kit::number::without_zero_sign;
use crate::kit::text::Text;
use crate::named;

/// Text in which spaces and line breaks can be seen.
pub(crate) fn visible(token: &str) -> String {
    token.replace(' ', "␣").replace('\n', "⏎")
}

/// Several texts as one, by the words that join two.
pub(crate) fn joined(by: &str, texts: impl IntoIterator<Item = Text>) -> Option<Text> {
    texts.into_iter().reduce(|first, next| WORDS.with(by, &named![first, next]))
}

/// Two decimals. What rounds to zero has no sign.
pub(crate) fn two_decimals(value: f64) -> String {
    without_zero_sign(format!("{value:.2}"))
}
