//! A Gemma 3 that sees images: its language model is run, and what is left out is named.

use std::collections::BTreeMap;

use concepts::decoder::fast::FastModel;
use concepts::decoder::{Config, Keeping, Model, Naming, Stored};
use concepts::numerics::tolerance::DECODER_F32;
use concepts::weights::{Encoding, Tensor};
use serde_json::{Value, json};

use super::cases::named;
use super::files::tensors;

/// The configuration of a language model as part of one that sees.
fn seeing(language: &str) -> String {
    let mut language: Value = serde_json::from_str(language).unwrap();
    let tied = language["tie_word_embeddings"].as_bool().unwrap_or(true);
    language["n_magic"] = 3.into();
    let tower = json!({
        "model_type": "siglip_vision_model", "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
        "num_attention_heads": 2, "image_size": 28, "patch_size": 14, "vision_use_head": false,
    });
    json!({
        "model_type": "gemma3", "architectures": ["Gemma3ForConditionalGeneration"], "text_config": language,
        "vision_config": tower, "mm_tokens_per_image": 4, "tie_word_embeddings": tied, "eos_token_id": [1, 106],
    })
    .to_string()
}

#[test]
fn the_language_model_is_read_and_the_rest_is_named() {
    for case in ["gemma3 plain", "gemma3 caps"].map(named) {
        let alone = Config::from_huggingface(&case.config, "config.json").unwrap();
        let mut part = Config::from_huggingface(&seeing(&case.config), "config.json").unwrap();
        // What is assumed is named by where it would stand.
        for (rope, alone) in part.config.ropes.iter_mut().zip(&alone.config.ropes) {
            let inner =
                rope.assumed.iter().map(|(field, value)| (field.replace("text_config.", ""), value.clone()));
            rope.assumed = inner.collect();
            assert_eq!(rope.assumed, alone.assumed, "{}", case.name);
        }
        // The class of transformers that sees images takes its logits as they are.
        let capped = alone.config.logit_cap.is_some();
        assert_eq!(part.config, Config { logit_cap: None, ..alone.config }, "{}", case.name);
        let mut unused = part.unused;
        unused.sort();
        let wanted = ["final_logit_softcapping", "mm_tokens_per_image", "n_magic", "vision_config"];
        assert_eq!(unused, wanted[usize::from(!capped)..]);
    }
}

/// What a file of the whole calls a tensor of the language model.
type Rename = fn(&str) -> String;

fn older(name: &str) -> String {
    format!("language_model.{name}")
}

fn newer(name: &str) -> String {
    name.replace("model.", "model.language_model.")
}

/// Both ways in which files name the parts, for both decoders.
#[test]
fn tensors_of_other_parts_are_let_be() {
    let case = named("gemma3 plain");
    let config = Config::from_huggingface(&seeing(&case.config), "config.json").unwrap().config;
    let alone = case.model();
    let logits = alone.decoder().pass(&case.texts[0].tokens).unwrap();
    let ways: [(Rename, &str); 2] =
        [(older, "vision_tower.head.weight"), (newer, "model.vision_tower.head.weight")];
    for (renamed, other) in ways {
        let mut all: BTreeMap<String, Stored> =
            tensors("gemma3").into_iter().map(|(name, tensor)| (renamed(&name), tensor)).collect();
        all.insert(other.into(), Stored { shape: vec![2], values: vec![1.0; 2] });
        let model = Model::new(config.clone(), Naming::HuggingFace, &all).unwrap();
        assert_eq!(model.unused(), ["vision_tower"]);
        assert_eq!(model.decoder().pass(&case.texts[0].tokens).unwrap(), logits);

        let bytes = |tensor: &Stored| tensor.values.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
        let stored: Vec<_> = all.iter().map(|(name, tensor)| (name, &tensor.shape, bytes(tensor))).collect();
        let tensors = stored.iter().map(|(name, shape, bytes)| Tensor {
            name,
            shape: shape.to_vec(),
            encoding: Encoding::F32,
            bytes,
        });
        let fast = FastModel::new(config.clone(), Naming::HuggingFace, tensors).unwrap();
        assert_eq!(fast.unused(), ["vision_tower"]);
        let found = fast.decoder(Keeping::F32).unwrap().pass(&case.texts[0].tokens).unwrap();
        let size = logits.iter().fold(0.0, |size: f64, x| size.max(x.abs()));
        assert!(found.iter().zip(&logits).all(|(a, b)| (f64::from(*a) - b).abs() < DECODER_F32 * size));
    }
}
