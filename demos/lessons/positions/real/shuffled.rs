//! The tokens before a place in another order, or left out; the same next token is asked for.

use concepts::decoder::Change;
use concepts::evaluation::{Difference, Interval};
use concepts::numerics::rng;
use concepts::numerics::statistics::mean;
use rand::seq::SliceRandom;

use super::predicted::{Moved, Predicted};
use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::real::changes::{Bench, begun, range, signed, size};
use crate::{named, row};

/// Tokens before the one that is asked for.
const TOKENS: usize = 32;
/// Texts.
const TEXTS: usize = 32;
/// So many tokens before it stay as they are.
const KEPT: [usize; 5] = [1, 2, 4, 8, 16];
/// Texts that are looked at layer by layer.
const WATCHED: usize = 2;

/// One way to give positions.
pub(super) struct Way {
    /// Nats behind the text in order.
    ordered: f64,
    /// The rest in another order, by how many tokens are kept.
    pub(super) rows: Vec<Moved>,
}

/// Contexts in order and out of it.
pub(super) struct Contexts<'b> {
    /// Tokens before the one that is asked for.
    tokens: usize,
    /// The texts, the token that is asked for last.
    pieces: Vec<&'b [u32]>,
    /// So many tokens before it stay as they are.
    kept: Vec<usize>,
    /// By how many tokens are kept, the contexts with the others in another order.
    shuffled: Vec<Vec<Vec<u32>>>,
}

impl<'b> Contexts<'b> {
    pub(super) fn new(bench: &'b Bench, seed: u64) -> Contexts<'b> {
        let tokens = TOKENS.min(bench.real.config().context.saturating_sub(2)).max(2);
        let pieces: Vec<&[u32]> = bench.text.chunks_exact(tokens + 1).take(TEXTS).collect();
        let kept: Vec<usize> = KEPT.into_iter().filter(|kept| *kept < tokens).collect();
        let mut rng = rng(seed, "order destroyed");
        let mut out_of_order = |kept: usize| -> Vec<Vec<u32>> {
            let mut shuffled = |piece: &&[u32]| {
                let mut context = piece[..tokens].to_vec();
                context[..tokens - kept].shuffle(&mut rng);
                begun(bench.real, &context)
            };
            pieces.iter().map(&mut shuffled).collect()
        };
        let shuffled = kept.iter().map(|kept| out_of_order(*kept)).collect();
        Contexts { tokens, pieces, kept, shuffled }
    }

    /// The last tokens of each context, in order.
    fn last(&self, bench: &Bench, kept: usize) -> Vec<Vec<u32>> {
        let rest = self.pieces.iter().map(|piece| &piece[self.tokens - kept..self.tokens]);
        rest.map(|rest| begun(bench.real, rest)).collect()
    }

    /// A few texts in order, and with all tokens but the last in another.
    pub(super) fn pairs(&self, bench: &Bench) -> Vec<[Vec<u32>; 2]> {
        let pairs = self.last(bench, self.tokens).into_iter().zip(self.shuffled[0].iter().cloned());
        pairs.take(WATCHED).map(<[_; 2]>::from).collect()
    }
}

/// What contexts out of order do.
pub(super) struct Shuffled {
    tokens: usize,
    texts: usize,
    kept: Vec<usize>,
    pub(super) placed: Way,
    pub(super) none: Way,
    /// As trained, the rest left out.
    left_out: Vec<Moved>,
    /// How much more it costs to leave out what is farthest back than to shuffle it.
    apart: Option<Interval>,
    /// How far predictions behind different texts are from each other.
    between: f64,
}

impl Shuffled {
    pub(super) fn new(bench: &Bench, contexts: &Contexts) -> Result<Shuffled, Refusal> {
        let Contexts { tokens, pieces, kept, shuffled } = contexts;
        let asked: Vec<u32> = pieces.iter().map(|piece| piece[*tokens]).collect();
        let ordered = contexts.last(bench, *tokens);
        let measure = |changes: &[Change]| -> Result<_, Refusal> {
            let said = |contexts: &[Vec<u32>]| Predicted::new(bench, changes, contexts, &asked);
            let plain = said(&ordered)?;
            let rows = shuffled.iter().map(|contexts| said(contexts)?.against(&plain, bench));
            let way = Way { ordered: mean(&plain.nats), rows: rows.collect::<Result<_, Refusal>>()? };
            Ok((plain, way))
        };
        let (plain, placed) = measure(&[])?;
        let (_, none) = measure(&[Change::NoPositions])?;
        let short = |kept: &usize| {
            Predicted::new(bench, &[], &contexts.last(bench, *kept), &asked)?.against(&plain, bench)
        };
        let left_out = kept.iter().map(short).collect::<Result<Vec<_>, Refusal>>()?;
        let farthest = left_out.last().zip(placed.rows.last());
        let apart = farthest.map(|(out, moved)| bench.apart(&out.nats, &moved.nats)).transpose()?;
        let (between, kept) = (plain.between()?, kept.clone());
        Ok(Shuffled { tokens: *tokens, texts: pieces.len(), kept, placed, none, left_out, apart, between })
    }

    /// Tables, figure and notes.
    pub(super) fn add_to(&self, f: &mut Findings) {
        f.table("destroyed", self.table());
        f.note("destroyed_note", Some(self.note()));
        f.table("kept", self.kept_table());
        f.figure(self.figure());
        f.note("kept_note", Some(self.kept_note()));
    }

    /// All but the last token in another order, with positions and without.
    fn table(&self) -> Table {
        let cells = |way: &Way| {
            let moved = &way.rows[0];
            row![way.ordered, moved.mean, signed(moved.more.estimate), range(&moved.more), moved.far.estimate]
        };
        Grid::new("destroyed", &WORDS)
            .value("texts", self.texts)
            .value("tokens", self.tokens)
            .said("placed", cells(&self.placed))
            .said("none", cells(&self.none))
            .table()
    }

    fn note(&self) -> Text {
        let more = &self.left_out[0].more;
        let values = named![
            between = self.between,
            more = signed(more.estimate),
            range = range(more),
            shuffled = signed(self.placed.rows[0].more.estimate)
        ];
        WORDS.with("destroyed.scale", &values)
    }

    /// As trained: what lies farther back in another order, and left out.
    fn kept_table(&self) -> Table {
        let rows = self.kept.iter().zip(&self.placed.rows).zip(&self.left_out);
        let rows = rows.map(|((kept, moved), out)| {
            let [moved, out] = [moved, out].map(|of| (signed(of.more.estimate), range(&of.more)));
            row![*kept, moved.0, moved.1, out.0, out.1]
        });
        Grid::new("kept", &WORDS).rows(rows).table()
    }

    fn figure(&self) -> Figure {
        let points = |rows: &[Moved]| -> Vec<(f64, f64, f64, f64)> {
            let far = self.kept.iter().zip(rows.iter().map(|row| row.far));
            far.map(|(kept, far)| (*kept as f64, far.estimate, far.low, far.high)).collect()
        };
        Sketch::lines("real-kept", &WORDS, [Log, Linear])
            .spread("placed", points(&self.placed.rows))
            .spread("none", points(&self.none.rows))
            .spread("out", points(&self.left_out))
            .figure()
    }

    /// Does what is farthest back cost anything, by its order and by its words? That one of the two is shown and the
    /// other is not does not yet say that they differ: they are compared.
    fn kept_note(&self) -> Text {
        let last = self.kept.len() - 1;
        let (moved, out) = (&self.placed.rows[last].more, &self.left_out[last].more);
        let [order, words] = [moved, out].map(|more| more.difference() == Difference::Larger);
        let apart = self.apart.unwrap_or(Interval { estimate: 0.0, low: 0.0, high: 0.0 });
        let id = match (order, words, apart.difference()) {
            (true, true, _) => "kept.order-yes-words-yes",
            (false, true, Difference::Larger) => "kept.order-no-words-yes",
            (false, true, _) => "kept.order-no-apart-no",
            (true, false, Difference::Smaller) => "kept.order-yes-words-no",
            (true, false, _) => "kept.order-yes-apart-no",
            (false, false, _) => "kept.order-no-words-no",
        };
        let values = named![
            kept = self.kept[last],
            more = signed(moved.estimate),
            size = size(moved.estimate),
            range = range(moved),
            out = signed(out.estimate),
            out_size = size(out.estimate),
            out_range = range(out),
            apart = signed(apart.estimate),
            apart_range = range(&apart)
        ];
        WORDS.with(id, &values)
    }
}
