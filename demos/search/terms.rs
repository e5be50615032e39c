//! A text as terms.

use unicode_segmentation::UnicodeSegmentation;

/// The terms of a text, in order: English words in small letters and without a plural's s, Chinese characters in
/// overlapping pairs (a single one stands for itself), numbers. Punctuation is none.
///
/// ```
/// use demos::search::terms::terms;
/// assert_eq!(terms("KV caches: 位置编码"), ["kv", "cache", "位置", "置编", "编码"]);
/// assert_eq!(terms("头"), ["头"]);
/// ```
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut chinese: Vec<char> = Vec::new();
    for word in text.split_word_bounds() {
        match word.chars().next() {
            Some(c) if is_chinese(c) => chinese.extend(word.chars()),
            Some(c) => {
                pairs(&mut chinese, &mut terms);
                if c.is_alphanumeric() {
                    terms.push(singular(&word.to_lowercase()));
                }
            }
            None => {}
        }
    }
    pairs(&mut chinese, &mut terms);
    terms
}

fn is_chinese(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

fn pairs(run: &mut Vec<char>, terms: &mut Vec<String>) {
    match run[..] {
        [] => {}
        [one] => terms.push(one.to_string()),
        _ => terms.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
    run.clear();
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.into(),
        _ => word.into(),
    }
}
