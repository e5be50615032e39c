//! The parameters of a model, term by term.

use super::{Bias, BudgetError, Experts, HeadNorm, Indexer, Kind, Latent, ModelConfig};
use crate::budget::words::Quantity;

/// One kind of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What they are.
    pub name: &'static str,
    /// How many, in the whole model.
    pub count: u64,
    /// How many of them one token uses.
    pub active: u64,
}

/// All parameters of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// Term by term, from the bottom to the top.
    pub terms: Vec<Term>,
}

impl Parameters {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.terms.iter().map(|term| term.count).sum()
    }

    /// Those of one term that a token uses, 0 if there is no such term.
    pub fn active_in(&self, name: &str) -> u64 {
        self.terms.iter().filter(|term| term.name == name).map(|term| term.active).sum()
    }

    /// Those that one token uses: fewer than all where there are experts.
    pub fn active(&self) -> u64 {
        self.terms.iter().map(|term| term.active).sum()
    }
}

/// Counts the parameters of a model.
///
/// # Formula
/// per layer: queries `d·H·d_h`, keys and values `d·G·d_h` each, output `H·d_h·d`, feed-forward `2·d·d_ff`
/// or with a gate `3·d·d_ff`, norms; for the whole: embedding `V·d`, a second one for the output if it is
/// not tied. What reads images is a term of its own, of which text uses nothing
///
/// # Errors
/// As [`ModelConfig::check`], or [`BudgetError::Overflow`] for absurd sizes.
///
/// # Examples
/// ```
/// use concepts::budget::{find, parameters};
/// assert_eq!(parameters(&find("llama-2-7b")?.config)?.total(), 6_738_415_616);
/// let mixtral = parameters(&find("mixtral-8x7b")?.config)?;
/// assert_eq!((mixtral.total(), mixtral.active()), (46_702_792_704, 12_879_925_248));
/// # Ok::<(), concepts::budget::BudgetError>(())
/// ```
pub fn parameters(config: &ModelConfig) -> Result<Parameters, BudgetError> {
    config.check()?;
    let c = Wide(config);
    let terms = [
        once("embedding", c.vocab() * c.d()),
        once("positions", c.positions()),
        attention(&c),
        once("recurrence", c.recurrence()),
        feed_forward(&c),
        once("norms", c.norms()),
        once("output", c.output()),
        ("images", c.0.images.into(), 0),
    ];
    let fits = |x: u128| u64::try_from(x).map_err(|_| BudgetError::Overflow { what: Quantity::Parameters });
    let terms = terms
        .into_iter()
        .map(|(name, count, active)| Ok(Term { name, count: fits(count)?, active: fits(active)? }));
    let terms: Vec<Term> = terms.collect::<Result<_, BudgetError>>()?;
    // Each term fits; their sum must as well.
    fits(terms.iter().map(|term| u128::from(term.count)).sum())?;
    Ok(Parameters { terms })
}

type Counted = (&'static str, u128, u128);

fn once(name: &'static str, count: u128) -> Counted {
    (name, count, count)
}

/// The configuration in numbers wide enough for any product.
struct Wide<'a>(&'a ModelConfig);

impl Wide<'_> {
    fn d(&self) -> u128 {
        self.0.d_model.into()
    }

    fn vocab(&self) -> u128 {
        self.0.vocab.into()
    }

    /// Blocks of attention and feed-forward: of an encoder–decoder, both stacks.
    fn blocks(&self) -> u128 {
        u128::from(self.0.layers) + u128::from(self.0.encoder_layers)
    }

    /// Blocks with attention: those of a decoder that keep a state have none.
    fn attending(&self) -> u128 {
        u128::from(self.0.attention_layers()) + u128::from(self.0.encoder_layers)
    }

    /// Layers of a decoder that looks at an encoder: each has a second attention, and a norm before it.
    fn crossing(&self) -> u128 {
        if self.0.cross_attention { self.0.layers.into() } else { 0 }
    }

    /// Layers with a state, without their norms.
    fn recurrence(&self) -> u128 {
        self.0.recurrent.map_or(0, |state| u128::from(state.layers) * u128::from(state.parameters))
    }

    /// Stacks of layers.
    fn stacks(&self) -> u128 {
        if self.0.kind == Kind::EncoderDecoder { 2 } else { 1 }
    }

    /// Learned positions, token types, relative biases.
    fn positions(&self) -> u128 {
        let rows = u128::from(self.0.learned_positions) + u128::from(self.0.token_types);
        let places = if self.0.relative_each { self.blocks() } else { self.stacks() };
        rows * self.d() + places * u128::from(self.0.relative_buckets) * u128::from(self.0.heads)
    }

    /// Norms: of layers, of the whole, of the heads, and those inside of latent attention, its indexer and
    /// layers with a state.
    fn norms(&self) -> u128 {
        let norm = self.0.norm;
        let numbers = u128::from(norm.numbers);
        let [heads, kv_heads, of_head] = [self.0.heads, self.0.kv_heads, self.0.head_dim].map(u128::from);
        let whole = if norm.whole { self.stacks() } else { 0 } + u128::from(norm.embedding);
        let wide = u128::from(norm.per_layer) * self.blocks() + self.crossing() + whole;
        let normed = match norm.query_key {
            HeadNorm::None => 0,
            HeadNorm::Each => 2 * of_head,
            HeadNorm::Together => (heads + kv_heads) * of_head,
        };
        let of_heads = numbers * normed * self.attending();
        let latent = self.0.latent.map_or(0, |latent| u128::from(latent.q_rank) + u128::from(latent.kv_rank));
        // The indexer normalises its key with gain and bias.
        let indexer = self.0.indexer.map_or(0, |indexer| 2 * u128::from(indexer.width));
        let state = self.0.recurrent.map_or(0, |state| u128::from(state.layers) * u128::from(state.norms));
        wide * numbers * self.d() + of_heads + self.attending() * (latent + indexer) + state
    }

    fn output(&self) -> u128 {
        let head = if self.0.tied { 0 } else { self.vocab() * self.d() };
        let bias = if self.0.output_bias { self.vocab() } else { 0 };
        let pooler = if self.0.pooler { self.d() * self.d() + self.d() } else { 0 };
        head + bias + pooler
    }
}

fn attention(c: &Wide) -> Counted {
    let config = c.0;
    let (heads, kv_heads, d_h) =
        (u128::from(config.heads), u128::from(config.kv_heads), u128::from(config.head_dim));
    let each = match config.latent {
        Some(latent) => {
            of_latent(&latent, c.d(), heads, config.bias)
                + config.indexer.map_or(0, |indexer| of_indexer(&indexer, c.d(), latent.q_rank.into()))
        }
        None => {
            let queries = heads * d_h * if config.query_gate { 2 } else { 1 };
            let into = queries + 2 * kv_heads * d_h;
            c.d() * (into + heads * d_h)
                + if config.bias.qkv { into } else { 0 }
                + if config.bias.output { c.d() } else { 0 }
                + if config.sinks { heads } else { 0 }
        }
    };
    once("attention", (c.attending() + c.crossing()) * each)
}

/// DeepSeek-AI 2024, *DeepSeek-V2*, section 2.1: compressed queries, compressed keys and values with their
/// rotary key. Biases belong to the compressing matrices and the output. The norms of the two compressed
/// vectors are counted with the norms.
fn of_latent(latent: &Latent, d: u128, heads: u128, bias: Bias) -> u128 {
    let [q_rank, kv_rank, nope, rope, value] =
        [latent.q_rank, latent.kv_rank, latent.nope, latent.rope, latent.value].map(u128::from);
    let query = heads * (nope + rope);
    let queries = if q_rank == 0 { d * query } else { d * q_rank + q_rank * query };
    let keys_and_values = d * (kv_rank + rope) + kv_rank * heads * (nope + value);
    let biases = if bias.qkv { q_rank + kv_rank + rope } else { 0 } + if bias.output { d } else { 0 };
    queries + keys_and_values + heads * value * d + biases
}

/// Queries from the compressed query, one key, and a weight for each head.
fn of_indexer(indexer: &Indexer, d: u128, q_rank: u128) -> u128 {
    let [heads, width] = [indexer.heads, indexer.width].map(u128::from);
    q_rank * heads * width + d * width + d * heads
}

fn feed_forward(c: &Wide) -> Counted {
    let config = c.0;
    // Matrices into the wide layer; one leads out of it.
    let into = if config.gated { 2 } else { 1 };
    let seeing = |d: u128, d_ff: u64, bias: bool| {
        let d_ff = u128::from(d_ff);
        (into + 1) * d * d_ff + if bias && d_ff > 0 { into * d_ff + d } else { 0 }
    };
    let network = |d_ff| seeing(c.d(), d_ff, config.bias.feed_forward);
    let networks = c.blocks().saturating_sub(config.without_network.into());
    let Some(experts) = config.experts else {
        return once("feed-forward", networks * network(config.d_ff));
    };
    let dense_layers = networks.min(experts.dense_layers.into());
    let width = if experts.inner == 0 { c.d() } else { experts.inner.into() };
    let one = seeing(width, experts.d_ff, experts.bias);
    let every = router(c, &experts) + projected(c, &experts) + network(experts.shared_d_ff);
    let with = |chosen: u64| {
        let sparse = u128::from(chosen) * one + every;
        dense_layers * network(config.d_ff) + (networks - dense_layers) * sparse
    };
    ("feed-forward", with(experts.count), with(experts.active))
}

/// What chooses the experts.
fn router(c: &Wide, experts: &Experts) -> u128 {
    let count = u128::from(experts.count);
    let numbers = if experts.bias || experts.router_bias { count } else { 0 };
    c.d() * (count + u128::from(experts.shared_gate)) + numbers
}

/// Down to the width that the experts see, and up again.
fn projected(c: &Wide, experts: &Experts) -> u128 {
    let inner = u128::from(experts.inner);
    let biases = if c.0.bias.feed_forward && inner > 0 { inner + c.d() } else { 0 };
    2 * c.d() * inner + biases
}
