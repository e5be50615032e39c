//! Several things one after another, with the sign that each language sets between them.

use super::WORDS;
use crate::kit::text::Text;
use crate::named;

/// All of them as one text; empty if there is none.
pub(crate) fn listing(all: impl IntoIterator<Item = impl Into<Text>>) -> Text {
    let joined = all.into_iter().map(Into::into).reduce(|all, one| WORDS.with("listed", &named![all, one]));
    joined.unwrap_or_else(|| Text::same(""))
}

/// The same, each thing once, in the order in which it comes.
pub(crate) fn distinct(all: &[String]) -> Text {
    let mut seen: Vec<&String> = Vec::new();
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    listing(seen.into_iter().map(Text::same))
}
