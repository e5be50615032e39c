//! One long text, read beyond the length of training.

use std::path::Path;

use concepts::corpus::ENGLISH;
use concepts::evaluation::Interval;
use concepts::numerics::statistics::mean;
use concepts::tokenizer::Allowed;

use super::methods::{METHODS, change, name, scaled, trained};
use crate::errors::At;
use crate::kit::findings::{Cell, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::shell::argument;
use crate::kit::text::Text;
use crate::lessons::rope::WORDS;
use crate::named;
use crate::real::Real;
use crate::real::changes::{Bench, WINDOW, WINDOWS, begun, range, seconds, signed};

/// Parts of the trained length whose means are compared.
const BLOCKS: usize = 8;

/// How many passes over the windows have as many tokens as a long text read with every method. Attention to many
/// tokens comes on top.
pub(super) fn passes(tokens: usize) -> f64 {
    (METHODS.len() * tokens) as f64 / (WINDOW * WINDOWS) as f64
}

/// Nats by block of a long text.
pub(super) struct Long {
    trained: usize,
    tokens: usize,
    /// Tokens of a block, and those at the end that fill none.
    block: usize,
    rest: usize,
    /// Blocks that lie within the trained length.
    within: usize,
    /// By method, the mean of each block.
    blocks: Vec<Vec<f64>>,
    beyond: Vec<Option<Interval>>,
}

/// The built-in text as far as it is asked for, if it reaches beyond the trained length and has as many tokens.
pub(super) fn text(real: &Real, asked: Option<usize>) -> Result<Option<Vec<u32>>, Refusal> {
    let Some(tokens) = asked else { return Ok(None) };
    let text = built_in(real)?;
    let (least, most) = (least(trained(real.config())), text.len());
    match tokens {
        _ if least > most => Err(Refusal(WORDS.with("refused.long-none", &named![least, most]))),
        _ if tokens < least || tokens > most => {
            Err(Refusal(WORDS.with("refused.long", &named![tokens, least, most])))
        }
        _ => Ok(Some(text[..tokens].to_vec())),
    }
}

fn built_in(real: &Real) -> Result<Vec<u32>, Refusal> {
    real.tokenizer.ids(ENGLISH, Allowed::None).at(&real.name)
}

/// Two blocks beyond the trained length.
fn least(trained: usize) -> usize {
    trained + 2 * block(trained)
}

fn block(trained: usize) -> usize {
    (trained / BLOCKS).max(1)
}

impl Long {
    /// Of this text.
    pub(super) fn new(bench: &Bench, text: Vec<u32>) -> Result<Long, Refusal> {
        let trained = trained(bench.model.config());
        let (block, tokens) = (block(trained), text.len());
        let text = begun(bench.real, &text);
        let (mut blocks, mut rest) = (Vec::new(), 0);
        for method in METHODS {
            let changes = change(method, bench.model.config(), text.len(), text.len());
            let nats = bench.surprise(&changes, std::slice::from_ref(&text))?.concat();
            rest = nats.len() % block;
            blocks.push(nats.chunks_exact(block).map(mean).collect::<Vec<f64>>());
        }
        let within = trained / block;
        // One block alone has no interval.
        let several = |row: &&Vec<f64>| row.len() > within + 1;
        let beyond = |row: &Vec<f64>| {
            Some(row).filter(several).map(|row| bench.apart(&row[within..], &blocks[0][within..])).transpose()
        };
        let beyond = blocks.iter().map(beyond).collect::<Result<_, Refusal>>()?;
        Ok(Long { trained, tokens, block, rest, within, blocks, beyond })
    }

    pub(super) fn table(&self) -> Table {
        let rows = METHODS.iter().zip(&self.blocks).zip(&self.beyond).map(|((method, row), beyond)| {
            let (inside, outside) = row.split_at(self.within.min(row.len()));
            let later = &inside[inside.len() / 2..];
            let last = outside.last().copied().unwrap_or(0.0);
            let more = signed(mean(outside) - mean(&self.blocks[0][self.within..]));
            let apart = match beyond {
                _ if *row == self.blocks[0] => [String::new(), String::new()],
                Some(apart) => [more, range(apart)],
                None => [more, "–".into()],
            };
            let [more, range] = apart.map(|said| Cell::Words(Text::same(said)));
            let means = [mean(later), mean(outside), last].map(Cell::Number);
            std::iter::once(Cell::Words(name(*method))).chain(means).chain([more, range]).collect()
        });
        Grid::new("long", &WORDS)
            .value("trained", self.trained)
            .value("tokens", self.tokens)
            .rows(rows)
            .table()
    }

    /// How much the text costs more in the last blocks than in the last ones within the trained length, as it is.
    pub(super) fn worse(&self) -> f64 {
        let row = &self.blocks[0];
        mean(&row[self.within..]) - mean(&row[self.within / 2..self.within])
    }
}

/// What was run, or why it was not. Where it stands alone no other section says what as it is means.
pub(super) fn notes(
    long: Option<&Long>,
    real: &Real,
    path: Option<&Path>,
    alone: bool,
) -> Result<Vec<Text>, Refusal> {
    let trained = trained(real.config());
    if let Some(long) = long {
        let values = named![tokens = long.tokens, trained, worse = signed(long.worse())];
        let rest = WORDS.with("long.rest", &named![rest = long.rest, block = long.block]);
        let rest = (long.rest > 0).then_some(rest);
        let scaled = scaled(real.config()).filter(|_| alone);
        return Ok(std::iter::once(WORDS.with("long.run", &values)).chain(scaled).chain(rest).collect());
    }
    let (least, most) = (least(trained), built_in(real)?.len());
    if least > most {
        return Ok(vec![WORDS.with("long.too-long", &named![trained, least, most])]);
    }
    // One more, so that two whole blocks are predicted.
    let tokens = most.min(least + 1);
    let least = path.map_or(0.0, |path| seconds(path, passes(tokens))).ceil().max(1.0);
    let path = path.map_or_else(String::new, |path| argument(&path.display().to_string()));
    Ok(vec![WORDS.with("long.not-run", &named![trained, path, tokens, least])])
}
