//! How many numbers each model learns.

use concepts::budget::{BudgetError, Kind, ModelConfig, find, parameters, published};
use concepts::classical::{LstmTagger, crf_parameters, hidden_markov_parameters, linear_parameters};

/// Tags of names: begin and inside of four kinds, and outside.
pub(crate) const NAME_TAGS: u64 = 9;
/// An LSTM tagger as one had it: a vocabulary of 20 000 words, two layers that read both ways.
pub(crate) const LSTM: LstmTagger =
    LstmTagger { words: 20_000, embedding: 300, hidden: 512, layers: 2, both_ways: true, tags: NAME_TAGS };

/// A tagger that counts, of the size that one had: tags and words.
pub(crate) const COUNTED: (u64, u64) = (20, 20_000);

/// A model by the id of its words, and how many numbers it learns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sized {
    pub id: &'static str,
    pub parameters: u64,
    /// Is it trained or fine-tuned for each task?
    pub classical: bool,
}

/// T5 with 11 billion parameters: base's form with the sizes of its paper (Raffel et al. 2020, section 3.7).
fn t5_11b() -> Result<ModelConfig, BudgetError> {
    let base = find("t5-base")?.config.clone();
    Ok(ModelConfig {
        layers: 24,
        encoder_layers: 24,
        d_model: 1024,
        heads: 128,
        kv_heads: 128,
        head_dim: 128,
        d_ff: 65_536,
        ..base
    })
}

/// From small to large. `tagger` is (tags, symbols), `classifier` (labels, units).
pub(crate) fn sizes(tagger: (u64, u64), classifier: (u64, u64)) -> Result<Vec<Sized>, BudgetError> {
    let model = |name: &str| Ok::<u64, BudgetError>(parameters(&find(name)?.config)?.total());
    let classical = [
        ("crf", crf_parameters(NAME_TAGS, 0)),
        ("hidden", hidden_markov_parameters(tagger.0, tagger.1)),
        ("linear", linear_parameters(classifier.0, classifier.1)),
        ("lstm", LSTM.parameters()),
        ("bert-base", model("bert-base")?),
        ("bert-large", model("bert-large")?),
    ];
    let mut all: Vec<Sized> =
        classical.map(|(id, parameters)| Sized { id, parameters, classical: true }).to_vec();
    for (id, parameters) in [
        ("t5-base", model("t5-base")?),
        ("t5-11b", parameters(&t5_11b()?)?.total()),
        ("gpt-3", model("gpt-3-175b")?),
    ] {
        all.push(Sized { id, parameters, classical: id != "gpt-3" });
    }
    all.sort_by_key(|model| model.parameters);
    Ok(all)
}

/// Models that people trained or fine-tuned for a task each, from small to large: the page's own small ones are none of
/// them.
pub(crate) fn for_each_task() -> Result<Vec<Sized>, BudgetError> {
    let own = ["crf", "hidden", "linear"];
    let mut all = sizes(COUNTED, (2, 1))?;
    all.retain(|model| model.classical && !own.contains(&model.id));
    let parameters = hidden_markov_parameters(COUNTED.0, COUNTED.1);
    all.insert(0, Sized { id: "counted", parameters, classical: true });
    Ok(all)
}

/// Parameters of all decoders of the project's table, GPT-2 apart, which came before prompting was the point.
pub(crate) fn language_models() -> Result<Vec<u64>, BudgetError> {
    let all = published().iter();
    let decoders = all.filter(|model| model.config.kind == Kind::Decoder && !model.id.starts_with("gpt-2"));
    decoders.map(|model| Ok(parameters(&model.config)?.total())).collect()
}
