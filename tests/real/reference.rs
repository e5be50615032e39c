//! The model that is named, and what transformers computes with it.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use concepts::decoder::{Config, Model, Naming};
use concepts::weights::Gguf;
use serde_json::Value;

/// The bytes of the file, once for all tests.
pub(crate) fn bytes() -> Option<&'static [u8]> {
    static BYTES: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    let read = || {
        let path = env::var("DEMO_MODEL").ok()?;
        Some(fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")))
    };
    BYTES.get_or_init(read).as_deref()
}

/// What it is built of. Everything that the file says must be understood.
pub(crate) fn config(gguf: &Gguf<'_>) -> Config {
    let read = Config::from_gguf(gguf, gguf).expect("a published model");
    assert!(read.unused.is_empty(), "{:?}", read.unused);
    read.config
}

/// The readable model, once for all tests: a gigabyte of `f64`.
pub(crate) fn twin() -> Option<&'static Model> {
    static TWIN: OnceLock<Option<Model>> = OnceLock::new();
    let load = || {
        let gguf = Gguf::parse(bytes()?).expect("a published model");
        let model = Model::new(config(&gguf), Naming::Gguf, &gguf).expect("a published model");
        assert!(model.unused().is_empty(), "{:?}", model.unused());
        Some(model)
    };
    TWIN.get_or_init(load).as_ref()
}

/// What transformers computed with this model.
pub(crate) struct Reference(Value);

/// A prompt, and the logits after its last token.
pub(crate) struct Prompt {
    pub(crate) text: String,
    pub(crate) tokens: Vec<u32>,
    /// The most probable tokens and their logits.
    pub(crate) top: Vec<(usize, f64)>,
    pub(crate) sum: f64,
    pub(crate) squares: f64,
}

/// The most probable token, again and again.
pub(crate) struct Greedy {
    pub(crate) prompt: Vec<u32>,
    pub(crate) continued: Vec<u32>,
    /// The logit of each, and how far it was above the next.
    pub(crate) logits: Vec<f64>,
    pub(crate) leads: Vec<f64>,
}

fn tokens(value: &Value) -> Vec<u32> {
    value.as_array().expect("tokens").iter().map(|token| token.as_u64().expect("a token") as u32).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("numbers").iter().map(|number| number.as_f64().expect("a number")).collect()
}

impl Reference {
    pub(crate) fn of(config: &Config) -> Reference {
        let name = if config.qk_norm { "gemma3.json" } else { "smollm2.json" };
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/decoder").join(name);
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Reference(serde_json::from_slice(&text).expect("JSON"))
    }

    pub(crate) fn prompts(&self) -> Vec<Prompt> {
        let prompt = |prompt: &Value| Prompt {
            text: prompt["text"].as_str().expect("a text").into(),
            tokens: tokens(&prompt["tokens"]),
            top: prompt["top"]
                .as_array()
                .expect("pairs")
                .iter()
                .map(numbers)
                .map(|pair| (pair[0] as usize, pair[1]))
                .collect(),
            sum: prompt["sum"].as_f64().expect("a number"),
            squares: prompt["squares"].as_f64().expect("a number"),
        };
        let prompts: Vec<Prompt> =
            self.0["prompts"].as_array().expect("prompts").iter().map(prompt).collect();
        assert_eq!(prompts.len(), 10);
        prompts
    }

    pub(crate) fn greedy(&self) -> Greedy {
        let greedy = &self.0["greedy"][0];
        let [logits, leads] = ["logits", "leads"].map(|name| numbers(&greedy[name]));
        Greedy { prompt: tokens(&greedy["tokens"]), continued: tokens(&greedy["continued"]), logits, leads }
    }

    /// A text, and how little each token but the first was expected, in nats.
    pub(crate) fn surprise(&self) -> (Vec<u32>, Vec<f64>) {
        (tokens(&self.0["surprise"]["tokens"]), numbers(&self.0["surprise"]["nats"]))
    }
}
