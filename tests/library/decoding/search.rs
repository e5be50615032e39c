//! Beams on explicit trees, beside an exhaustive search.

use concepts::decoding::words::Parameter;
use concepts::decoding::{
    BeamSearch, Counted, DecodingError, DiverseBeamSearch, Greedy, LanguageModel, LengthPenalty,
    exhaustive_search, generate,
};
use concepts::language_model::{Branch, TreeModel};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32};

use super::Flat;

const LENGTHS: [LengthPenalty; 6] = [
    LengthPenalty::None,
    LengthPenalty::Power(1.0),
    LengthPenalty::Power(3.0),
    LengthPenalty::Power(-1.0),
    LengthPenalty::Gnmt(0.6),
    LengthPenalty::Gnmt(-2.0),
];

fn probability(tree: &TreeModel, beams: usize) -> f64 {
    BeamSearch::new(beams, 10).run(tree, &[]).unwrap().best().unwrap().log_prob.exp()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < ORACLE_F32
}

#[test]
fn a_beam_finds_what_greedy_misses() {
    let tree = TreeModel::greedy_trap();
    assert!(near(probability(&tree, 1), 0.20));
    assert!(near(probability(&tree, 2), 0.36));
}

#[test]
fn a_beam_can_lose_to_greedy() {
    let tree = TreeModel::beam_trap();
    let greedy = generate(&tree, &[], &mut Greedy, 10, &mut rng(1, "unused")).unwrap();
    assert!(near(greedy.log_prob().exp(), 0.144));
    assert!(near(probability(&tree, 1), 0.144));
    for beams in [2, 3, 4] {
        assert!(near(probability(&tree, beams), 0.0425), "{beams} beams");
    }
    assert!(near(probability(&tree, 8), 0.144));
}

/// Trees whose texts have different lengths: at each place the text may end.
fn ragged(seed: u64, depth: usize) -> TreeModel {
    fn grow(rng: &mut impl rand::Rng, depth: usize) -> Branch {
        if depth == 0 {
            return Branch::end();
        }
        let mut shares: Vec<f64> = (0..4).map(|_| -(1.0 - rng.random::<f64>()).ln()).collect();
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        let ending = 1.0 - shares[..3].iter().sum::<f64>();
        let next = ["a", "b", "c"].into_iter().zip(shares).map(|(name, p)| (name, p, grow(rng, depth - 1)));
        Branch::of(next.collect::<Vec<_>>()).ending(ending)
    }
    TreeModel::new(&grow(&mut rng(seed, "ragged tree"), depth)).unwrap()
}

#[test]
fn a_beam_as_wide_as_the_tree_is_exhaustive() {
    for seed in 0..20 {
        let tree = ragged(seed, 4);
        for length in LENGTHS {
            let search = BeamSearch { beams: 1000, max_tokens: 4, length, n_best: 7 };
            let beam = search.run(&tree, &[]).unwrap();
            let all = exhaustive_search(&tree, &[], search).unwrap();
            assert_eq!(beam.hypotheses.len(), 7);
            for (a, b) in beam.hypotheses.iter().zip(&all.hypotheses) {
                assert!((a.score - b.score).abs() < EXACT_F64, "seed {seed}, {length:?}: {a:?} {b:?}");
            }
        }
    }
}

/// The rule that stops early, against a beam search that runs until no prefix is left.
#[test]
fn stopping_early_changes_nothing() {
    let mut saved = 0;
    for seed in 0..50 {
        let tree = ragged(seed, 6);
        for length in LENGTHS {
            for beams in [1, 2, 5] {
                let search = BeamSearch { beams, max_tokens: 7, length, n_best: 1 };
                let stopped = search.run(&tree, &[]).unwrap();
                let whole = whole_run(&tree, search);
                assert!((stopped.hypotheses[0].score - whole).abs() < EXACT_F64, "{seed} {search:?}");
                saved += 7 - stopped.steps;
            }
        }
    }
    assert!(saved > 1000, "the rule has to stop early at all: {saved}");
}

/// The best score of a beam search written down without any stopping rule.
fn whole_run(tree: &TreeModel, search: BeamSearch) -> f64 {
    let mut best = f64::NEG_INFINITY;
    let mut live = vec![(tree.start(), 0usize, 0.0f64)];
    let mut logits = vec![0.0f32; tree.vocab_size()];
    while !live.is_empty() {
        let mut all = Vec::new();
        for (parent, (state, length, log_prob)) in live.iter().enumerate() {
            tree.logits(state, &mut logits);
            let sum: f64 = logits.iter().map(|&l| f64::from(l).exp()).sum();
            for (token, &logit) in logits.iter().enumerate().filter(|(_, l)| **l > f32::NEG_INFINITY) {
                all.push((log_prob + f64::from(logit) - sum.ln(), parent, token as u32, length + 1));
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut next = Vec::new();
        for (rank, &(log_prob, parent, token, length)) in all.iter().enumerate() {
            if tree.end() == Some(token) || length == search.max_tokens {
                if rank < search.beams {
                    best = best.max(search.length.score(log_prob, length));
                }
            } else if next.len() < search.beams {
                let mut state = live[parent].0;
                tree.advance(&mut state, token);
                next.push((state, length, log_prob));
            }
        }
        live = next;
    }
    best
}

#[test]
fn cost_is_one_row_a_beam_and_step() {
    let tree = TreeModel::random(6, 5, 1.0, 3).unwrap();
    for beams in [1usize, 4] {
        let counted = Counted::new(&tree);
        // All texts have five tokens and an end, so nothing can stop early.
        let found = BeamSearch::new(beams, 5).run(&counted, &[]).unwrap();
        assert_eq!(found.steps, 5);
        assert_eq!(counted.rows(), 1 + 4 * beams as u64);
        assert_eq!(counted.rows(), found.rows);
        assert_eq!(found.expansions, 6 * found.rows);
    }
}

#[test]
fn without_a_length_penalty_short_texts_win() {
    // The end has probability 0.1 at every place, the best other token 0.8.
    struct Forever;
    impl LanguageModel for Forever {
        type State = ();
        fn vocab_size(&self) -> usize {
            3
        }
        fn start(&self) {}
        fn advance(&self, (): &mut (), _: u32) {}
        fn logits(&self, (): &(), logits: &mut [f32]) {
            logits.copy_from_slice(&[0.1f32.ln(), 0.8f32.ln(), 0.1f32.ln()]);
        }
        fn end(&self) -> Option<u32> {
            Some(0)
        }
    }
    let best = |length| {
        let search = BeamSearch { beams: 4, max_tokens: 20, length, n_best: 1 };
        search.run(&Forever, &[]).unwrap().hypotheses[0].clone()
    };
    let none = best(LengthPenalty::None);
    // Cut off after 20 tokens: 0.8²⁰ = 0.0115 is less than 0.1.
    assert_eq!((none.tokens.len(), none.ended), (1, true));
    assert!(near(none.log_prob, 0.1f64.ln()));
    assert_eq!(best(LengthPenalty::Power(1.0)).tokens.len(), 20);
}

#[test]
fn groups_find_different_texts() {
    let tree = TreeModel::random(5, 4, 0.5, 11).unwrap();
    let search = BeamSearch::new(4, 5);
    let run = |strength| DiverseBeamSearch { search, groups: 2, strength }.run(&tree, &[]).unwrap();
    let alone = BeamSearch::new(2, 5).run(&tree, &[]).unwrap();
    let alike = run(0.0);
    assert_eq!(alike[0].hypotheses, alone.hypotheses);
    assert_eq!(alike[1].hypotheses, alone.hypotheses);
    let apart = run(5.0);
    assert_eq!(apart[0].hypotheses, alone.hypotheses); // the first group is not disturbed
    assert_ne!(apart[1].hypotheses[0].tokens[0], apart[0].hypotheses[0].tokens[0]);
}

#[test]
fn impossible_searches_are_refused() {
    let tree = TreeModel::greedy_trap();
    let refused = |search: BeamSearch| search.run(&tree, &[]).unwrap_err();
    assert_eq!(refused(BeamSearch::new(0, 5)), DecodingError::Zero { name: Parameter::Beams });
    assert_eq!(refused(BeamSearch::new(1, 0)), DecodingError::Zero { name: Parameter::MaxTokens });
    let too_many = refused(BeamSearch { n_best: 3, ..BeamSearch::new(2, 5) });
    assert!(matches!(too_many, DecodingError::TooMany { value: 3, limit: 2, .. }), "{too_many}");
    let nan = refused(BeamSearch { length: LengthPenalty::Power(f64::NAN), ..BeamSearch::new(2, 5) });
    assert!(matches!(nan, DecodingError::Parameter { .. }), "{nan}");
    let unknown = BeamSearch::new(2, 5).run(&tree, &[99]).unwrap_err();
    assert_eq!(unknown, DecodingError::UnknownToken { token: 99, vocab_size: 7 });
    let uneven = DiverseBeamSearch { search: BeamSearch::new(3, 5), groups: 2, strength: 1.0 };
    assert_eq!(uneven.run(&tree, &[]), Err(DecodingError::GroupsDoNotDivide { beams: 3, groups: 2 }));
    // More beams than tokens are fine.
    assert!(BeamSearch::new(usize::MAX, 5).run(&tree, &[]).is_ok());
}

#[test]
fn an_endless_exhaustive_search_is_refused() {
    let error = exhaustive_search(&Flat(64), &[], BeamSearch::new(1, 100)).unwrap_err();
    assert!(matches!(error, DecodingError::TreeTooLarge { .. }), "{error}");
}
