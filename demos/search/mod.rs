//! Where something stands, in everything that a person reads.
//!
//! | file | what it does |
//! |---|---|
//! | [`documents`] | the pieces that are searched: sections, claims, answers, questions, knobs |
//! | [`terms`] | a text as terms: English words, pairs of Chinese characters |
//! | [`score`] | how well a piece answers a query |
//!
//! Both languages are searched at once: a Chinese word finds a section that an English reader is then shown.

pub mod documents;
pub mod score;
pub mod terms;

pub use documents::{Document, Place};

/// The most that is shown: whoever needs more asks better.
const MOST: usize = 12;
/// How much more a term counts that stands in a title.
const TITLE: f64 = 2.0;

/// A piece that answers the query.
#[derive(Debug)]
pub struct Hit {
    /// The piece.
    pub document: Document,
    /// How well it fits; only good for comparing.
    pub score: f64,
}

/// The pieces in which words of a query stand, best first.
///
/// ```
/// use demos::search::find;
///
/// let hits = find("kv cache");
/// assert!(hits[0].document.command.starts_with("demo "));
/// assert!(find("xyzzy").is_empty());
/// ```
pub fn find(query: &str) -> Vec<Hit> {
    let documents = documents::all();
    let query = terms::terms(query);
    let bodies = score::Corpus::new(documents.iter().map(|document| terms::terms(&document.body)));
    let titles = score::Corpus::new(documents.iter().map(|document| terms::terms(&document.titles())));
    let scores: Vec<f64> =
        (0..documents.len()).map(|i| bodies.score(i, &query) + TITLE * titles.score(i, &query)).collect();
    let hits = documents.into_iter().zip(scores).filter(|(_, score)| *score > 0.0);
    let mut hits: Vec<Hit> = hits.map(|(document, score)| Hit { document, score }).collect();
    hits.sort_by(|a, b| b.score.total_cmp(&a.score)); // stable: of equals the earlier lesson
    hits.truncate(MOST);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(query: &str) -> Vec<String> {
        find(query).into_iter().map(|hit| hit.document.command).collect()
    }

    #[test]
    fn what_a_lesson_is_about_is_found_in_both_languages() {
        for (query, lesson) in [
            ("kv cache", "demo heads"),
            ("ALiBi", "demo positions"),
            ("NTK", "demo rope"),
            ("beam search", "demo decoding"),
            ("分词", "demo tokenization"),
            ("位置编码", "demo positions"),
            ("贪心", "demo decoding"),
        ] {
            let found = commands(query);
            assert!(found.iter().take(3).any(|command| command.starts_with(lesson)), "{query}: {found:?}");
        }
    }

    #[test]
    fn a_claim_is_found_by_its_name() {
        for name in ["C9", "c9"] {
            let found = commands(name);
            assert!(found.len() > 1 && found.iter().all(|command| command.ends_with(" C9")), "{found:?}");
        }
    }

    #[test]
    fn what_stands_nowhere_is_not_found() {
        assert!(find("xyzzy").is_empty() && find("").is_empty() && find("，。").is_empty());
    }
}
