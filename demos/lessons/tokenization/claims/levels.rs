//! C1 to C3: what text is cut into.

use concepts::tokenizer::bpe::{BpeOptions, TieRule, WordEnd};
use concepts::tokenizer::pretokenize::Pretokenizer;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::tokenization::experiments::prose::{
    ODD, beginning, chinese, english, met_once, new_words, random_bytes, with_known_beginning,
};
use crate::lessons::tokenization::experiments::whiteboard::{CORPUS, length_after, options};
use crate::lessons::tokenization::trained::{BYTES, Trained};

/// C1: text, tokens, ids, and back
pub(crate) fn text_to_numbers(c: &mut Case) -> Checked {
    let (training, held_out) = english();
    let samples: Vec<Vec<u8>> = ODD
        .iter()
        .map(|(_, sample)| sample.as_bytes().to_vec())
        .chain(held_out.split('\n').map(|line| line.as_bytes().to_vec()))
        .chain(random_bytes(50, c.seed))
        .collect();
    let learned = |pre| Trained::new(training, pre, BYTES, 200);
    c.holds(learned(Pretokenizer::Gpt2)?, |t, trained: Trained| {
        let lost = samples.iter().filter(|sample| !trained.restores(sample)).count();
        t.exactly("lost", lost as f64, 0.0).over(samples.len()).drawn();
        t.exactly("no-row", without_row(&trained, &samples) as f64, 0.0).over(samples.len()).drawn();
    })
    .control("blanks-dropped", learned(Pretokenizer::Whitespace)?);
    Ok(())
}

/// Pieces whose id is none, or beyond the vocabulary.
fn without_row(trained: &Trained, samples: &[Vec<u8>]) -> usize {
    let size = trained.bpe.vocabulary().len();
    let pieces = samples.iter().flat_map(|sample| trained.pieces(sample).unwrap_or_default());
    pieces.filter(|piece| piece.id().is_none_or(|id| id as usize >= size)).count()
}

/// C2: characters make long sequences
pub(crate) fn characters_are_long(c: &mut Case) -> Checked {
    const NINE_WORDS: usize = 9;
    const MERGES: usize = 1000;
    let (training, held_out) = english();
    let characters: u64 = CORPUS.iter().map(|(word, count)| word.len() as u64 * count).sum();
    let lengths = |nine_merges, merges| -> Result<_, Box<dyn std::error::Error + Send + Sync>> {
        let rule = BpeOptions { merges: nine_merges, ..options(TieRule::First, WordEnd::Unmarked) };
        let trained = Trained::new(training, Pretokenizer::Gpt2, BYTES, merges)?;
        Ok((length_after(&CORPUS, &rule)?, trained.length(held_out.as_bytes())))
    };
    let (read, unread) = chinese();
    let of_chinese = Trained::new(read, Pretokenizer::Gpt2, BYTES, MERGES)?;
    let per_token = unread.chars().count() as f64 / of_chinese.length(unread.as_bytes());
    c.value("characters", characters).value("merges", MERGES).value("chinese", per_token);
    c.as_written(|t| {
        t.at_least("in-chinese", per_token, 2.0).over(unread.chars().count());
    });
    c.corrected(Qualified, lengths(NINE_WORDS, MERGES)?, |t, (nine_words, held_out_tokens)| {
        t.exactly("nine-words", nine_words as f64, 9.0);
        t.at_least("per-token", held_out.len() as f64 / held_out_tokens, 2.0).over(held_out.len());
    })
    .control("no-merges", lengths(0, 0)?);
    Ok(())
}

/// C3: words run out. A world is what was read, what is met, and forms of low, lower, newest.
pub(crate) fn words_run_out(c: &mut Case) -> Checked {
    let (training, held_out) = english();
    let twice = format!("{training}{training}");
    let world: (&str, &str, &[&str]) = (training, held_out, &["lowest", "lows", "newer"]);
    c.holds(world, |t, (read, met, forms)| {
        let known = forms.iter().filter(|form| CORPUS.iter().any(|(word, _)| word == *form));
        let (unknown, words) = new_words(read, met);
        let (later, listed) = new_words(beginning(read, read.len() / 2), read);
        let (once, _) = met_once(read);
        t.exactly("forms", known.count() as f64, 0.0);
        t.at_least("never-met", unknown as f64, 1.0).over(words);
        t.at_least("relatives", with_known_beginning(read, met) as f64, 1.0).over(unknown);
        t.at_least("growing", later as f64, 1.0).over(listed);
        t.at_least("once", once as f64 / listed as f64, 0.25).over(listed);
    })
    .control("complete", (&twice, training, &["low", "lower"]));
    Ok(())
}
