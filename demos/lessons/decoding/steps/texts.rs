//! The same prompt, every strategy.

use std::collections::BTreeMap;

use concepts::decoding::{BeamSearch, DecodingError, DiverseBeamSearch, Hypothesis};
use concepts::language_model::TextCodec;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::texts::{Written, write};
use crate::lessons::decoding::knobs::Kind;
use crate::lessons::decoding::setup::Setup;
use crate::lessons::decoding::strategies::{How, Named};
use crate::{named, row};

/// Characters in which greedy finds its loop nearly always, and in which it has to.
const LOOP_SOON: usize = 600;
const LOOP_WITHIN: usize = 5000;
/// Characters of a phrase that is quoted.
const QUOTED: usize = 60;

/// The texts of every strategy after the prompt.
pub(crate) struct Texts {
    pub findings: Findings,
    /// What pure sampling wrote.
    pub sampled: Vec<u32>,
    /// Characters of the phrase that greedy repeats for ever, if it does.
    pub phrase: Option<usize>,
}

/// How far the model looks back.
fn looks(context: usize) -> Text {
    match context {
        0 => WORDS.get("looks.nowhere"),
        _ => WORDS.with("looks.back", &named![context]),
    }
}

pub(crate) fn texts(setup: &Setup) -> Result<Texts, Refusal> {
    let mut f = Findings::default();
    let (table, sampled) = continuations(setup)?;
    f.number("order", setup.order as f64);
    f.number("context", setup.order as f64 - 1.0);
    f.number("trained_on", setup.trained.training.len() as f64);
    f.number("held_out", setup.trained.held_out.len() as f64);
    f.note("note_corpus", setup.own.then(|| WORDS.get("texts.own")));
    f.table("texts", table);
    f.table("n_best", n_best(setup)?);
    f.words("looks", looks(setup.order - 1));
    let (said, phrase) = the_loop(setup)?;
    f.words("loop", said);
    Ok(Texts { findings: f, sampled, phrase })
}

/// A text of each strategy, and the tokens that pure sampling wrote.
fn continuations(setup: &Setup) -> Result<(Table, Vec<u32>), DecodingError> {
    let shown = |tokens: &[u32]| one_line(&setup.trained.vocabulary.decode(tokens));
    let mut grid = Grid::new("texts", &WORDS).value("prompt", shown(&setup.prompt));
    if let Some(real) = &setup.real {
        grid = grid.row(row![WORDS.get("labels.human"), shown(&real[..real.len().min(setup.tokens)])]);
    }
    let mut sampled = Vec::new();
    for strategy in &setup.strategies {
        let stream = format!("Q7 text {}", strategy.kind.word());
        let (model, seed) = (&setup.trained.model, setup.seed);
        let written = write(model, &setup.prompt, strategy, setup.tokens, (seed, &stream))?;
        grid = grid.row(row![strategy.label.clone(), shown(&written.tokens)]);
        if strategy.kind == Kind::Sampling {
            sampled = written.tokens;
        }
    }
    Ok((grid.table(), sampled))
}

/// Line breaks as a sign, since a table has one text a row. Of blanks alone nothing could be seen.
fn one_line(text: &str) -> String {
    let line = text.replace("\n\n", " ⏎ ").replace('\n', " ⏎ ");
    if line.trim().is_empty() { line.replace(' ', "␣") } else { line }
}

/// The best texts of one beam beside those of groups that keep apart.
fn n_best(setup: &Setup) -> Result<Table, DecodingError> {
    const SHOWN: usize = 4;
    const TOKENS: usize = 48;
    const STRENGTH: f64 = 2.0;
    let search = BeamSearch::new(SHOWN, TOKENS.min(setup.tokens));
    let (model, prompt) = (&setup.trained.model, &setup.prompt);
    let plain = BeamSearch { n_best: SHOWN, ..search }.run(model, prompt)?.hypotheses;
    let groups = DiverseBeamSearch { search, groups: SHOWN, strength: STRENGTH }.run(model, prompt)?;
    let diverse: Vec<Hypothesis> = groups.into_iter().flat_map(|group| group.hypotheses).collect();
    let rows = (0..SHOWN).map(|i| {
        let of = |list: &[Hypothesis]| {
            let tokens = list.get(i).map_or(&[][..], |found| &found.tokens);
            one_line(&setup.trained.vocabulary.decode(tokens))
        };
        row![of(&plain), of(&diverse)]
    });
    Ok(Grid::new("n_best", &WORDS).rows(rows).table())
}

/// What greedy says again and again.
fn the_loop(setup: &Setup) -> Result<(Text, Option<usize>), DecodingError> {
    let greedy = Named::unnamed(Kind::Greedy, How::Greedy);
    let (trained, prompt) = (&setup.trained, &setup.prompt);
    for within in [LOOP_SOON, LOOP_WITHIN] {
        let Written { tokens, .. } = write(&trained.model, prompt, &greedy, within, (setup.seed, "Q7 loop"))?;
        let Some(Loop { begins, length }) = comes_back(prompt, &tokens, setup.order - 1) else { continue };
        // A sign for each character, so that who counts them finds the length.
        let quoted = &tokens[begins..begins + length.min(QUOTED)];
        let quoted = trained.vocabulary.decode(quoted).replace('\n', "⏎");
        let more = if length > QUOTED { "…" } else { "" };
        let said = WORDS.with("loop.found", &named![from = begins + 1, quoted, more, length]);
        return Ok((said, Some(length)));
    }
    Ok((WORDS.with("loop.none", &named![within = LOOP_WITHIN]), None))
}

/// A phrase that a text repeats for ever: where it begins in what was written, and how long it is.
#[derive(Debug, PartialEq, Eq)]
struct Loop {
    begins: usize,
    length: usize,
}

/// The loop of a writer that leaves nothing to chance and looks back `context` tokens. What stands in its sight comes
/// round once: from there it writes the same again, and can never leave.
fn comes_back(prompt: &[u32], written: &[u32], context: usize) -> Option<Loop> {
    let all = [prompt, written].concat();
    let mut seen = BTreeMap::new();
    let (from, length) = (prompt.len()..=all.len()).find_map(|at| {
        let sight = &all[at.saturating_sub(context)..at];
        seen.insert(sight, at).map(|before| (before - prompt.len(), at - before))
    })?;
    // The phrase may have begun within what stood in sight.
    let earlier = (0..from).rev().take_while(|&at| written[at] == written[at + length]).count();
    Some(Loop { begins: from - earlier, length })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::decoding::knobs::BuiltIn;
    use crate::lessons::decoding::setup::built_in;
    use crate::lessons::decoding::trained::train;

    #[test]
    fn a_loop_is_what_comes_back_first() {
        let written = [5, 1, 2, 3, 1, 2, 3, 1, 2];
        assert_eq!(comes_back(&[9], &written, 2), Some(Loop { begins: 1, length: 3 }));
        assert_eq!(comes_back(&[9], &written[..4], 2), None);
        assert_eq!(comes_back(&[1, 2, 3], &[1, 2, 3], 2), Some(Loop { begins: 0, length: 3 }));
        assert_eq!(comes_back(&[9], &[4, 4], 0), Some(Loop { begins: 0, length: 1 }));
        assert_eq!(comes_back(&[], &[], 3), None);
    }

    /// Of order 8 the phrase has 204 characters: too many to stand eight times in 600.
    #[test]
    fn greedy_never_leaves_the_loop_that_was_found() {
        let (training, held_out) = built_in(BuiltIn::English);
        for order in [1, 2, 6, 8] {
            let trained = train(training, held_out, order).unwrap();
            let prompt = &trained.held_out[..24];
            let greedy = Named::unnamed(Kind::Greedy, How::Greedy);
            let tokens = write(&trained.model, prompt, &greedy, 1500, (7, "a loop")).unwrap().tokens;
            let found = comes_back(prompt, &tokens, order - 1);
            let Loop { begins, length } = found.unwrap_or_else(|| panic!("order {order}: no loop"));
            let repeats = (begins + length..tokens.len()).all(|at| tokens[at] == tokens[at - length]);
            assert!(repeats, "order {order}: {length} characters from {begins} on do not come again");
            let shorter = (1..length).find(|&less| {
                (tokens.len() - length..tokens.len()).all(|at| tokens[at] == tokens[at - less])
            });
            assert_eq!(shorter, None, "order {order}");
        }
    }
}
