//! Tiny models of each family against transformers in `f64`.

use concepts::decoder::{Ask, Config, Model, Naming};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::weights::Gguf;

use super::cases::{Case, cases, named};
use super::files::bytes;
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

#[test]
fn token_by_token_is_the_same_as_at_once() {
    for case in cases() {
        let model = case.model();
        let decoder = model.decoder();
        let tokens = &case.texts[1].tokens;
        let at_once = decoder.pass(tokens).unwrap();
        for cuts in [vec![1; tokens.len()], vec![7, 1, 1, 15]] {
            let mut cache = decoder.start_cache();
            let mut first = 0;
            for cut in cuts {
                let rows = decoder.extend(&mut cache, &tokens[first..first + cut]).unwrap();
                first += cut;
                // A rotation that depends on the length is that of the text so far.
                let so_far = decoder.pass(&tokens[..first]).unwrap();
                let place = format!("{}, {first} tokens", case.name);
                assert_close(&place, &rows.row(cut - 1), &so_far.row(first - 1), EXACT_F64 * 100.0);
            }
            assert_eq!(cache.len(), tokens.len());
            let last = decoder.extend_last(&mut decoder.start_cache(), tokens).unwrap();
            assert_close(&case.name, &last, &at_once.row(tokens.len() - 1), EXACT_F64 * 100.0);
        }
    }
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
            assert_close(&place, &logits.row(*row), wanted, concepts::numerics::tolerance::ORACLE_F32);
        }
    }
}

#[test]
fn the_same_weights_in_the_form_of_llama_cpp_say_the_same() {
    for name in ["llama plain", "gemma3 plain", "gpt2 plain"] {
        by_gguf(&named(name));
    }
}
