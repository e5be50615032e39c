//! A real model against transformers: `DEMO_MODEL=/path/of/a.gguf cargo test --release -p concepts --test library real`.
//!
//! The files are those of `tests/fixtures/decoder/real.py`. Without the variable these tests say nothing.

use std::env;
use std::fs;

use concepts::decoder::{Change, Config, Model, Naming, head_scores, induction_scores, surprise};
use concepts::numerics::rng;
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::ORACLE_F64;
use concepts::weights::Gguf;
use rand::Rng;
use serde_json::Value;

use super::files::bytes;

/// The model that the variable names, and the reference numbers for it.
fn real() -> Option<(Model, Value)> {
    let path = env::var("DEMO_MODEL").ok()?;
    let file = fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let gguf = Gguf::parse(&file).unwrap();
    let read = Config::from_gguf(&gguf, &gguf).unwrap();
    assert!(read.unused.is_empty(), "{:?}", read.unused);
    let fixture = if read.config.qk_norm { "gemma3.json" } else { "smollm2.json" };
    let model = Model::new(read.config, Naming::Gguf, &gguf).unwrap();
    assert!(model.unused().is_empty(), "{:?}", model.unused());
    Some((model, serde_json::from_slice(&bytes(fixture)).unwrap()))
}

fn tokens(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(|token| token.as_u64().unwrap() as u32).collect()
}

/// Is it the same number, up to rounding in sums of thousands of terms of this size?
#[track_caller]
fn assert_near(place: &str, got: f64, wanted: f64, size: f64) {
    assert!((got - wanted).abs() <= ORACLE_F64 * size, "{place}: {got} instead of {wanted}");
}

#[test]
fn real_logits_are_those_of_transformers() {
    let Some((model, reference)) = real() else { return };
    let decoder = model.decoder();
    for prompt in reference["prompts"].as_array().unwrap() {
        let place = prompt["text"].as_str().unwrap();
        let logits = decoder.extend_last(&mut decoder.start_cache(), &tokens(&prompt["tokens"])).unwrap();
        for pair in prompt["top"].as_array().unwrap() {
            let (token, wanted) = (pair[0].as_u64().unwrap() as usize, pair[1].as_f64().unwrap());
            assert_near(place, logits[token], wanted, 100.0);
        }
        let squares = logits.dot(&logits);
        assert_near(place, squares, prompt["squares"].as_f64().unwrap(), 10.0 * squares);
        let size = (logits.len() as f64 * squares).sqrt();
        assert_near(place, logits.sum(), prompt["sum"].as_f64().unwrap(), 10.0 * size);
    }
}

#[test]
fn real_greedy_decoding_goes_on_as_transformers_does() {
    let Some((model, reference)) = real() else { return };
    let greedy = &reference["greedy"][0];
    let decoder = model.decoder();
    let mut cache = decoder.start_cache();
    let mut logits = decoder.extend_last(&mut cache, &tokens(&greedy["tokens"])).unwrap();
    let wanted = tokens(&greedy["continued"]);
    for (i, &token) in wanted.iter().enumerate() {
        let best = (0..logits.len()).max_by(|&a, &b| logits[a].total_cmp(&logits[b])).unwrap();
        assert_eq!(best, token as usize, "token {i} of the continuation");
        if i + 1 < wanted.len() {
            logits = decoder.extend_last(&mut cache, &[token]).unwrap();
        }
    }
    // The same text at once is as likely as token by token.
    let text = [tokens(&greedy["tokens"]), wanted].concat();
    let last = decoder.pass(&text[..text.len() - 1]).unwrap();
    let last = last.row(text.len() - 2);
    assert!(last.iter().zip(&logits).all(|(a, b)| (a - b).abs() < ORACLE_F64 * 100.0));
}

#[test]
fn real_surprise_is_that_of_transformers() {
    let Some((model, reference)) = real() else { return };
    let text = tokens(&reference["surprise"]["tokens"]);
    let nats = surprise(&model.decoder(), &text).unwrap();
    for (i, wanted) in reference["surprise"]["nats"].as_array().unwrap().iter().enumerate() {
        assert_near(&format!("token {}", i + 1), nats[i], wanted.as_f64().unwrap(), 100.0);
    }
    println!("as it is: {:.3} nats a token", mean(&nats));
    for change in [Change::RopeOff, Change::NoScale, Change::PoolKvHeads(1)] {
        let Ok(decoder) = model.decoder_with(std::slice::from_ref(&change)) else { continue };
        let changed = mean(&surprise(&decoder, &text).unwrap());
        println!("{change:?}: {changed:.3}");
        // Gemma has one key/value head: pooling changes nothing there.
        assert!(changed > mean(&nats) || model.config().kv_heads == 1, "{change:?}");
    }
}

#[test]
fn real_heads_look_where_heads_look() {
    let Some((model, reference)) = real() else { return };
    let decoder = model.decoder();
    let text = tokens(&reference["surprise"]["tokens"]);
    let text = &text[..text.len().min(256)];
    let scores = head_scores(&decoder, text, &[0]).unwrap();
    let count = |of: fn(&concepts::decoder::HeadScores) -> Option<f64>| {
        let most = scores.iter().filter_map(of).fold(0.0, f64::max);
        (scores.iter().filter(|head| of(head).is_some_and(|score| score > 0.5)).count(), most)
    };
    let (sinks, previous) = (count(|head| head.sink), count(|head| head.previous));
    let mut rng = rng(7, "two copies");
    let half: Vec<u32> = (0..64).map(|_| rng.random_range(1000..model.config().vocab as u32)).collect();
    let induction = induction_scores(&decoder, &half).unwrap();
    let (best, most) = induction.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    let heads = induction.iter().filter(|(_, score)| *score > 0.5).count();
    let twice = surprise(&decoder, &half.repeat(2)).unwrap();
    let (first, second) = (mean(&twice[..63]), mean(&twice[64..]));
    println!("of {} heads: sinks {sinks:?}, previous {previous:?}", scores.len());
    println!(
        "induction: {heads}, most {most:.3} at {best:?}; first copy {first:.2} nats, second {second:.2}"
    );
    // What is known of trained models: sinks, heads for the token before, induction that lowers the surprise.
    assert!(sinks.0 > 10 && previous.1 > 0.5 && most > 0.5 && second < 0.5 * first);
}
