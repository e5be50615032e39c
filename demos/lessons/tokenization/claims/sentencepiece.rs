//! C22: SentencePiece.

use concepts::tokenizer::pretokenize::unescape_spaces;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::experiments::sentencepiece::{Kind, merges, pieces, under_other_rules};
use crate::lessons::tokenization::experiments::whiteboard::token;
use crate::lessons::tokenization::listing::distinct;

const WORDS: [&str; 5] = ["lowest", "lower", "newer", "low", "newest"];

/// The tokens that the trainer of sentencepiece 0.2.3 makes of the nine words, in order.
const THEIRS: [&str; 11] = ["we", "lo", "▁lo", "ne", "st", "▁ne", "west", "▁newest", "▁low", "wer", "▁lower"];

/// Words that two of its models cut differently.
fn apart(one: Kind, other: Kind) -> f64 {
    WORDS.iter().filter(|word| pieces(one, word) != pieces(other, word)).count() as f64
}

/// Cuts of two of its models that do not give the word again.
fn lost(kinds: [Kind; 2]) -> f64 {
    let cuts = WORDS.iter().flat_map(|word| kinds.map(|kind| (word, pieces(kind, word))));
    cuts.filter(|(word, pieces)| unescape_spaces(&pieces.concat()) != **word).count() as f64
}

/// `lowest`, cut.
fn lowest(kind: Kind) -> String {
    pieces(kind, "lowest").join("·")
}

/// C22: an improved BPE. A world is what is put in the place of its model that is not BPE.
pub(crate) fn sentencepiece(c: &mut Case) -> Checked {
    c.as_written(|t| {
        t.exactly("same", apart(Kind::Bpe, Kind::Unigram), 0.0).over(WORDS.len());
    });
    c.value("merged", lowest(Kind::Bpe)).value("probable", lowest(Kind::Unigram));
    c.value("others", distinct(&under_other_rules("lowest")));
    c.corrected(Degree::Wrong, Kind::Unigram, |t, other| {
        let as_theirs = merges().iter().zip(THEIRS).filter(|(pair, theirs)| token(pair) == *theirs).count();
        let yes = |so: bool| f64::from(u8::from(so));
        t.at_least("apart", apart(Kind::Bpe, other), 1.0).over(WORDS.len());
        t.exactly("lost", lost([Kind::Bpe, other]), 0.0).over(2 * WORDS.len());
        t.exactly("merges", as_theirs as f64, THEIRS.len() as f64);
        t.exactly("lowest-bpe", yes(lowest(Kind::Bpe) == "▁lo·west"), 1.0);
        t.exactly("lowest-unigram", yes(lowest(other) == "▁low·e·s·t"), 1.0);
    })
    .control("bpe-twice", Kind::Bpe);
    Ok(())
}
