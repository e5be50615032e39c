//! Models of any text: nothing is out of vocabulary, nothing masked is said, and probabilities add up.

use concepts::corpus::{CHINESE, ENGLISH, split};
use concepts::decoding::{LanguageModel, Settings, generate_batch};
use concepts::language_model::ngram::{MAX_ORDER, Training};
use concepts::language_model::ppm::CountedContexts;
use concepts::language_model::{
    Codec, Judge, KneserNey, LanguageModelError, Likelihood, Masked, Ppm, TextCodec, TextModel, TextTraining,
    Unit, halves, score, windows,
};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32};
use proptest::prelude::*;

/// Every character of Unicode.
fn unicode() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// What a judge gives to a text.
fn p(judge: &dyn Judge, prompt: &str, text: &str) -> f64 {
    judge.judge(prompt, text).unwrap().log_probability.exp()
}

proptest! {
    /// Whatever was learned from, any text has tokens and comes back.
    #[test]
    fn every_text_has_tokens_and_comes_back(
        learned in "[a-c 我爱\\n]{0,40}|\\PC{0,20}",
        text in "[a-e 我爱你🙂\\n\u{0}\u{FFFD}]{0,40}|\\PC{0,20}",
    ) {
        for unit in Unit::ALL {
            let codec = Codec::learn(unit, &learned).unwrap();
            for text in [&text, &learned] {
                let ids = codec.encode(text).unwrap();
                prop_assert!(ids.iter().all(|&id| (id as usize) < codec.vocab_size()));
                prop_assert_eq!(&codec.decode(&ids), text);
                prop_assert_eq!(codec.encode(&codec.decode(&ids)).unwrap(), ids);
            }
        }
    }

    /// Any ids whatever, the end token and ids that no token has among them, are shown without a panic.
    #[test]
    fn any_ids_have_some_text(ids in prop::collection::vec(any::<u32>().prop_map(|id| id % 700), 0..30)) {
        for unit in Unit::ALL {
            let codec = Codec::learn(unit, "the cat and the rat and the cat").unwrap();
            let text = codec.decode(&ids);
            let missing = ids.iter().filter(|&&id| id as usize >= codec.vocab_size()).count();
            prop_assert!(text.matches(char::REPLACEMENT_CHARACTER).count() >= missing);
        }
        for unit in Unit::ALL {
            prop_assert!(Codec::learn(unit, "ab ab").unwrap().decode(&[u32::MAX]).contains(char::REPLACEMENT_CHARACTER));
        }
    }

    /// The sorted lists are the formula, after prompts that were seen and others.
    #[test]
    fn partial_matching_is_the_formula(
        text in "[ab]{1,30}|[a-d我🙂]{1,30}",
        longest in 1usize..=5,
        prompts in prop::collection::vec("[a-d我]{0,7}", 4),
    ) {
        let counted = CountedContexts::of(&text, longest).unwrap();
        let fast = Ppm::train(&text, longest).unwrap();
        let beginning: String = text.chars().take(6).collect();
        for prompt in prompts.iter().chain([&text, &beginning]) {
            for character in "abcd我🙂z\u{0}\u{10FFFF}".chars() {
                let (slow, fast) =
                    (counted.probability(prompt, character).ln(), fast.log_probability(prompt, character));
                prop_assert!((slow - fast).abs() < EXACT_F64, "{character:?} after {prompt:?}: {fast}, {slow}");
            }
        }
    }

    /// What is said without a row of logits is what the row says; step by step or at once, on any width of key.
    #[test]
    fn single_probabilities_are_those_of_the_row(
        document in prop::collection::vec(0u32..5, 1..40),
        order in 1usize..=MAX_ORDER,
        prefix in prop::collection::vec(0u32..6, 0..9),
        spread in 0u32..3,
    ) {
        // 5 tokens, or the same five in a vocabulary so large that a row fills more than 64 or 128 bits.
        let (vocab_size, factor) = [(5, 1), (60_000, 14_999), (500_000, 124_999)][spread as usize];
        let far = |tokens: &[u32]| -> Vec<u32> {
            tokens.iter().map(|&t| if t == 5 { vocab_size as u32 } else { t * factor }).collect()
        };
        let model = Training::of(far(&document), vocab_size, order).unwrap().finish();
        let small = KneserNey::train(&[&document], 5, order).unwrap();
        prop_assert_eq!(model.ngrams(), small.ngrams());
        prop_assert_eq!(model.discounts(), small.discounts());
        let mut state = model.start();
        far(&prefix).iter().for_each(|&token| model.advance(&mut state, token));
        let mut row = vec![0.0; model.vocab_size()];
        model.logits(&state, &mut row);
        for token in far(&[0, 1, 2, 3, 4, 5]) {
            prop_assert_eq!(model.log_probability(&state, token), Some(row[token as usize]));
        }
        let (fast, readable) = (
            small.score(&prefix, &document).unwrap(),
            score(&small, &prefix, &document).unwrap(),
        );
        prop_assert!((fast.log_probability - readable.log_probability).abs() < ORACLE_F32 * document.len() as f64);
    }
}

#[test]
fn after_any_prompt_partial_matching_gives_all_of_unicode_a_probability_of_one() {
    let judge = Ppm::train("she sells sea shells; 她卖贝壳。", 5).unwrap();
    for prompt in ["", "s", "she s", "lls", "卖", "zzz", "she sells sea shells; 她卖贝壳。"] {
        let sum: f64 = unicode().map(|c| judge.log_probability(prompt, c).exp()).sum();
        // More than a million terms, of which few are not tiny.
        assert!((sum - 1.0).abs() < 1e3 * EXACT_F64, "after {prompt:?}: {sum}");
    }
}

#[test]
fn no_judge_gives_the_next_characters_more_than_one() {
    let text = "she sells sea shells; 她卖贝壳。 she sells sea shells; 她卖贝壳。";
    for unit in Unit::ALL {
        let judge = TextModel::train(text, unit, 3).unwrap();
        for prompt in ["", "she s", "卖", "zzz"] {
            // All ASCII, all that it knows, and more of the same blocks.
            let some =
                unicode().filter(|&c| c.is_ascii() || ('\u{4E00}'..'\u{9F00}').contains(&c) || c == '。');
            let sum: f64 = some.map(|c| p(&judge, prompt, c.encode_utf8(&mut [0; 4]))).sum();
            assert!(sum < 1.0 + ORACLE_F32, "{unit:?} after {prompt:?}: {sum}");
            // Of a word or a sub-word, a character alone is the least probable beginning.
            assert!(sum > 0.3 || unit != Unit::Characters, "after {prompt:?}: {sum}");
        }
        // What is never seen has a probability all the same.
        assert!(judge.judge("", "Ω🙂\u{0}").unwrap().log_probability.is_finite());
    }
}

/// Characters that occur once are spelled, so the bytes of one never seen are not a surprise altogether: an
/// ideograph is less of one than a sign of three bytes of a script that the text does not have.
#[test]
fn a_model_of_characters_has_learned_how_new_ones_are_spelled() {
    let (training, _) = split(CHINESE);
    let judge = TextModel::train(training, Unit::Characters, 4).unwrap();
    let bits = |block: std::ops::Range<char>| {
        let new: Vec<char> = block.filter(|&c| !training.contains(c)).collect();
        let each = |&c: &char| judge.judge("我们", c.encode_utf8(&mut [0; 4])).unwrap().bits_per_character();
        new.iter().map(each).sum::<f64>() / new.len() as f64
    };
    let (ideographs, devanagari) = (bits('\u{4E00}'..'\u{9F00}'), bits('\u{0900}'..'\u{0980}'));
    assert!(ideographs < devanagari, "{ideographs} and {devanagari} bits");
}

#[test]
fn what_is_masked_is_never_said_and_the_rest_keeps_its_proportions() {
    let (training, _) = split(CHINESE);
    for unit in Unit::ALL {
        let model = TextModel::train(training, unit, unit.order()).unwrap();
        let (whole, generator) = (model.model(), model.generator());
        let end = whole.end().unwrap();
        let never: Vec<u32> = model.codec().spelling().chain([end]).collect();
        assert_eq!(generator.never(), never, "{unit:?}");
        assert_eq!(generator.end(), None);
        let (mut all, mut some) = (vec![0.0; whole.vocab_size()], vec![0.0; whole.vocab_size()]);
        whole.logits(&whole.start(), &mut all);
        generator.logits(&generator.start(), &mut some);
        for (id, (&all, &some)) in (0..).zip(all.iter().zip(&some)) {
            assert_eq!(some, if never.contains(&id) { f32::NEG_INFINITY } else { all });
        }
        let prompts = vec![&[][..]; 8];
        let texts = generate_batch(generator, &prompts, Settings::default(), 200, 3, "masked").unwrap();
        assert!(texts.iter().all(|text| text.len() == 200 && text.iter().all(|id| !never.contains(id))));
    }
}

#[test]
fn masks_that_are_none_are_refused() {
    let model = || KneserNey::train(&[&[0, 1, 0]], 2, 2).unwrap();
    let refused = |never| Masked::new(model(), never).unwrap_err();
    assert_eq!(refused(vec![2, 0, 1, 1]), LanguageModelError::AllMasked { vocab_size: 3 });
    assert!(refused(vec![1, 3]).to_string().contains("token 3"));
    assert_eq!(Masked::new(model(), vec![1]).unwrap().end(), Some(2));
}

#[test]
fn windows_are_apart_and_inside() {
    let text: Vec<u32> = (0..1_000).collect();
    for (n, prompt, continuation) in [(1, 1, 0), (1, 0, 1_000), (7, 3, 139), (142, 3, 4), (1_000, 0, 1)] {
        let found = windows(&text, n, prompt, continuation).unwrap();
        assert_eq!(found.len(), n);
        for window in &found {
            let whole = [window.prompt, window.continuation].concat();
            assert_eq!(whole, text[window.start..][..prompt + continuation]);
            assert_eq!(window.prompt.len(), prompt);
        }
        assert!(found.windows(2).all(|pair| pair[0].start + prompt + continuation <= pair[1].start));
    }
    let refused = |n, prompt, continuation| windows(&text, n, prompt, continuation).unwrap_err().to_string();
    assert!(refused(0, 1, 1).contains("the number of windows is 0"));
    assert!(refused(1, 0, 0).contains("the length of a window in tokens is 0"));
    assert!(refused(1, usize::MAX, 2).contains("from 1 to 1000"));
    assert!(refused(143, 3, 4).contains("from 1 to 142"));
    assert!(windows(&[], 1, 1, 1).is_err());
}

/// Bits a byte can be compared where bits a token cannot, and a judge tells a text from its letters shuffled.
#[test]
fn kinds_of_tokens_predict_held_out_text_about_as_well_a_byte() {
    for (text, low, high) in [(ENGLISH, 1.7, 2.4), (CHINESE, 1.7, 2.9)] {
        let (training, held_out) = split(text);
        let mut judges: Vec<(String, Box<dyn Judge>)> = Vec::new();
        for unit in Unit::ALL {
            let model = TextModel::train(training, unit, unit.order()).unwrap();
            judges.push((format!("{unit:?}"), Box::new(model)));
        }
        judges.push(("Ppm".into(), Box::new(Ppm::train(training, 4).unwrap())));
        let mut shuffled: Vec<(u32, char)> =
            (0u32..).map(|i| i.wrapping_mul(2_654_435_761)).zip(held_out.chars()).collect();
        shuffled.sort_unstable();
        let shuffled: String = shuffled.into_iter().map(|(_, c)| c).collect();
        for (name, judge) in judges {
            let bits = judge.judge("", held_out).unwrap().bits_per_byte();
            assert!(low < bits && bits < high, "{name}: {bits}");
            let garbled = judge.judge("", &shuffled).unwrap().bits_per_byte();
            assert!(garbled > 1.3 * bits, "{name}: {bits} and {garbled}");
        }
    }
}

#[test]
fn a_batch_is_the_same_on_any_number_of_threads_and_paired_by_text() {
    let (training, held_out) = split(ENGLISH);
    let model = TextModel::train(training, Unit::Characters, 5).unwrap();
    let ids = model.codec().encode(held_out).unwrap();
    let found = windows(&ids, 6, 10, 50).unwrap();
    let prompts: Vec<&[u32]> = found.iter().map(|window| window.prompt).collect();
    let write = |threads, prompts: &[&[u32]], top_p| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let settings = Settings { top_p: Some(top_p), ..Settings::default() };
        pool.install(|| generate_batch(model.generator(), prompts, settings, 50, 5, "batch").unwrap())
    };
    let texts = write(1, &prompts, 0.9);
    assert_eq!(texts, write(4, &prompts, 0.9));
    // Text i does not depend on how many others there are.
    assert_eq!(texts[..2], write(2, &prompts[..2], 0.9));
    // The same prompt twice gives two texts; nearly the same settings give mostly the same tokens.
    let twice = write(2, &[prompts[0], prompts[0]], 0.9);
    assert_ne!(twice[0], twice[1]);
    let near = write(2, &prompts, 0.901);
    let first = |a: &[u32], b: &[u32]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let common: usize = texts.iter().zip(&near).map(|(a, b)| first(a, b)).sum();
    assert!(common > 150, "{common} of 300 tokens before texts part");
    assert!(generate_batch(model.generator(), &[&[u32::MAX]], Settings::default(), 1, 1, "batch").is_err());
    let wrong = Settings { temperature: -1.0, ..Settings::default() };
    assert!(generate_batch(model.generator(), &[], wrong, 1, 1, "batch").is_err());
}

#[test]
fn training_refuses_and_reports() {
    for unit in Unit::ALL {
        assert_eq!(TextModel::train("", unit, 2).unwrap_err(), LanguageModelError::EmptyCorpus);
        assert!(TextModel::train("a", unit, 0).unwrap_err().to_string().contains("order 0"));
        assert!(TextModel::train("a", unit, usize::MAX).is_err());
        let whole = TextModel::train("a", unit, MAX_ORDER).unwrap();
        assert!(whole.judge("", "b").unwrap().log_probability < 0.0);
        // Steps that nobody asked for are done at the end.
        let mut training = TextTraining::new("low low", unit, 2);
        training.step().unwrap();
        assert_eq!(training.finish().unwrap().model().order(), 2);
    }
    assert!(Ppm::train("", 2).is_err() && Ppm::train("a", 0).is_err() && Ppm::train("a", 6).is_err());
    assert_eq!(CountedContexts::of("a", 6).unwrap_err(), Ppm::train("a", 6).unwrap_err());
}

#[test]
fn likelihoods_add_up_and_halves_are_whole() {
    let (a, b) = (Likelihood::of(-2.0, "我"), Likelihood::of(-4.0, "abc"));
    assert_eq!(a.and(b), Likelihood { log_probability: -6.0, characters: 4, bytes: 6 });
    assert!(Likelihood::default().bits_per_byte().is_nan());
    for text in [ENGLISH, CHINESE, "", "我", "a\n", "\n\n", "我\n\n爱"] {
        let (one, other) = halves(text);
        assert_eq!([one, other].concat(), text);
    }
    let (one, other) = halves(ENGLISH);
    assert!(one.ends_with("\n\n") && one.len().abs_diff(other.len()) < 2_000);
}
