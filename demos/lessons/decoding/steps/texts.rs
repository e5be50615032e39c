//! The same prompt, every strategy.

use concepts::decoding::{BeamSearch, DecodingError, DiverseBeamSearch, Hypothesis};
use concepts::evaluation::{LoopRule, ending_loop};
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

/// Characters in which greedy has to find its loop.
const LOOP_WITHIN: usize = 600;
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

/// Line breaks as a sign, since a table has one text a row.
fn one_line(text: &str) -> String {
    text.replace("\n\n", " ⏎ ").replace('\n', " ⏎ ")
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
    let Written { tokens, .. } =
        write(&setup.trained.model, &setup.prompt, &greedy, LOOP_WITHIN, (setup.seed, "Q7 loop"))?;
    // As often as the model looks back: then its state has come round, and it can never leave.
    let rule = LoopRule::AtLeast { phrase: 1, repeats: setup.order.max(3) };
    let Some(found) = ending_loop(&tokens, rule) else {
        return Ok((WORDS.with("loop.none", &named![within = LOOP_WITHIN]), None));
    };
    let back = tokens.iter().rev().zip(tokens.iter().rev().skip(found.phrase));
    let begins = tokens.len() - found.phrase - back.take_while(|(a, b)| a == b).count();
    let quoted = &tokens[begins..begins + found.phrase.min(QUOTED)];
    let quoted = one_line(&setup.trained.vocabulary.decode(quoted));
    let more = if found.phrase > QUOTED { "…" } else { "" };
    let length = found.phrase;
    Ok((WORDS.with("loop.found", &named![from = begins + 1, quoted, more, length]), Some(length)))
}
