//! The pieces to begin with: the characters and the frequent substrings of the corpus.

use std::collections::HashMap;

use super::UnigramOptions;
use super::corpus::WordCount;

/// Characters and substrings with a first guess of their probabilities.
///
/// A substring counts for as much text as it covers: occurrences times length. One that occurs once is no
/// piece, nor is one that is always followed by the same character: the longer one says the same. (A suffix
/// array leaves these out too.)
pub(super) fn seed(corpus: &[WordCount<'_>], options: &UnigramOptions) -> Vec<(String, f64)> {
    let mut characters: Vec<(&str, u64)> = count(corpus, 1);
    characters.sort_unstable();
    let mut longer = frequent_substrings(corpus, options.max_chars);
    let weight = |(text, count): &(&str, u64)| *count as f64 * text.chars().count() as f64;
    // Ties: by text, so that no order of a hash map is left.
    longer.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.0.cmp(b.0)));
    longer.truncate(options.seed_pieces.saturating_sub(characters.len()));
    characters.extend(longer);
    let total: f64 = characters.iter().map(weight).sum();
    characters.iter().map(|entry| (entry.0.to_string(), libm::log(weight(entry) / total))).collect()
}

/// Substrings of two characters or more that occur at least twice.
fn frequent_substrings<'a>(corpus: &[WordCount<'a>], max_chars: usize) -> Vec<(&'a str, u64)> {
    let mut kept = Vec::new();
    let mut of_length = count(corpus, 2);
    for length in 2..=max_chars {
        // One character longer, to see which substrings go on in one way only. The longest go on too, but
        // what they go on to is no candidate.
        let longer = if length < max_chars { count(corpus, length + 1) } else { Vec::new() };
        let mut extended: HashMap<&str, u64> = HashMap::new();
        for (text, count) in &longer {
            let last = text.chars().next_back().map_or(0, char::len_utf8);
            let most = extended.entry(&text[..text.len() - last]).or_default();
            *most = (*most).max(*count);
        }
        let one_way = |text: &str, count: u64| extended.get(text) == Some(&count);
        kept.extend(of_length.iter().filter(|(text, count)| *count >= 2 && !one_way(text, *count)));
        if longer.is_empty() {
            break;
        }
        of_length = longer;
    }
    kept
}

/// How often each substring of so many characters occurs.
fn count<'a>(corpus: &[WordCount<'a>], length: usize) -> Vec<(&'a str, u64)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut counts: Vec<(&str, u64)> = Vec::new();
    for &(word, times) in corpus {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(length - 1);
        for (start, end) in word.char_indices().map(|(at, _)| at).zip(ends) {
            let text = &word[start..end];
            let place = *places.entry(text).or_insert_with(|| {
                counts.push((text, 0));
                counts.len() - 1
            });
            counts[place].1 += times;
        }
    }
    counts
}
