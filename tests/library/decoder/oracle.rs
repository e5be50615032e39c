//! Tiny models of each family against transformers in `f64`.

use concepts::decoder::{Ask, Config, Model, Naming};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32, ORACLE_F64};
use concepts::weights::Gguf;

use super::cases::{Case, cases, named};
use super::files::{bytes, tensors};
use crate::support::assert_close;

#[test]
fn logits_are_those_of_transformers() {
    let cases = cases();
    assert!(cases.len() > 15, "only {} cases", cases.len());
    for case in cases {
        let model = case.model();
        for text in &case.texts {
            let logits = model.decoder().pass(&text.tokens).unwrap();
            for (row, wanted) in &text.logits {
                let place = format!("{}, {} tokens, row {row}", case.name, text.tokens.len());
                assert_close(&place, &logits.row(*row), wanted, ORACLE_F64);
            }
        }
    }
}

#[test]
fn the_inside_is_that_of_transformers() {
    let mut heads = 0;
    for case in cases() {
        let model = case.model();
        for text in case.texts.iter().filter(|text| !text.attention.is_empty()) {
            let (_, seen) = model.decoder().look(&text.tokens, &Ask::everything()).unwrap();
            for ((layer, head), weights) in &seen.attention {
                let place = format!("{}, layer {layer}, head {head}", case.name);
                assert_close(&place, weights, &text.attention[*layer][*head], ORACLE_F64);
                heads += 1;
            }
            for (layer, wanted) in text.residual.iter().enumerate() {
                let (number, x) = &seen.residual[layer];
                assert_eq!(*number, layer);
                assert_close(&format!("{}, before layer {layer}", case.name), x, wanted, ORACLE_F64);
            }
            assert_eq!(seen.residual.len(), seen.activations.len() + 1);
        }
    }
    assert!(heads > 50, "only {heads} heads were compared");
}

/// Sums of a few dozen terms in another order, through three layers.
const REORDERED: f64 = 100.0 * EXACT_F64;

#[test]
fn token_by_token_is_the_same_as_at_once() {
    let mut moved = 0;
    for case in cases() {
        let model = case.model();
        let decoder = model.decoder();
        let tokens = &case.texts[1].tokens;
        // Beyond this length the rotation is another one with every token, and what deeper layers have kept is not.
        let rope =
            model.config().ropes.first().filter(|rope| ["dynamic", "longrope"].contains(&rope.kind.as_str()));
        let fixed = rope.map_or(usize::MAX, |rope| rope.train_len as usize);
        for cuts in [vec![1; tokens.len()], vec![7, 1, 1, 15]] {
            let mut cache = decoder.start_cache();
            let mut first = 0;
            for cut in cuts {
                let rows = decoder.extend(&mut cache, &tokens[first..first + cut]).unwrap();
                first += cut;
                let so_far = decoder.pass(&tokens[..first]).unwrap();
                let (last, wanted) = (rows.row(cut - 1), so_far.row(first - 1));
                if first <= fixed {
                    assert_close(&format!("{}, {first} tokens", case.name), &last, &wanted, REORDERED);
                } else {
                    let apart = (&last - &wanted).fold(0.0, |most: f64, apart| most.max(apart.abs()));
                    assert!(apart > 1e-6, "{}, {first} tokens: apart by {apart:e}", case.name);
                    moved += 1;
                }
            }
            assert_eq!(cache.len(), tokens.len());
        }
        let at_once = decoder.pass(tokens).unwrap();
        let last = decoder.extend_last(&mut decoder.start_cache(), tokens).unwrap();
        assert_close(&case.name, &last, &at_once.row(tokens.len() - 1), REORDERED);
    }
    assert_eq!(moved, 2 * (24 - 16 + 1));
}

/// transformers does not tie what differs, whatever the configuration says: models that were fine-tuned are so.
#[test]
fn a_head_that_differs_from_the_embedding_is_used_though_the_configuration_ties() {
    let case = named("llama plain");
    let tied = case.config.replace("\"tie_word_embeddings\":false", "\"tie_word_embeddings\":true");
    assert_ne!(tied, case.config);
    let mut tensors = tensors("llama");
    let config = Config::from_huggingface(&tied, "llama").unwrap().config;
    let model = |tensors: &_| Model::new(config.clone(), Naming::HuggingFace, tensors).unwrap();
    for text in &case.texts {
        let logits = model(&tensors).decoder().pass(&text.tokens).unwrap();
        for (row, wanted) in &text.logits {
            assert_close(&format!("row {row}"), &logits.row(*row), wanted, ORACLE_F64);
        }
    }
    assert!(!model(&tensors).config().tied && model(&tensors).unused().is_empty());
    // The control: one that is the embedding again is tied, and named.
    tensors.insert("lm_head.weight".into(), tensors["model.embed_tokens.weight"].clone());
    assert!(model(&tensors).config().tied);
    assert_eq!(model(&tensors).unused(), ["lm_head.weight"]);
}

/// The logits of a case by the same weights in llama.cpp's form.
fn by_gguf(case: &Case) {
    let bytes = bytes(&format!("{}.gguf", case.family));
    let file = Gguf::parse(&bytes).unwrap();
    let read = Config::from_gguf(&file, &file).unwrap();
    assert!(read.unused.is_empty(), "{:?}", read.unused);
    let model = Model::new(read.config, Naming::Gguf, &file).unwrap();
    for text in &case.texts {
        let logits = model.decoder().pass(&text.tokens).unwrap();
        for (row, wanted) in &text.logits {
            // What the file rounds to f32: gains with their 1, epsilon, the base.
            let place = format!("{}.gguf, row {row}", case.family);
            assert_close(&place, &logits.row(*row), wanted, ORACLE_F32);
        }
    }
}

#[test]
fn the_same_weights_in_the_form_of_llama_cpp_say_the_same() {
    for name in ["llama plain", "gemma3 plain", "gpt2 plain"] {
        by_gguf(&named(name));
    }
}
