//! Small data, written for this project, and a time line.

use super::TaggedSentence;

/// A language of the built-in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English
    English,
    /// Chinese
    Chinese,
}

impl Language {
    /// Both.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];
}

/// A short remark on a meal, a film, a thing, a journey, and whether it is praise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// `positive` or `negative`
    pub label: &'static str,
    /// What was written.
    pub text: &'static str,
}

/// 120 remarks, half of them praise. Neither language is a translation of the other.
///
/// ```
/// use concepts::classical::{Language, remarks};
/// for language in Language::ALL {
///     let all = remarks(language);
///     assert_eq!((all.len(), all.iter().filter(|r| r.label == "positive").count()), (120, 60));
/// }
/// ```
pub fn remarks(language: Language) -> Vec<Remark> {
    let file = match language {
        Language::English => include_str!("data/remarks.en.tsv"),
        Language::Chinese => include_str!("data/remarks.zh.tsv"),
    };
    let row = |line: &'static str| line.split_once('\t').map(|(label, text)| Remark { label, text });
    file.lines().skip(1).filter_map(row).collect()
}

/// 40 short sentences with a coarse tag for each word, in which many a word has two tags.
///
/// The tags are those of Universal Dependencies, apart from CONJ for all conjunctions and CLF for Chinese measure
/// words.
///
/// ```
/// use concepts::classical::{Language, tagged};
/// let first = &tagged(Language::Chinese)[0];
/// assert_eq!(first.words[..2], ["我", "喜欢"]);
/// assert_eq!(first.tags[..2], ["PRON", "VERB"]);
/// ```
pub fn tagged(language: Language) -> Vec<TaggedSentence> {
    let file = match language {
        Language::English => include_str!("data/tagged.en.txt"),
        Language::Chinese => include_str!("data/tagged.zh.txt"),
    };
    let sentence = |line: &str| {
        let pairs = line.split(' ').filter_map(|pair| pair.rsplit_once('/'));
        let (words, tags) = pairs.map(|(word, tag)| (word.to_lowercase(), tag.to_owned())).unzip();
        TaggedSentence { words, tags }
    };
    file.lines().map(sentence).collect()
}

/// What a method learns from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learns {
    /// Nothing: rules written by hand.
    Rules,
    /// Text alone.
    Text,
    /// Texts with labels.
    Labels,
    /// Pairs of texts, such as a sentence and its translation.
    Pairs,
    /// Text first, labels or pairs after it.
    Both,
}

/// A method and the paper that brought it to language, or to the form used here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milestone {
    /// Year of the paper.
    pub year: u32,
    /// A short name.
    pub id: &'static str,
    /// The paper.
    pub source: &'static str,
    /// What it learns from.
    pub learns: Learns,
    /// Does it attend?
    pub attention: bool,
    /// Is it a transformer?
    pub transformer: bool,
    /// Is it pre-trained on text and then fine-tuned?
    pub tuned: bool,
    /// Does it write text?
    pub writes: bool,
}

/// Methods by year. Years and titles are those of the papers; the other columns are what the papers describe.
///
/// ```
/// use concepts::classical::timeline;
/// let all = timeline();
/// assert!(all.is_sorted_by_key(|row| row.year));
/// assert!(all.iter().all(|row| row.attention || !row.transformer));
/// ```
pub fn timeline() -> Vec<Milestone> {
    include_str!("data/timeline.tsv").lines().skip(1).filter_map(milestone).collect()
}

/// A line of the file; `None` if it is not of the shape, which a test rules out.
fn milestone(line: &'static str) -> Option<Milestone> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [year, id, source, learns, attention, transformer, tuned, writes] = cells[..] else { return None };
    let learns = match learns {
        "rules" => Learns::Rules,
        "text" => Learns::Text,
        "labels" => Learns::Labels,
        "pairs" => Learns::Pairs,
        "both" => Learns::Both,
        _ => return None,
    };
    let [attention, transformer, tuned, writes] =
        [attention, transformer, tuned, writes].map(|cell| cell == "1");
    Some(Milestone { year: year.parse().ok()?, id, source, learns, attention, transformer, tuned, writes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        assert_eq!(timeline().len(), include_str!("data/timeline.tsv").lines().count() - 1);
        for language in Language::ALL {
            for sentence in tagged(language) {
                assert!(!sentence.words.is_empty() && sentence.words.len() == sentence.tags.len());
                assert!(sentence.tags.iter().all(|tag| tag.chars().all(|c| c.is_ascii_uppercase())));
            }
            let mut texts: Vec<_> = remarks(language).iter().map(|remark| remark.text).collect();
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), 120, "{language:?}: a remark stands there twice");
        }
    }
}
