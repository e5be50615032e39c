//! The n-gram model against its readable twin, against KenLM, and against numbers made by hand.

use concepts::corpus::{CHINESE, ENGLISH, split};
use concepts::decoding::LanguageModel;
use concepts::evaluation::{LoopRule, ending_loop};
use concepts::language_model::ngram::{CountedNgrams, MAX_ORDER};
use concepts::language_model::{
    Branch, CharVocabulary, KneserNey, LanguageModelError, TextCodec, TreeModel, score, score_document,
};
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32};
use concepts::tokenizer::Tokenizer;
use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, count_text, train};
use concepts::tokenizer::pretokenize::Pretokenizer;
use proptest::prelude::*;
use serde_json::Value;

/// `ln p` of every token after `prefix`, from the start of a document.
fn logits<M: LanguageModel>(model: &M, prefix: &[u32]) -> Vec<f32> {
    let mut state = model.start();
    for &token in prefix {
        model.advance(&mut state, token);
    }
    let mut logits = vec![f32::NAN; model.vocab_size()];
    model.logits(&state, &mut logits);
    logits
}

/// What the twin takes as context for `prefix`: it too begins after an end token.
fn context(prefix: &[u32], end: u32) -> Vec<u32> {
    let begin = prefix.iter().rposition(|&token| token == end).map_or(0, |place| place + 1);
    [&[end], &prefix[begin..]].concat()
}

fn borrowed(documents: &[Vec<u32>]) -> Vec<&[u32]> {
    documents.iter().map(Vec::as_slice).collect()
}

/// The longest part of the context that was seen, and what followed it.
fn compare_contexts(counted: &CountedNgrams, model: &KneserNey, prefix: &[u32]) {
    let mut state = model.start();
    for &token in prefix {
        model.advance(&mut state, token);
    }
    let end = model.end().unwrap();
    let context = context(prefix, end);
    let after = |length: usize| -> Vec<u32> {
        let part = &context[context.len() - length..];
        (0..=end).filter(|&token| counted.adjusted(&[part, &[token]].concat()) > 0).collect()
    };
    let longest = context.len().min(model.order() - 1);
    let seen = (0..=longest).rev().find(|&length| !after(length).is_empty()).unwrap();
    assert_eq!(model.seen(&state), seen, "after {context:?}");
    assert_eq!(model.followers(&state), after(seen), "after {context:?}");
}

/// Both forms after `prefix`: each sums to 1, and they agree.
fn compare(counted: &CountedNgrams, model: &KneserNey, prefix: &[u32]) {
    let fast = logits(model, prefix);
    let end = model.end().unwrap();
    let context = context(prefix, end);
    let slow: Vec<f64> = (0..=end).map(|token| counted.probability(&context, token)).collect();
    assert!((slow.iter().sum::<f64>() - 1.0).abs() < EXACT_F64, "{context:?} gives {slow:?}");
    let sum: f64 = fast.iter().map(|&z| f64::from(z).exp()).sum();
    assert!((sum - 1.0).abs() < ORACLE_F32, "after {context:?} the fast form sums to {sum}");
    for (token, (&fast, slow)) in fast.iter().zip(&slow).enumerate() {
        let gap = (f64::from(fast) - slow.ln()).abs();
        assert!(gap < ORACLE_F32, "ln p({token} | {context:?}): fast {fast}, readable {}", slow.ln());
    }
}

proptest! {
    /// Any small corpus, any order, contexts that were seen and contexts that were not.
    #[test]
    fn the_fast_form_is_the_formula(
        documents in prop::collection::vec(prop::collection::vec(0u32..4, 0..25), 1..4),
        order in 1usize..=MAX_ORDER,
        // 4 is the end token: the context starts afresh behind it.
        prefixes in prop::collection::vec(prop::collection::vec(0u32..5, 0..9), 3),
    ) {
        prop_assume!(documents.iter().any(|document| !document.is_empty()));
        let counted = CountedNgrams::of(&borrowed(&documents), 4, order).unwrap();
        let model = KneserNey::train(&borrowed(&documents), 4, order).unwrap();
        prop_assert_eq!(model.discounts(), counted.discounts());
        for prefix in prefixes.iter().chain(&documents) {
            compare(&counted, &model, prefix);
            compare_contexts(&counted, &model, prefix);
        }
    }
}

/// Every context that the corpus has, at every order: nothing is lost at any node of the tree.
#[test]
fn after_every_context_of_a_text_the_probabilities_give_one() {
    let text = "she sells sea shells by the sea shore; the shells she sells are sea shells, I'm sure.";
    let vocabulary = CharVocabulary::of(text);
    let ids = vocabulary.encode(text).unwrap();
    for order in 1..=MAX_ORDER {
        let model = KneserNey::train(&[&ids], vocabulary.vocab_size(), order).unwrap();
        for place in 0..=ids.len() {
            let sum: f64 = logits(&model, &ids[..place]).iter().map(|&z| f64::from(z).exp()).sum();
            assert!((sum - 1.0).abs() < ORACLE_F32, "order {order}, place {place}: {sum}");
        }
    }
}

/// `E a b a E` at order 2, on paper. Bigrams: Ea, ab, ba, aE, each once. Discounts fall back to ½.
#[test]
fn a_bigram_model_by_hand() {
    let model = KneserNey::train(&[&[0, 1, 0]], 2, 2).unwrap();
    // Before a stand E and b (2), before b only a (1), before the end only a (1). A = 4; a loses 1,
    // the others ½ each, so 2/4 goes to three tokens alike.
    let unigram = [1.0 / 4.0 + 1.0 / 6.0, 1.0 / 8.0 + 1.0 / 6.0, 1.0 / 8.0 + 1.0 / 6.0];
    // After a: b once, E once. Each keeps (1 − ½)/2, and ½ goes to the unigrams.
    let after_a = [unigram[0] / 2.0, 0.25 + unigram[1] / 2.0, 0.25 + unigram[2] / 2.0];
    // At the start, as after b: a once. It keeps ½.
    let after_b = [0.5 + unigram[0] / 2.0, unigram[1] / 2.0, unigram[2] / 2.0];
    for (prefix, wanted) in [(&[][..], after_b), (&[0], after_a), (&[1], after_b), (&[0, 1], after_b)] {
        for (z, p) in logits(&model, prefix).iter().zip(wanted) {
            assert!((f64::from(*z) - f64::ln(p)).abs() < ORACLE_F32, "after {prefix:?}");
        }
    }
}

/// A token that is frequent but follows one other only is a poor guess elsewhere.
#[test]
fn lower_orders_count_contexts_not_occurrences() {
    // 0 1 ("San Francisco") four times; 2 once after each of 3, 4 and 5.
    let text = [0, 1, 0, 1, 0, 1, 0, 1, 3, 2, 4, 2, 5, 2];
    let model = KneserNey::train(&[&text], 7, 2).unwrap();
    // After 6, which was never seen, only the unigrams speak.
    let unseen = logits(&model, &[6]);
    assert!(unseen[2] > unseen[1], "2 followed three tokens, 1 only one: {unseen:?}");
    let counted_plainly = logits(&KneserNey::train(&[&text], 7, 1).unwrap(), &[]);
    assert!(counted_plainly[1] > counted_plainly[2], "yet 1 is the more frequent");
}

/// The most probable token again and again, without the end.
fn greedy(model: &KneserNey, prompt: &[u32], tokens: usize) -> Vec<u32> {
    let mut text = prompt.to_vec();
    let end = model.end().unwrap();
    for _ in 0..tokens {
        let z = logits(model, &text);
        let best = (0..end).reduce(|a, b| if z[b as usize] > z[a as usize] { b } else { a });
        text.push(best.unwrap());
    }
    text.split_off(prompt.len())
}

/// On the texts of this library: each order predicts held-out text better than the one below, up to
/// where the text is too short for longer contexts; and greedy decoding loops where people do not.
#[test]
fn on_real_text_orders_help_and_greedy_decoding_loops() {
    for (text, useful) in [(ENGLISH, 7), (CHINESE, 4)] {
        let (training, held_out) = split(text);
        let vocabulary = CharVocabulary::of(text);
        let (training, held_out) =
            (vocabulary.encode(training).unwrap(), vocabulary.encode(held_out).unwrap());
        let models: Vec<KneserNey> = (1..=useful)
            .map(|order| KneserNey::train(&[&training], vocabulary.vocab_size(), order).unwrap())
            .collect();
        let perplexities: Vec<f64> =
            models.iter().map(|model| score_document(model, &held_out).unwrap().perplexity()).collect();
        assert!(perplexities.is_sorted_by(|a, b| a > b), "{perplexities:?}");

        let model = &models[3];
        for prompt in held_out.chunks_exact(200).take(5) {
            let text = greedy(model, &prompt[..20], 300);
            assert!(ending_loop(&text, LoopRule::PAPER).is_some(), "{}", vocabulary.decode(&text));
            assert_eq!(ending_loop(prompt, LoopRule::PAPER), None);
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let ids: Vec<u32> = (0..20_000u32).map(|i| (i * i / 7 + i / 3) % 50).collect();
    let trained = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| KneserNey::train(&[&ids], 50, 4).unwrap())
    };
    let (first, second) = (trained(1), trained(4));
    for place in [0, 1, 2, 3, 500, 9_999] {
        let (a, b) = (logits(&first, &ids[..place]), logits(&second, &ids[..place]));
        assert!(a.iter().zip(&b).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
}

#[test]
fn extreme_corpora_stay_finite() {
    // One token for ever: every context is certain, and seven γ multiply to about 1e-40.
    let same = vec![0; 100_000];
    for (document, order) in [(&same[..], MAX_ORDER), (&[0], MAX_ORDER), (&same, 1)] {
        let model = KneserNey::train(&[document], 3, order).unwrap();
        let z = logits(&model, &document[..document.len().min(20)]);
        assert!(z.iter().all(|z| z.is_finite()), "{z:?}");
        let sum: f64 = z.iter().map(|&z| f64::from(z).exp()).sum();
        assert!((sum - 1.0).abs() < ORACLE_F32);
    }
}

#[test]
fn what_cannot_be_trained_on_is_refused() {
    let refused = |documents: &[&[u32]], vocab_size, order| {
        let error = KneserNey::train(documents, vocab_size, order).unwrap_err();
        assert_eq!(CountedNgrams::of(documents, vocab_size, order).unwrap_err(), error);
        error.to_string()
    };
    assert!(refused(&[&[0]], 1, 0).contains("order 0 is outside 1 to 8"));
    assert!(refused(&[&[0]], 1, 9).contains("order 9 is outside 1 to 8"));
    assert!(refused(&[&[0]], 0, 2).contains("the vocabulary is 0"));
    assert!(refused(&[&[0]], usize::MAX, 2).contains("the vocabulary is 1844"));
    assert!(refused(&[], 3, 2).contains("no tokens"));
    assert!(refused(&[&[], &[]], 3, 2).contains("no tokens"));
    assert!(
        refused(&[&[0, 1], &[2, 3]], 3, 2)
            .contains("no token 3, which stands at place 3; ids go from 0 to 2")
    );
    let model = KneserNey::train(&[&[0]], 1, 2).unwrap();
    let unknown = score(&model, &[0], &[2]).unwrap_err();
    assert_eq!(unknown, LanguageModelError::NoSuchToken { token: 2, place: 1, vocab_size: 2 });
}

/// KenLM's `lmplz` on the same text; `tests/fixtures/language_model/make.py` says how.
#[test]
fn kenlm_gives_the_same_model() {
    let fixture: Value = serde_json::from_str(include_str!("../fixtures/language_model/kenlm.json")).unwrap();
    let numbers = |value: &Value| -> Vec<f64> {
        value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    };
    let ids = |value: &Value| -> Vec<u32> { numbers(value).iter().map(|&x| x as u32).collect() };
    let documents: Vec<Vec<u32>> = fixture["documents"].as_array().unwrap().iter().map(ids).collect();
    let vocab_size = fixture["vocab_size"].as_u64().unwrap() as usize;
    for case in fixture["cases"].as_array().unwrap() {
        let order = case["order"].as_u64().unwrap() as usize;
        let model = KneserNey::train(&borrowed(&documents), vocab_size, order).unwrap();
        for (ours, theirs) in model.discounts().iter().zip(case["discounts"].as_array().unwrap()) {
            for (ours, theirs) in ours.by_count.iter().zip(numbers(theirs)) {
                assert!((ours - theirs).abs() < ORACLE_F32, "order {order}: {ours} and {theirs}");
            }
        }
        let queries = case["queries"].as_array().unwrap();
        for query in queries {
            let (prefix, token) = (ids(&query["prefix"]), query["token"].as_u64().unwrap() as usize);
            let theirs = query["ln_p"].as_f64().unwrap();
            let ours = f64::from(logits(&model, &prefix)[token]);
            assert!((ours - theirs).abs() < ORACLE_F32, "order {order}, {query}: {ours}");
        }
        assert!(queries.len() >= 100);
    }
}

#[test]
fn trees_say_what_is_written() {
    let path = |tree: &TreeModel, names: &[&str]| -> Vec<u32> {
        names.iter().map(|name| tree.token(name).unwrap()).collect()
    };
    let trap = TreeModel::greedy_trap();
    assert!((trap.probability(&path(&trap, &["A", "a"])) - 0.20).abs() < EXACT_F64);
    assert!((trap.probability(&path(&trap, &["B", "a"])) - 0.36).abs() < EXACT_F64);
    let beam = TreeModel::beam_trap();
    assert!((beam.probability(&path(&beam, &["A", "x", "e"])) - 0.144).abs() < EXACT_F64);
    assert!((beam.probability(&path(&beam, &["B", "x", "r"])) - 0.0425).abs() < EXACT_F64);
    assert_eq!(beam.probability(&path(&beam, &["B", "z"])), 0.0);
    // Off the tree the text can only end.
    let off = logits(&trap, &path(&trap, &["A", "C"]));
    assert_eq!(off[6], 0.0);
    assert!(off[..6].iter().all(|&z| z == f32::NEG_INFINITY));
    let whole = score_document(&trap, &path(&trap, &["B", "a"])).unwrap();
    assert_eq!(whole.tokens, 3);
    assert!((whole.log_probability - f64::ln(0.36)).abs() < ORACLE_F32);
    assert_eq!(score(&trap, &[], &path(&trap, &["a"])).unwrap().perplexity(), f64::INFINITY);
}

/// The probability of all texts below a place, by walking them.
fn mass(tree: &TreeModel, prefix: &mut Vec<u32>) -> f64 {
    let end = tree.end().unwrap();
    let mut total = tree.probability(&[prefix.as_slice(), &[end]].concat());
    for token in 0..end {
        prefix.push(token);
        if tree.probability(prefix) > 0.0 {
            total += mass(tree, prefix);
        }
        prefix.pop();
    }
    total
}

#[test]
fn all_texts_of_a_tree_together_have_probability_one() {
    let mut trees = vec![TreeModel::greedy_trap(), TreeModel::beam_trap()];
    trees.extend([0.001, 0.5, 1.0, 100.0].map(|alpha| TreeModel::random(3, 4, alpha, 1).unwrap()));
    for tree in trees {
        assert!((mass(&tree, &mut Vec::new()) - 1.0).abs() < EXACT_F64, "{:?}", tree.names());
    }
}

/// A component of a symmetric Dirichlet distribution over V has variance (V − 1) / (V² (Vα + 1)).
#[test]
fn random_trees_have_the_spread_of_their_distribution() {
    for alpha in [0.1, 0.5, 5.0] {
        let (v, n) = (4.0, 4_000);
        let squares = (0..n).map(|seed| {
            let tree = TreeModel::random(4, 1, alpha, seed).unwrap();
            (tree.probability(&[0]) - 1.0 / v).powi(2)
        });
        let variance = squares.sum::<f64>() / n as f64;
        let wanted = (v - 1.0) / (v * v * (v * alpha + 1.0));
        // The relative error of a variance is at most √((2 + 3)/n) = 3.5 % here; four of these.
        assert!((variance / wanted - 1.0).abs() < 0.14, "α = {alpha}: {variance} against {wanted}");
    }
}

#[test]
fn trees_that_are_none_are_refused() {
    let refused = |branch: &Branch| TreeModel::new(branch).unwrap_err().to_string();
    let leaf = Branch::end;
    assert!(refused(&Branch::of([("a", 0.5, leaf()), ("b", 0.4, leaf())])).contains("[0.5, 0.4, 0.0]"));
    assert!(refused(&Branch::of([("a", 1.5, leaf()), ("b", -0.5, leaf())])).contains("from 0 to 1"));
    assert!(refused(&Branch::of([("a", f64::NAN, leaf())])).contains("NaN"));
    assert!(refused(&Branch::of([])).contains("after []"));
    let inner = Branch::of([("b", 0.9, leaf())]);
    assert!(refused(&Branch::of([("a", 1.0, inner)])).contains(r#"after ["a"]"#));
    assert!(refused(&Branch::of([("a", 0.5, leaf()), ("a", 0.5, leaf())])).contains("stands twice"));
    for (v, depth, alpha) in [(0, 2, 1.0), (2, 0, 1.0), (2, 64, 1.0), (9, 9, 1.0), (2, 2, 0.0)] {
        assert!(TreeModel::random(v, depth, alpha, 1).is_err());
    }
    assert!(TreeModel::random(2, 2, f64::NAN, 1).is_err());
}

/// A byte-level tokenizer of `vocabulary` tokens, trained on `text`.
fn byte_level(text: &str, vocabulary: usize) -> Tokenizer {
    let words = count_text(Pretokenizer::Gpt2, text);
    let options = BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), vocabulary, ..BpeOptions::default() };
    Tokenizer::byte_level(train(&words, &options, &mut |_| {}).unwrap().bpe, Pretokenizer::Gpt2)
}

#[test]
fn a_model_over_sub_words_predicts_the_held_out_text_about_as_well_as_one_over_characters() {
    let (training, held_out) = split(ENGLISH);
    let characters = held_out.chars().count();
    let bits = |codec: &dyn TextCodec, order: usize| {
        let model = KneserNey::train(&[&codec.encode(training).unwrap()], codec.vocab_size(), order).unwrap();
        let score = score_document(&model, &codec.encode(held_out).unwrap()).unwrap();
        (score.bits_per(characters), score.perplexity())
    };
    let (by_characters, low) = bits(&CharVocabulary::of(ENGLISH), 6);
    let (by_sub_words, high) = bits(&byte_level(training, 500), 3);
    assert!(
        (by_characters - by_sub_words).abs() < 0.1,
        "{by_characters} and {by_sub_words} bits a character"
    );
    // A longer token is a harder guess, so perplexities cannot be compared.
    assert!(high > 2.0 * low, "{high} a token, {low} a character");
}

#[test]
fn a_sub_word_codec_shows_what_has_no_text_and_refuses_nothing() {
    let tokenizer = byte_level("low lower lowest", 262);
    let codec: &dyn TextCodec = &tokenizer;
    let mut ids = codec.encode("我 low\u{0}").unwrap();
    assert_eq!(codec.decode(&ids), "我 low\u{0}");
    ids.push(codec.vocab_size() as u32); // the model's end token
    ids.push(codec.encode("x").unwrap()[0]);
    assert_eq!(codec.decode(&ids), "我 low\u{0}\u{FFFD}x");
    assert_eq!(codec.decode(&codec.encode("我").unwrap()[..2]), "\u{FFFD}"); // two of three bytes
}

proptest! {
    #[test]
    fn sub_words_give_every_text_back(text in "\\PC*|[a-z \\n我爱你🙂]*") {
        let tokenizer = byte_level("low lower lowest newest", 270);
        let ids = TextCodec::encode(&tokenizer, &text).unwrap();
        prop_assert_eq!(TextCodec::decode(&tokenizer, &ids), text);
    }
}
