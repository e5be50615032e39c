//! Tokens of published tokenizers on the embedded texts, as `recorded/make.mjs` counted them.

use concepts::corpus::{CHINESE, ENGLISH};

const RECORDED: &str = include_str!("../recorded/tokens.csv");

/// A published tokenizer, measured.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measured {
    pub model: &'static str,
    pub vocabulary: usize,
    /// Tokens per character of English and of Chinese.
    pub rates: [f64; 2],
}

/// All that were recorded, in order.
pub(crate) fn real_tokenizers() -> Vec<Measured> {
    RECORDED.lines().skip(1).filter_map(measured).collect()
}

fn measured(line: &'static str) -> Option<Measured> {
    let cells: Vec<&str> = line.split(',').collect();
    let &[model, vocabulary, english, chinese] = &cells[..] else { return None };
    let rate = |tokens: &str, text: &str| Some(tokens.parse::<f64>().ok()? / text.chars().count() as f64);
    let rates = [rate(english, ENGLISH)?, rate(chinese, CHINESE)?];
    Some(Measured { model, vocabulary: vocabulary.parse().ok()?, rates })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_line_of_the_record_is_read() {
        let all = super::real_tokenizers();
        assert_eq!(all.len(), super::RECORDED.lines().count() - 1);
        assert!(all.iter().all(|one| one.rates.iter().all(|rate| (0.1..3.0).contains(rate))));
    }
}
