//! How far another order of the tokens before it moves the stream at the last token, layer by layer.

use concepts::decoder::{Ask, Change, Decoder, Layers, Model};
use concepts::numerics::tolerance::EXACT_F64;
use ndarray::{Array1, Array2};

use crate::kit::figure::Figure;
use crate::kit::figure::Scale::{Linear, Log};
use crate::kit::knob::Refusal;
use crate::kit::sketch::Sketch;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::named;

/// By layers passed, from one on: how far the stream moves, as a share of its own length; the largest of some texts.
pub(super) struct Depth {
    pub(super) placed: Vec<f64>,
    pub(super) none: Vec<f64>,
}

/// What is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picture {
    /// The first layer sees a set, the others see order.
    SetFirst,
    /// There is one layer, and it sees a set.
    OneLayer,
    /// Neither.
    Other,
}

impl Depth {
    /// `pairs`: the same tokens in order and in another order, the last one the same.
    pub(super) fn new(twin: &Model, pairs: &[[Vec<u32>; 2]]) -> Result<Depth, Refusal> {
        let none = twin.decoder_with(&[Change::NoPositions])?;
        Ok(Depth { placed: moves(&twin.decoder(), pairs)?, none: moves(&none, pairs)? })
    }

    /// Is the first layer blind to order without positions, and no other? One layer alone has no other to see it.
    pub(super) fn picture(&self) -> Picture {
        let (first, deeper) = (self.none.first(), self.none.get(1..).unwrap_or_default());
        let blind = first.is_some_and(|moves| *moves < EXACT_F64);
        match (blind, deeper.iter().all(|moves| *moves > EXACT_F64)) {
            (true, true) if deeper.is_empty() => Picture::OneLayer,
            (true, true) => Picture::SetFirst,
            _ => Picture::Other,
        }
    }

    pub(super) fn figure(&self) -> Figure {
        let by_layer =
            |moves: &[f64]| moves.iter().zip(1..).map(|(y, x)| (f64::from(x), *y)).collect::<Vec<_>>();
        Sketch::lines("real-depth", &WORDS, [Linear, Log])
            .measured("placed", by_layer(&self.placed))
            .measured("none", by_layer(&self.none))
            .figure()
    }

    pub(super) fn note(&self) -> Text {
        let at = |moves: &[f64], layer: usize| moves.get(layer).copied().unwrap_or(0.0);
        let last = self.none.len().saturating_sub(1);
        let values = named![
            layers = self.none.len(),
            first = at(&self.none, 0),
            second = at(&self.none, 1),
            last = at(&self.none, last),
            placed = at(&self.placed, 0)
        ];
        let id = match self.picture() {
            Picture::SetFirst if self.none.len() == 2 => "real-depth.two",
            Picture::SetFirst => "real-depth.set",
            Picture::OneLayer => "real-depth.one",
            Picture::Other => "real-depth.other",
        };
        WORDS.with(id, &values)
    }
}

fn moves(decoder: &Decoder, pairs: &[[Vec<u32>; 2]]) -> Result<Vec<f64>, Refusal> {
    let mut most = vec![0.0; decoder.config().layers.len()];
    for [ordered, other] in pairs {
        let (ordered, other) = (last_rows(decoder, ordered)?, last_rows(decoder, other)?);
        for ((most, a), b) in most.iter_mut().zip(&ordered).zip(&other) {
            *most = length(&(b - a)).max(*most * length(a)) / length(a);
        }
    }
    Ok(most)
}

/// What leaves each layer at the last token.
fn last_rows(decoder: &Decoder, tokens: &[u32]) -> Result<Vec<Array1<f64>>, Refusal> {
    let layers = (1..=decoder.config().layers.len()).collect();
    let seen = decoder.watch(tokens, &Ask { residual: Layers::Of(layers), ..Ask::default() })?;
    let last = |(_, x): &(usize, Array2<f64>)| x.row(x.nrows() - 1).to_owned();
    Ok(seen.residual.iter().map(last).collect())
}

fn length(x: &Array1<f64>) -> f64 {
    x.dot(x).sqrt()
}
