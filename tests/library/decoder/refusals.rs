//! Files and questions that are refused, each with one clear line.

use concepts::budget::RopeMethod;
use concepts::decoder::{Change, Config, DecoderError, FromFile, Keys, Model, Naming, Stored, Tensors};
use concepts::position::rope::Scaling;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::cases::named;
use super::files::tensors;

#[test]
fn tensors_must_be_those_of_the_configuration() {
    let case = named("llama plain");
    let config = Config::from_huggingface(&case.config, "llama").unwrap().config;
    let load = |tensors: &BTreeMap<String, Stored>| Model::new(config.clone(), Naming::HuggingFace, tensors);
    let whole = tensors("llama");
    assert!(load(&whole).unwrap().unused().is_empty());

    for name in whole.keys() {
        let mut without = whole.clone();
        without.remove(name);
        let missing = load(&without).unwrap_err();
        assert!(matches!(&missing, DecoderError::MissingTensor { .. }), "{name}: {missing}");
        assert!(missing.to_string().contains(name) && !missing.to_string().contains('\n'));

        let mut other = whole.clone();
        other.get_mut(name).unwrap().shape[0] += 1;
        assert!(matches!(load(&other), Err(DecoderError::Shape { name: found, .. }) if found == *name));
        let mut short = whole.clone();
        short.get_mut(name).unwrap().values.pop();
        assert!(matches!(load(&short), Err(DecoderError::Shape { name: found, .. }) if found == *name));
    }

    let mut more = whole.clone();
    let bias = Stored { shape: vec![32], values: vec![0.0; 32] };
    more.insert("model.layers.1.self_attn.q_proj.bias".into(), bias.clone());
    let surplus = load(&more).unwrap_err();
    assert!(matches!(&surplus, DecoderError::SurplusTensor { count: 1, .. }), "{surplus}");
    // A table that is computed anyway is let be, and named.
    let mut table = whole.clone();
    table.insert("model.layers.0.self_attn.rotary_emb.inv_freq".into(), bias);
    assert_eq!(load(&table).unwrap().unused(), ["model.layers.0.self_attn.rotary_emb.inv_freq"]);
    // Some files leave out the first part of every name.
    let bare: BTreeMap<String, Stored> = whole
        .iter()
        .map(|(name, tensor)| (name.trim_start_matches("model.").to_string(), tensor.clone()))
        .collect();
    assert_eq!(load(&bare).unwrap(), load(&whole).unwrap());
}

#[test]
fn configurations_are_refused_by_the_field() {
    for (change, wanted) in [
        (r#""partial_rotary_factor": 2"#, "\"partial_rotary_factor\" is 2, but must be a number above 0"),
        (r#""partial_rotary_factor": 0"#, "\"partial_rotary_factor\" is 0"),
        (
            r#""head_dim": 7"#,
            "\"head_dim\" is 7, but must be a width of which each head turns an even number",
        ),
        (r#""rms_norm_eps": "small""#, "\"rms_norm_eps\" is \"small\"; it must be a finite number above 0"),
        (r#""rms_norm_eps": -1"#, "\"rms_norm_eps\" is -1"),
        (r#""hidden_act": "swoosh""#, "\"hidden_act\" is \"swoosh\"; it must be silu"),
        (r#""hidden_size": 0"#, "d_model"),
        (r#""num_key_value_heads": 3"#, "3"),
        (r#""rope_scaling": {"rope_type": "spiral"}"#, "spiral"),
        (r#""num_hidden_layers": 10000000"#, "4096"),
    ] {
        let mut fields = json!({"model_type": "llama", "hidden_size": 32, "num_hidden_layers": 2,
            "num_attention_heads": 4, "vocab_size": 64, "intermediate_size": 48});
        let change: Map<String, Value> = serde_json::from_str(&format!("{{{change}}}")).unwrap();
        fields.as_object_mut().unwrap().extend(change.clone());
        let refused = Config::from_huggingface(&fields.to_string(), "config.json").unwrap_err().to_string();
        assert!(refused.contains(wanted) && !refused.contains('\n'), "{change:?}: {refused}");
    }
    for (model_type, wanted) in [
        ("\"mamba2\"", "\"mamba2\" is not run; those that are run are llama, mistral, qwen2"),
        ("5", "\"model_type\" is 5; it must be the name of an architecture"),
        ("null", "\"model_type\" is null; it must be the name"),
        ("NaN", "\"model_type\" is NaN; it must be the name"),
        ("[]", "\"model_type\" is []; it must be the name"),
    ] {
        let text = format!(r#"{{"model_type": {model_type}, "hidden_size": 32}}"#);
        let refused = Config::from_huggingface(&text, "config.json").unwrap_err().to_string();
        assert!(refused.contains(wanted), "{refused}");
    }
    for text in ["", "[]", "{", "null"] {
        assert!(matches!(Config::from_huggingface(text, "x"), Err(DecoderError::NotJson { .. })), "{text}");
    }
}

#[test]
fn what_is_not_used_is_named() {
    let text = r#"{"model_type": "gemma3_text", "hidden_size": 32, "num_hidden_layers": 7, "head_dim": 8,
        "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 64, "intermediate_size": 48,
        "attn_logit_softcapping": 50.0, "n_magic": 3, "bos_token_id": 2, "torch_dtype": "bfloat16",
        "sliding_window": 16, "rope_local_base_freq": 5000.0, "rope_theta": 1000000.0}"#;
    let read = Config::from_huggingface(text, "config.json").unwrap();
    assert_eq!(read.unused, ["n_magic", "attn_logit_softcapping"]);
    let config = read.config;
    assert_eq!(config.ropes.iter().map(|rope| rope.base).collect::<Vec<_>>(), [1e6, 5000.0]);
    let windows: Vec<bool> = config.layers.iter().map(|layer| layer.window == Some(16)).collect();
    assert_eq!(windows, [true, true, true, true, true, false, true]);
    assert!(config.layers.iter().all(|layer| layer.rope == Some(usize::from(layer.window.is_some()))));
    assert!(read.assumed.iter().any(|(field, value)| field == "query_pre_attn_scalar" && value == "256"));
}

/// Of two bases the inner one counts.
#[test]
fn a_base_beside_the_one_that_counts_is_named() {
    let read = |rest: &str| {
        let text = format!(
            r#"{{"model_type": "llama", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
            "vocab_size": 64, "intermediate_size": 48, "max_position_embeddings": 64, {rest}}}"#
        );
        let read = Config::from_huggingface(&text, "config.json").unwrap();
        (read.config.ropes[0].base, read.unused)
    };
    let inner = r#""rope_parameters": {"rope_type": "default", "rope_theta": 5000.0}"#;
    let (base, unused) = read(&format!(r#""rope_theta": 10000.0, {inner}"#));
    assert_eq!((base, unused), (5000.0, vec!["rope_theta".to_string()]));
    assert_eq!(read(&format!(r#""rope_theta": 5000, {inner}"#)), (5000.0, Vec::new()));
    assert_eq!(read(r#""rope_theta": 5000"#), (5000.0, Vec::new()));
}

#[test]
fn texts_and_changes_are_refused() {
    let model = Model::random(Config::small(), 7).unwrap();
    let decoder = model.decoder();
    assert_eq!(decoder.pass(&[]), Err(DecoderError::NoTokens));
    assert_eq!(decoder.pass(&[1, 32]), Err(DecoderError::UnknownToken { token: 32, vocab: 32 }));
    let gpt2 = named("gpt2 plain").model();
    assert_eq!(gpt2.decoder().pass(&[1; 33]), Err(DecoderError::TooLong { tokens: 33, context: 32 }));
    let foreign = gpt2.decoder().extend(&mut decoder.start_cache(), &[1]);
    assert!(matches!(foreign, Err(DecoderError::ForeignCache { .. })));
    let pooled = model.decoder_with(&[Change::PoolKvHeads(1)]).unwrap();
    assert!(pooled.extend(&mut decoder.start_cache(), &[1]).is_err());

    assert_eq!(gpt2.decoder_with(&[Change::RopeOff]).unwrap_err(), DecoderError::NoRotation);
    assert!(matches!(
        model.decoder_with(&[Change::DropHeads(vec![(0, 4)])]).unwrap_err(),
        DecoderError::NoSuch { number: 4, count: 4, .. }
    ));
    for asked in [0, 3] {
        let refused = model.decoder_with(&[Change::PoolKvHeads(asked)]).unwrap_err();
        assert_eq!(refused, DecoderError::Pool { kv_heads: 2, asked });
    }
    assert_eq!(model.decoder_with(&[Change::CacheBits(3)]).unwrap_err(), DecoderError::CacheBits { bits: 3 });
}

/// Metadata of a file as lists of numbers and words.
struct Written(Vec<(&'static str, Is)>);

enum Is {
    Whole(u64),
    Number(f64),
    Word(&'static str),
    List(Vec<u64>),
}

impl Keys for Written {
    fn keys(&self) -> Vec<String> {
        self.0.iter().map(|(key, _)| (*key).to_string()).collect()
    }
    fn whole(&self, key: &str) -> Option<u64> {
        self.0.iter().find_map(|(this, is)| match is {
            Is::Whole(number) if *this == key => Some(*number),
            _ => None,
        })
    }
    fn number(&self, key: &str) -> Option<f64> {
        self.0.iter().find_map(|(this, is)| match is {
            Is::Number(number) if *this == key => Some(*number),
            Is::Whole(number) if *this == key => Some(*number as f64),
            _ => None,
        })
    }
    fn word(&self, key: &str) -> Option<String> {
        self.0.iter().find_map(|(this, is)| match is {
            Is::Word(word) if *this == key => Some((*word).to_string()),
            _ => None,
        })
    }
    fn wholes(&self, key: &str) -> Option<Vec<u64>> {
        self.0.iter().find_map(|(this, is)| match is {
            Is::List(list) if *this == key => Some(list.clone()),
            _ => None,
        })
    }
    fn shown(&self, key: &str) -> String {
        let shown = |is: &Is| match is {
            Is::Whole(number) => number.to_string(),
            Is::Number(number) => number.to_string(),
            Is::Word(word) => format!("{word:?}"),
            Is::List(list) => format!("{list:?}"),
        };
        self.0.iter().find(|(this, _)| *this == key).map(|(_, is)| shown(is)).unwrap_or_default()
    }
}

fn plain() -> Vec<(&'static str, Is)> {
    vec![
        ("general.architecture", Is::Word("llama")),
        ("llama.embedding_length", Is::Whole(32)),
        ("llama.block_count", Is::Whole(2)),
        ("llama.context_length", Is::Whole(64)),
        ("llama.feed_forward_length", Is::Whole(48)),
        ("llama.attention.head_count", Is::Whole(4)),
    ]
}

fn embedding() -> BTreeMap<String, Stored> {
    let table = Stored { shape: vec![64, 32], values: vec![0.0; 64 * 32] };
    BTreeMap::from([("token_embd.weight".to_string(), table)])
}

#[test]
fn metadata_is_refused_by_the_key() {
    let read = |keys: Vec<(&'static str, Is)>| Config::from_gguf(&Written(keys), &embedding());
    let whole = read(plain()).unwrap();
    assert_eq!((whole.config.vocab, whole.config.kv_heads, whole.config.head_dim), (64, 4, 8));
    assert!(whole.assumed.iter().any(|(key, _)| key == "llama.rope.freq_base"));
    for left_out in 0..plain().len() {
        let mut keys = plain();
        let (key, _) = keys.remove(left_out);
        assert_eq!(read(keys).unwrap_err(), DecoderError::MissingKey { key: key.into() });
    }
    for (key, is, wanted) in [
        (
            "llama.attention.head_count_kv",
            Is::Whole(3),
            "\"llama.attention.head_count_kv\" is 3; it must be a divisor",
        ),
        ("llama.attention.head_count_kv", Is::List(vec![2, 4]), "is [2, 4]; it must be a whole number"),
        ("llama.attention.key_length", Is::Word("wide"), "is \"wide\"; it must be a whole number"),
        ("llama.attention.value_length", Is::Whole(9), "is 9; it must be the width of a key"),
        ("llama.rope.dimension_count", Is::Whole(10), "is 10; it must be an even number, at most the width"),
        ("llama.rope.dimension_count", Is::Whole(3), "is 3; it must be an even number"),
        ("llama.rope.freq_base", Is::Number(f64::NAN), "is NaN; it must be a finite number above 0"),
        (
            "llama.rope.scaling.type",
            Is::Word("spiral"),
            "\"llama.rope.scaling.type\" is \"spiral\"; it must be none",
        ),
        ("llama.rope.scaling.type", Is::Whole(7), "is 7; it must be none, linear, yarn"),
        ("llama.attention.head_count_kv", Is::Whole(0), "is 0; it must be a whole number"),
    ] {
        let mut keys = plain();
        keys.push((key, is));
        let refused = read(keys).unwrap_err().to_string();
        assert!(refused.contains(wanted), "{key}: {refused}");
    }
    let mut keys = plain();
    keys[1].1 = Is::Whole(1);
    let refused = read(keys).unwrap_err().to_string();
    assert!(refused.contains("\"llama.embedding_length\" is 1; it must be at least the number of heads"));
    let mut keys = plain();
    keys[0].1 = Is::Whole(5);
    let refused = read(keys).unwrap_err().to_string();
    assert!(refused.contains("\"general.architecture\" is 5; it must be the name"), "{refused}");
    let mut keys = plain();
    keys.push(("llama.magic", Is::Whole(1)));
    keys.push(("tokenizer.ggml.model", Is::Word("gpt2")));
    assert_eq!(read(keys).unwrap().unused, ["llama.magic"]);
    for (size, unused) in [(64, None), (63, Some("llama.vocab_size = 63".to_string()))] {
        let keys = plain().into_iter().chain([("llama.vocab_size", Is::Whole(size))]).collect();
        assert_eq!(read(keys).unwrap().unused, Vec::from_iter(unused));
    }
    let no_embedding = Config::from_gguf(&Written(plain()), &BTreeMap::<String, Stored>::new());
    assert!(matches!(no_embedding, Err(DecoderError::MissingTensor { .. })));
    assert!(embedding().shape("other").is_none());
}

#[test]
fn factors_of_pairs_in_a_file_are_used() {
    let mut tensors = embedding();
    let factors = Stored { shape: vec![4], values: vec![1.0, 2.0, 4.0, 8.0] };
    tensors.insert("rope_freqs.weight".into(), factors);
    let config = Config::from_gguf(&Written(plain()), &tensors).unwrap().config;
    let theta = config.ropes[0].frequencies(10).unwrap();
    let trained = config.ropes[0].trained().unwrap();
    assert!(theta.iter().zip(trained).zip([1.0, 2.0, 4.0, 8.0]).all(|((a, b), by)| *a == b / by));
}

/// llama.cpp takes linear interpolation where a file has a factor and no kind, as files of 2023 do.
#[test]
fn a_factor_without_a_kind_is_one_of_linear_interpolation() {
    let read = |keys: Vec<(&'static str, Is)>| {
        let keys = plain().into_iter().chain(keys).collect();
        Config::from_gguf(&Written(keys), &embedding()).unwrap()
    };
    let method = |file: &FromFile| file.config.ropes[0].method.clone();
    let linear = RopeMethod::Scaled(Scaling::Interpolation { factor: 4.0 });
    for key in ["llama.rope.scale_linear", "llama.rope.scaling.factor"] {
        let file = read(vec![(key, Is::Number(4.0))]);
        assert_eq!((method(&file), file.config.ropes[0].kind.as_str()), (linear.clone(), "linear"));
        assert!(file.assumed.contains(&("llama.rope.scaling.type".into(), "linear".into())));
        assert!(file.unused.is_empty(), "{:?}", file.unused);
    }
    let zero = read(vec![("llama.rope.scaling.factor", Is::Number(0.0))]);
    assert_eq!(method(&zero), RopeMethod::Scaled(Scaling::Interpolation { factor: 1.0 }));
    assert!(zero.unused.is_empty(), "{:?}", zero.unused);
    // Without a factor it stretches by nothing.
    let plain = read(vec![("llama.rope.scaling.type", Is::Word("yarn"))]);
    assert!(plain.assumed.contains(&("llama.rope.scaling.factor".into(), "1".into())));
    let none = read(vec![
        ("llama.rope.scaling.type", Is::Word("none")),
        ("llama.rope.scaling.factor", Is::Number(4.0)),
    ]);
    assert_eq!(method(&none), RopeMethod::Scaled(Scaling::None));
    assert_eq!(none.unused, ["llama.rope.scaling.factor"]);
    assert_eq!(method(&read(Vec::new())), RopeMethod::Scaled(Scaling::None));
}
