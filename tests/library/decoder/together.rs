//! Many texts asked together say what each says alone.

use concepts::comparison::{Family, Plan, Recipe};
use concepts::decoder::{Keeping, answers};
use concepts::decoding::{BeamSearch, HiddenStates, LanguageModel, contrastive_search};
use concepts::numerics::softmax::log_softmax;
use concepts::numerics::tolerance::DECODER_F32;
use ndarray::aview1;

use super::cases::named;
use super::fast::with_fast;

/// The largest difference, as a share of the largest number.
fn apart(a: &[f32], b: &[f32]) -> f64 {
    let size = b.iter().fold(0.0f32, |size, x| size.max(x.abs()));
    f64::from(a.iter().zip(b).fold(0.0f32, |far, (a, b)| far.max((a - b).abs())) / size)
}

#[test]
fn logits_asked_together_are_those_asked_alone() {
    for name in ["llama plain", "gemma3 plain", "qwen3 plain"] {
        with_fast(&named(name), |model| {
            let decoder = model.decoder(Keeping::F32).unwrap();
            let vocab = decoder.vocab_size();
            let mut together = vec![decoder.read(&[1, 2, 3]), decoder.read(&[4]), decoder.start()];
            let mut alone = together.clone();
            let tokens = [5, 6, 7];
            decoder.advance_all(&mut together.iter_mut().collect::<Vec<_>>(), &tokens);
            let mut rows = vec![0.0; 3 * vocab];
            decoder.logits_all(&together.iter().collect::<Vec<_>>(), &mut rows);
            for ((text, token), row) in alone.iter_mut().zip(tokens).zip(rows.chunks_exact(vocab)) {
                decoder.advance(text, token);
                let mut logits = vec![0.0; vocab];
                decoder.logits(text, &mut logits);
                assert!(apart(row, &logits) < DECODER_F32, "{name}");
                assert_eq!(decoder.hidden(text).len(), decoder.config().d_model);
            }
        });
    }
}

#[test]
fn one_text_that_cannot_go_on_does_not_stop_the_others() {
    with_fast(&named("llama plain"), |model| {
        let decoder = model.decoder(Keeping::F32).unwrap();
        let vocab = decoder.vocab_size();
        let mut texts = [decoder.read(&[1, 2]), decoder.read(&[1, 2])];
        let [good, bad] = &mut texts;
        decoder.advance_all(&mut [good, bad], &[3, u32::MAX]);
        let mut rows = vec![0.0; 2 * vocab];
        decoder.logits_all(&texts.iter().collect::<Vec<_>>(), &mut rows);
        assert!(rows[..vocab].iter().all(|z| z.is_finite()) && rows[vocab..].iter().all(|z| z.is_nan()));
        let mut wanted = vec![0.0; vocab];
        decoder.logits(&decoder.read(&[1, 2, 3]), &mut wanted);
        assert!(apart(&rows[..vocab], &wanted) < DECODER_F32);
    });
}

#[test]
fn what_must_not_be_said_is_said_by_nobody() {
    with_fast(&named("llama plain"), |model| {
        let whole = model.decoder(Keeping::F32).unwrap();
        let vocab = whole.vocab_size();
        let never = [3, 5, u32::MAX];
        let decoder = whole.clone().without(never);
        let text = decoder.read(&[1, 2]);
        let (mut all, mut kept, mut rows) = (vec![0.0; vocab], vec![0.0; vocab], vec![0.0; 2 * vocab]);
        whole.logits(&text, &mut all);
        decoder.logits(&text, &mut kept);
        decoder.logits_all(&[&text, &text], &mut rows);
        for token in 0..vocab {
            let forbidden = never.contains(&(token as u32));
            assert!(if forbidden { kept[token] == f32::NEG_INFINITY } else { kept[token] == all[token] });
            assert!(rows.chunks_exact(vocab).all(|row| (row[token] == f32::NEG_INFINITY) == forbidden));
        }
        // Before any token, too.
        decoder.logits(&decoder.start(), &mut kept);
        assert_eq!(kept[5], f32::NEG_INFINITY);
    });
}

#[test]
fn searches_side_by_side_find_what_the_twin_finds() {
    let case = named("llama plain");
    let twin = case.model();
    with_fast(&case, |model| {
        let (fast, twin) = (model.decoder(Keeping::F32).unwrap(), twin.decoder());
        for beams in [1, 4] {
            let search = BeamSearch::new(beams, 8);
            let [ours, wanted] =
                [search.run(&fast, &[1, 2, 3]).unwrap(), search.run(&twin, &[1, 2, 3]).unwrap()];
            let tokens = |found: &concepts::decoding::Found| found.best().unwrap().tokens.clone();
            assert_eq!(tokens(&ours), tokens(&wanted));
        }
        assert_eq!(contrastive_search(&fast, &[1, 2], 4, 0.6, 8).unwrap().steps.len(), 8);
        let each = |family: Family| {
            Recipe::sweep(family, &family.short_sweep()[..1.min(family.short_sweep().len())])
        };
        let plan =
            Plan { recipes: Family::all().flat_map(each).collect(), texts: 2, tokens: 6, seed: 1, first: 0 };
        let round = plan.round_together(&fast, 0, &[1, 2, 3]).unwrap();
        assert!(round.iter().all(|texts| texts.len() == 2 && texts[0].tokens.len() == 6));
    });
}

#[test]
fn answers_are_as_likely_as_a_pass_over_the_whole_text_says() {
    let case = named("llama plain");
    let twin = case.model();
    with_fast(&case, |model| {
        let decoder = model.decoder(Keeping::F32).unwrap();
        let (prompts, wanted): ([&[u32]; 3], [&[u32]; 3]) =
            ([&[1, 2, 3], &[4], &[5, 6, 7, 8]], [&[9], &[1, 2, 3], &[4, 5]]);
        let found = answers(&decoder, &prompts, &wanted).unwrap();
        for ((found, prompt), answer) in found.iter().zip(prompts).zip(wanted) {
            let logits = twin.decoder().pass(&[prompt, answer].concat()).unwrap();
            let (mut log_prob, mut greedy) = (0.0, true);
            for (i, &token) in answer.iter().enumerate() {
                let row = logits.row(prompt.len() - 1 + i).to_vec();
                log_prob += log_softmax(aview1(&row))[token as usize];
                greedy &= row.iter().all(|&z| z <= row[token as usize]);
            }
            assert!((found.log_prob - log_prob).abs() < 1e2 * DECODER_F32, "{found:?}, {log_prob}");
            assert_eq!(found.greedy, greedy);
        }
        assert!(answers(&decoder, &[&[]], &[&[1]]).is_err());
        assert!(answers(&decoder, &[&[1]], &[&[]]).unwrap()[0].log_prob.is_nan());
    });
}
