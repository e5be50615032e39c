//! C19, C24: where the blanks are.

use concepts::tokenizer::bpe::{Pair, TieRule, WordEnd};
use concepts::tokenizer::pretokenize::escape_spaces;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::experiments::markers::{Marker, pieces, restored, unmarked};
use crate::lessons::tokenization::experiments::prose::{chinese, english};
use crate::lessons::tokenization::experiments::raw_text::{Blanks, Raw, Where, is_long};
use crate::lessons::tokenization::experiments::whiteboard::{CORPUS, merges, options};

/// A sentence whose words come in pieces, so that a blank is not simply what stands between tokens.
const SENTENCE: &str = "low lower newest";

/// The merges on the nine words.
fn learned(end: WordEnd) -> Vec<Pair> {
    merges(&CORPUS, &options(TieRule::First, end))
}

/// The first merge at which two lists differ, from 1; 0 if there is none.
fn apart(marked: &[Pair], plain: &[Pair]) -> usize {
    marked.iter().zip(plain).position(|(a, b)| a != b).map_or(0, |i| i + 1)
}

/// The merge of this number, from 1.
fn merge(merges: &[Pair], number: usize) -> String {
    let pair = number.checked_sub(1).and_then(|i| merges.get(i));
    pair.map_or_else(String::new, |(left, right)| format!("{left}+{right}"))
}

/// What is done to the pieces of a family before they are read.
type Change = fn(Marker, Vec<String>) -> Vec<String>;

/// C19: BPE has no marker. A world is what happens to the markers, and how the end of a word is marked.
pub(crate) fn no_marker(c: &mut Case) -> Checked {
    let without = unmarked(Marker::EndOfWord, &pieces(Marker::EndOfWord, SENTENCE));
    c.as_written(|t| {
        let read = restored(Marker::EndOfWord, &without) == SENTENCE;
        t.exactly("unmarked", f64::from(u8::from(read)), 1.0);
    });
    let (marked, plain) = (learned(WordEnd::Symbol), learned(WordEnd::Unmarked));
    let at = apart(&marked, &plain);
    c.value("sentence", SENTENCE).value("run_together", without.concat()).value("at", at);
    c.value("with", merge(&marked, at)).value("instead_of", merge(&plain, at));
    let left_alone: Change = |_, pieces| pieces;
    c.corrected(Degree::Qualified, (left_alone, WordEnd::Symbol), |t, (change, end)| {
        let back = |marker: Marker| restored(marker, &change(marker, pieces(marker, SENTENCE)));
        let kept = Marker::ALL.iter().filter(|marker| back(**marker) == SENTENCE).count();
        t.exactly("families", kept as f64, Marker::ALL.len() as f64);
        t.exactly("differs", apart(&learned(end), &plain) as f64, 7.0);
    })
    .control("rubbed-out", (|marker, pieces| unmarked(marker, &pieces), WordEnd::Unmarked));
    Ok(())
}

/// Texts in which blanks stand together.
const SPACED: [&str; 4] = ["a  b", "  two blanks before", "three   in the middle", "behind  "];

/// A sentence to show.
const STREET: &str = "the old clock on the street had been wrong";

/// The first paragraph of the Chinese text that is one, not a title: no blanks between its words.
fn unspaced() -> &'static str {
    chinese().0.lines().find(|line| line.chars().count() > 20).unwrap_or_default()
}

/// C24: no pre-tokenisation, the space a token, any language. A world is what happens to blanks.
pub(crate) fn space_as_a_token(c: &mut Case) -> Checked {
    let (english_model, chinese_model) = (Raw::new(english().0)?, Raw::new(chinese().0)?);
    let held_out = Where::of(&english_model, english().1);
    let (alone, heads, blanks) = (held_out.alone, held_out.heads, held_out.blanks());
    c.as_written(|t| {
        t.exactly("not-alone", (blanks - alone) as f64, 0.0).over(blanks);
    });
    c.value("street", STREET).value("shown", english_model.pieces(&escape_spaces(STREET)).join(" "));
    c.value("blanks", blanks).value("alone", alone).value("heads", heads);
    let (unspaced, all) = (unspaced(), held_out.pieces.len());
    let long = chinese_model.pieces(&escape_spaces(unspaced)).iter().filter(is_long).count();
    c.corrected(Degree::Qualified, Blanks::Signs, |t, how| {
        let changed = SPACED.iter().filter(|sample| english_model.back(sample, how) != **sample).count();
        let lost = chinese_model.back(unspaced, how) != unspaced;
        t.exactly("spaced", changed as f64, 0.0).over(SPACED.len());
        t.at_least("heads", heads as f64 / blanks as f64, 0.5).over(blanks);
        t.exactly("behind", held_out.behind() as f64, 0.0).over(all);
        t.exactly("chinese", f64::from(u8::from(lost)), 0.0);
        t.at_least("long", long as f64, 1.0).over(unspaced.chars().count());
    })
    .control("dropped", Blanks::Dropped);
    Ok(())
}
