//! What the page shows.
//!
//! | file | what it shows |
//! |---|---|
//! | [`sharing`] | who shares what |
//! | [`own`] | a configuration of one's own: what was read, assumed, left out |
//! | [`layouts`] | a model with other numbers of key/value heads |
//! | [`sizes`] | parameters and the cache, factor by factor |
//! | [`models`] | real models |
//! | [`operations`] | the arithmetic of a token |
//! | [`accelerators`] | the accelerators, and the published models, as lists |
//! | [`roofline`] | bytes against operations, on an accelerator |
//! | [`decoding`] | one step of decoding as heads are shared |
//! | [`limits`] | how far sharing keys and values pays |
//! | [`latent`] | latent attention |
//! | [`fits`] | what fits into a memory |
//! | `beside` | sizes beside the memory that they do or do not fit into |
//! | [`training`] | the memory of training |
//! | [`activations`] | what is kept for the backward pass |
//! | [`published_errors`] | published numbers that do not add up |

mod accelerators;
mod activations;
mod beside;
pub(crate) mod decoding;
mod fits;
mod latent;
pub(crate) mod layouts;
pub(crate) mod limits;
mod models;
mod operations;
mod own;
mod published_errors;
pub(crate) mod roofline;
mod sharing;
mod sizes;
mod training;

use concepts::budget::{BudgetError, Kind};

use super::WORDS;
use super::setup::Setup;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::row;

pub(crate) use accelerators::listed;

pub(crate) fn steps(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = sharing::sharing(setup)?;
    costs(&mut f, setup)?;
    Ok(f)
}

fn costs(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    sizes::sizes(f, setup)?;
    f.table("models", models::models(setup)?);
    latent::latent(f, setup)?;
    operations::operations(f, setup)?;
    roofline::roofline(f, setup)?;
    decoding::decoding(f, setup)?;
    f.table("fits", fits::fits(setup)?);
    training::training(f, setup)?;
    activations::activations(f, setup)?;
    f.table("exercises", published_errors::published_errors()?);
    Ok(())
}

/// Does the model write token by token from one stack?
pub(crate) fn writes(setup: &Setup) -> bool {
    setup.model.kind == Kind::Decoder && !setup.model.cross_attention
}

/// In the place of a table about writing, for a model that does not write from one stack.
fn silent(setup: &Setup) -> Table {
    let grid = Grid::new("silent", &WORDS);
    let why = match &setup.model {
        model if model.kind == Kind::Encoder => "encoder",
        model if model.attention_layers() == 0 => "no-attention",
        _ => "two-stacks",
    };
    let why = grid.word(why);
    grid.row(row![setup.title.clone(), why]).table()
}
