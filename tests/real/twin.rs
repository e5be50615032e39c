//! The readable model against transformers, and what is known of trained models.

use concepts::decoder::{Change, HeadScores, Model, head_scores, induction_scores, surprise};
use concepts::numerics::rng;
use concepts::numerics::statistics::mean;
use concepts::numerics::tolerance::ORACLE_F64;
use rand::Rng;

use crate::reference::{Reference, twin};

/// How many tokens show what a change does.
const SHORT: usize = 64;

fn real() -> Option<(&'static Model, Reference)> {
    let model = twin()?;
    Some((model, Reference::of(model.config())))
}

/// Is it the same number, up to rounding in sums of thousands of terms of this size?
#[track_caller]
fn assert_near(place: &str, got: f64, wanted: f64, size: f64) {
    assert!((got - wanted).abs() <= ORACLE_F64 * size, "{place}: {got} instead of {wanted}");
}

#[test]
fn logits_are_those_of_transformers() {
    let Some((model, reference)) = real() else { return };
    let decoder = model.decoder();
    for prompt in reference.prompts() {
        let place = &prompt.text;
        let logits = decoder.extend_last(&mut decoder.start_cache(), &prompt.tokens).unwrap();
        for (token, wanted) in prompt.top {
            assert_near(place, logits[token], wanted, 100.0);
        }
        let squares = logits.dot(&logits);
        assert_near(place, squares, prompt.squares, 10.0 * squares);
        let size = (logits.len() as f64 * squares).sqrt();
        assert_near(place, logits.sum(), prompt.sum, 10.0 * size);
    }
}

#[test]
fn greedy_decoding_goes_on_as_transformers_does() {
    let Some((model, reference)) = real() else { return };
    let greedy = reference.greedy();
    let decoder = model.decoder();
    let mut cache = decoder.start_cache();
    let mut logits = decoder.extend_last(&mut cache, &greedy.prompt).unwrap();
    for (i, &token) in greedy.continued.iter().enumerate() {
        let best = (0..logits.len()).max_by(|&a, &b| logits[a].total_cmp(&logits[b])).unwrap();
        assert_eq!(best, token as usize, "token {i} of the continuation");
        assert_near(&format!("token {i}"), logits[best], greedy.logits[i], 100.0);
        if i + 1 < greedy.continued.len() {
            logits = decoder.extend_last(&mut cache, &[token]).unwrap();
        }
    }
    // The same text at once is as likely as token by token.
    let text = [greedy.prompt, greedy.continued].concat();
    let last = decoder.extend_last(&mut decoder.start_cache(), &text[..text.len() - 1]).unwrap();
    assert!(last.iter().zip(&logits).all(|(a, b)| (a - b).abs() < ORACLE_F64 * 100.0));
}

#[test]
fn surprise_is_that_of_transformers() {
    let Some((model, reference)) = real() else { return };
    let (text, wanted) = reference.surprise();
    let nats = surprise(&model.decoder(), &text).unwrap();
    assert_eq!(nats.len(), wanted.len());
    for (i, wanted) in wanted.into_iter().enumerate() {
        assert_near(&format!("token {}", i + 1), nats[i], wanted, 100.0);
    }
    let as_it_is = mean(&nats[..SHORT - 1]);
    println!("as it is: {as_it_is:.3} nats a token");
    for change in [Change::RopeOff, Change::NoScale, Change::PoolKvHeads(1)] {
        let Ok(decoder) = model.decoder_with(std::slice::from_ref(&change)) else { continue };
        let changed = mean(&surprise(&decoder, &text[..SHORT]).unwrap());
        println!("{change:?}: {changed:.3}");
        // Gemma has one key/value head: pooling changes nothing there.
        assert!(changed > as_it_is || model.config().kv_heads == 1, "{change:?}");
    }
}

#[test]
fn heads_look_where_heads_look() {
    let Some((model, reference)) = real() else { return };
    let decoder = model.decoder();
    let (text, _) = reference.surprise();
    let scores = head_scores(&decoder, &text[..2 * SHORT], &[0]).unwrap();
    let count = |of: fn(&HeadScores) -> Option<f64>| {
        let most = scores.iter().filter_map(of).fold(0.0, f64::max);
        (scores.iter().filter(|head| of(head).is_some_and(|score| score > 0.5)).count(), most)
    };
    let (sinks, previous) = (count(|head| head.sink), count(|head| head.previous));
    let mut rng = rng(7, "two copies");
    let half: Vec<u32> = (0..SHORT).map(|_| rng.random_range(1000..model.config().vocab as u32)).collect();
    let induction = induction_scores(&decoder, &half).unwrap();
    let (best, most) = induction.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    let heads = induction.iter().filter(|(_, score)| *score > 0.5).count();
    let twice = surprise(&decoder, &half.repeat(2)).unwrap();
    let (first, second) = (mean(&twice[..SHORT - 1]), mean(&twice[SHORT..]));
    println!("of {} heads: sinks {sinks:?}, previous {previous:?}", scores.len());
    println!(
        "induction: {heads}, most {most:.3} at {best:?}; first copy {first:.2} nats, second {second:.2}"
    );
    // What is known of trained models: sinks, heads for the token before, induction that lowers the surprise.
    assert!(sinks.0 > 10 && previous.1 > 0.5 && most > 0.5 && second < 0.5 * first);
}
