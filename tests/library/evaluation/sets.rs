//! Sets of texts: distributions, clusters, frontiers, words.

use std::collections::BTreeSet;
use std::f64::consts::LN_2;

use concepts::evaluation::{
    EvaluationError, FrontierOptions, KMeans, LikenessOptions, Quantizer, divergence_frontier, frontier_area,
    frontier_integral, hashed_ngrams, jensen_shannon, kmeans, kmeans_from, kullback_leibler,
    ngram_divergence, rank_frequencies, repeated_tokens, sequence_repetition, text_likeness, text_words,
    type_token_ratio, vocabulary_share,
};
use concepts::numerics::statistics::{mean, variance};
use concepts::numerics::tolerance::{EXACT_F64, MEAN_OVER_POINTS};
use concepts::numerics::{normal, rng};
use ndarray::{Array2, array};
use proptest::prelude::*;
use rand::Rng;

/// Counts with at least one that is not 0.
fn counts(cells: usize) -> impl Strategy<Value = Vec<f64>> {
    let whole = prop::collection::vec((0u8..6).prop_map(f64::from), cells);
    whole.prop_filter("all are 0", |counts| counts.iter().any(|&n| n > 0.0))
}

fn pair() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1usize..9).prop_flat_map(|cells| (counts(cells), counts(cells)))
}

proptest! {
    #[test]
    fn divergences_keep_their_bounds((p, q) in pair()) {
        let js = jensen_shannon(&p, &q).unwrap();
        prop_assert!((0.0..=LN_2).contains(&js));
        prop_assert!((js - jensen_shannon(&q, &p).unwrap()).abs() < EXACT_F64);
        prop_assert!(kullback_leibler(&p, &q).unwrap() >= 0.0);
        // Each half of Jensen-Shannon is below ln 2, and it is no more than half of either mean of the two.
        let both = kullback_leibler(&p, &q).unwrap() + kullback_leibler(&q, &p).unwrap();
        prop_assert!(js <= both / 4.0 + EXACT_F64);
    }

    #[test]
    fn a_frontier_falls_and_its_area_is_symmetric((p, q) in pair()) {
        let options = FrontierOptions::default();
        let there = divergence_frontier(&p, &q, &options).unwrap();
        for step in there.windows(2) {
            prop_assert!(step[0].0 >= step[1].0 - EXACT_F64 && step[0].1 <= step[1].1 + EXACT_F64);
        }
        let area = frontier_area(&there);
        prop_assert!((0.0..=1.0 + EXACT_F64).contains(&area));
        let back = frontier_area(&divergence_frontier(&q, &p, &options).unwrap());
        prop_assert!((area - back).abs() < EXACT_F64, "{} and {}", area, back);
        let turned: Vec<(f64, f64)> = there.iter().rev().map(|&(x, y)| (y, x)).collect();
        prop_assert!((area - frontier_area(&turned)).abs() < EXACT_F64);
    }

    #[test]
    fn the_integral_is_the_mean_divergence((p, q) in pair()) {
        let (p_sum, q_sum) = (p.iter().sum::<f64>(), q.iter().sum::<f64>());
        let points = 4_096;
        let at = |i: usize| {
            let w = (i as f64 + 0.5) / f64::from(points as u16);
            let r: Vec<f64> = p.iter().zip(&q).map(|(p, q)| w * p / p_sum + (1.0 - w) * q / q_sum).collect();
            w * kullback_leibler(&p, &r).unwrap() + (1.0 - w) * kullback_leibler(&q, &r).unwrap()
        };
        let numeric = 2.0 * mean(&(0..points).map(at).collect::<Vec<_>>());
        let closed = frontier_integral(&p, &q).unwrap();
        prop_assert!((closed - numeric).abs() < MEAN_OVER_POINTS, "{} and {}", closed, numeric);
    }

    #[test]
    fn clusters_are_settled(seed in 0u64..50, clusters in 1usize..6, dimensions in 1usize..20) {
        let points = normal((30, dimensions), 1.0, &mut rng(seed, "points"));
        let options = KMeans { clusters, restarts: 2, most_steps: 1_000, seed };
        let found = kmeans(points.view(), &options).unwrap();
        let distance = |i: usize, k: usize| -> f64 {
            points.row(i).iter().zip(found.centers.row(k)).map(|(a, b)| (a - b) * (a - b)).sum()
        };
        let mut inertia = 0.0;
        for (i, &label) in found.labels.iter().enumerate() {
            inertia += distance(i, label);
            prop_assert!((0..clusters).all(|k| distance(i, label) <= distance(i, k) + EXACT_F64));
        }
        prop_assert!((inertia - found.inertia).abs() < EXACT_F64 * inertia.max(1.0));
        prop_assert_eq!(&found, &kmeans(points.view(), &options).unwrap());
        // Started where it ended, nothing moves.
        let again = kmeans_from(points.view(), found.centers.clone(), 10).unwrap();
        prop_assert_eq!((&again.labels, again.steps), (&found.labels, 1));
    }
}

#[test]
fn steps_and_restarts_never_make_clusters_worse() {
    let points = normal((60, 5), 1.0, &mut rng(3, "points"));
    let start = points.select(ndarray::Axis(0), &[0, 1, 2, 3, 4]);
    let inertia = |steps| kmeans_from(points.view(), start.clone(), steps).unwrap().inertia;
    let falling: Vec<f64> = (1..12).map(inertia).collect();
    assert!(falling.windows(2).all(|pair| pair[1] <= pair[0] + EXACT_F64), "{falling:?}");
    assert!(falling[10] < falling[0]);
    let best = |restarts| {
        kmeans(points.view(), &KMeans { clusters: 8, restarts, most_steps: 100, seed: 7 }).unwrap().inertia
    };
    let falling: Vec<f64> = [1, 2, 5, 20].map(best).to_vec();
    assert!(falling.windows(2).all(|pair| pair[1] <= pair[0]), "{falling:?}");
}

/// k-means++ takes far points: of two clouds far apart both get a centre, nearly always.
#[test]
fn starts_are_spread() {
    let mut points = normal((40, 2), 0.1, &mut rng(3, "clouds"));
    for i in 36..40 {
        points.row_mut(i).map_inplace(|x| *x += 100.0);
    }
    let options = |seed| KMeans { clusters: 2, restarts: 1, most_steps: 1, seed };
    for seed in 0..50 {
        let labels = kmeans(points.view(), &options(seed)).unwrap().labels;
        assert!(labels[36..].iter().all(|&l| l == labels[36] && l != labels[0]), "seed {seed}: {labels:?}");
    }
    // Fewer different points than clusters: some centres coincide, nothing breaks.
    let same = Array2::ones((5, 3));
    let found = kmeans(same.view(), &KMeans { clusters: 3, restarts: 2, most_steps: 9, seed: 7 }).unwrap();
    assert_eq!((found.inertia, found.labels), (0.0, vec![0; 5]));
}

/// Two samples of one source: 4N times the divergence is about χ² with V − 1 degrees of freedom, whatever N.
#[test]
fn samples_of_one_source_are_apart_by_chance() {
    let kinds = 10;
    let source = |n: usize, seed: u64, name: &str| -> Vec<u32> {
        let mut random = rng(seed, name);
        (0..n).map(|_| random.random_range(0..kinds)).collect()
    };
    for tokens in [500, 2_000] {
        let ratio = |seed| {
            let (a, b) = (source(tokens, seed, "one half"), source(tokens, seed, "the other half"));
            let found = ngram_divergence(&[&a], &[&b], 1, 0.5).unwrap();
            4.0 * tokens as f64 * found.jensen_shannon
        };
        let ratios: Vec<f64> = (0..400).map(ratio).collect();
        let expected = f64::from(kinds - 1);
        let error = (variance(&ratios) / 400.0).sqrt();
        assert!((mean(&ratios) - expected).abs() < 4.0 * error, "{} ± {error}", mean(&ratios));
    }
}

#[test]
fn both_sides_are_cut_to_one_size() {
    // What only stands in the part that is left out counts for nothing.
    let found = ngram_divergence(&[&[1, 2]], &[&[2, 1], &[], &[9, 9, 9]], 1, 1.0).unwrap();
    assert_eq!((found.ngrams, found.left_out, found.different), (2, 3, 2));
    assert_eq!((found.jensen_shannon, found.to_reference, found.from_reference), (0.0, 0.0, 0.0));
    // No n-gram crosses from text to text.
    let apart = ngram_divergence(&[&[1, 2], &[3, 4]], &[&[2, 3], &[9, 9]], 2, 1.0).unwrap();
    assert_eq!(apart.jensen_shannon, LN_2);
    // The bound of the smoothed divergence: ln((N + α)/α).
    let far = ngram_divergence(&[&[1; 50]], &[&[2; 50]], 1, 0.5).unwrap();
    assert!(far.to_reference > 3.0 && far.to_reference < f64::ln(50.5 / 0.5));
}

#[test]
fn likeness_orders_texts_as_a_reader_would() {
    let mut random = rng(7, "a little language");
    let mut write = |from: u32, to: u32| -> Vec<Vec<u32>> {
        (0..40).map(|_| (0..60).map(|_| random.random_range(from..to)).collect()).collect()
    };
    let (human, again, other) = (write(0, 30), write(0, 30), write(20, 50));
    let loops = vec![vec![3u32; 60]; 40];
    let area = |texts: &[Vec<u32>], reference: &[Vec<u32>]| {
        let [texts, reference] =
            [texts, reference].map(|side| side.iter().map(Vec::as_slice).collect::<Vec<_>>());
        text_likeness(&texts, &reference, &LikenessOptions::default()).unwrap().area
    };
    let [same, second, far, stuck] = [&human, &again, &other, &loops].map(|texts| area(texts, &human));
    assert_eq!(same, 1.0);
    assert!(second > 0.5 && far < 0.2 && stuck < 0.2, "{second} {far} {stuck}");
}

#[test]
fn one_quantizer_serves_many_sets() {
    let texts: [&[u32]; 5] = [&[1, 2, 3], &[1, 2, 4], &[], &[7, 8, 9], &[7, 8, 8]];
    let options = LikenessOptions { clusters: Some(3), ..LikenessOptions::default() };
    let learnt = Quantizer::learn(&texts, &options).unwrap();
    let cells = learnt.histogram(&texts).unwrap();
    assert_eq!((cells.len(), cells.iter().sum::<f64>()), (3, 5.0));
    assert_eq!(cells.iter().copied().fold(0.0, f64::max), 2.0, "{cells:?}");
    assert_eq!(learnt.histogram(&[]).unwrap(), [0.0; 3]);
    let none = text_likeness(&[], &[], &options).unwrap_err();
    assert_eq!(none, EvaluationError::NoPoints);
    let one_side = text_likeness(&texts, &[], &options).unwrap_err();
    assert_eq!(one_side, EvaluationError::Mass { total: 0.0 });
}

#[test]
fn what_is_no_histogram_is_refused() {
    let refused = |p: &[f64], q: &[f64]| kullback_leibler(p, q).unwrap_err();
    assert_eq!(refused(&[1.0], &[1.0, 2.0]), EvaluationError::Cells { first: 1, second: 2 });
    assert_eq!(refused(&[1.0, -1.0], &[1.0, 2.0]), EvaluationError::Weight { place: 1, value: -1.0 });
    assert_eq!(refused(&[1.0], &[f64::INFINITY]), EvaluationError::Weight { place: 0, value: f64::INFINITY });
    assert_eq!(refused(&[], &[]), EvaluationError::Mass { total: 0.0 });
    assert_eq!(refused(&[f64::MAX, f64::MAX], &[1.0, 1.0]), EvaluationError::Mass { total: f64::INFINITY });
    assert!(jensen_shannon(&[f64::NAN], &[1.0]).is_err());
    for n in [0, 5] {
        assert_eq!(ngram_divergence(&[&[1]], &[&[1]], n, 1.0), Err(EvaluationError::Order { n, max: 4 }));
        assert!(hashed_ngrams(&[&[1]], n, 8).is_err());
    }
    assert_eq!(ngram_divergence(&[&[1, 2]], &[&[1]], 2, 1.0), Err(EvaluationError::NoNgrams { n: 2 }));
    for alpha in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(ngram_divergence(&[&[1]], &[&[1]], 1, alpha).is_err());
        let options = FrontierOptions { scale: alpha, ..FrontierOptions::default() };
        assert!(divergence_frontier(&[1.0], &[1.0], &options).is_err());
    }
    let none = FrontierOptions { mixtures: 0, ..FrontierOptions::default() };
    assert!(divergence_frontier(&[1.0], &[1.0], &none).is_err());
    assert!(hashed_ngrams(&[&[1]], 1, 0).is_err());
}

#[test]
fn what_cannot_be_clustered_is_refused() {
    let options = KMeans { clusters: 2, restarts: 1, most_steps: 5, seed: 7 };
    let refused =
        |points: Array2<f64>, options: KMeans| kmeans(points.view(), &options).unwrap_err().to_string();
    assert!(refused(Array2::zeros((0, 3)), options).contains("no points"));
    assert!(refused(array![[0.0]], options).contains("the number of clusters is 2; give 1 to 1"));
    assert!(refused(array![[0.0], [f64::NAN]], options).contains("number 0 of point 1 is NaN"));
    assert!(refused(array![[0.0], [1.0]], KMeans { clusters: 0, ..options }).contains("clusters is 0"));
    assert!(refused(array![[0.0], [1.0]], KMeans { restarts: 0, ..options }).contains("restarts is 0"));
    assert!(refused(array![[0.0], [1.0]], KMeans { most_steps: 0, ..options }).contains("steps is 0"));
    let other = kmeans_from(array![[0.0], [1.0]].view(), array![[0.0, 1.0]], 5).unwrap_err();
    assert_eq!(other, EvaluationError::Dimensions { points: 1, centers: 2 });
}

#[test]
fn words_are_runs_of_letters_and_pairs_of_characters() {
    assert_eq!(text_words(""), [""; 0]);
    assert_eq!(text_words("  12 -- !"), [""; 0]);
    assert_eq!(text_words("naïve Ωμέγα\tx2y"), ["naïve", "Ωμέγα", "x", "y"]);
    assert_eq!(text_words("人人 · 人"), ["人人", "人"]);
    assert_eq!(text_words("a我b我们c"), ["a", "我", "b", "我们", "c"]);
    assert_eq!(text_words("\u{20000}\u{20001}\u{20002}"), ["\u{20000}\u{20001}", "\u{20001}\u{20002}"]);
    let known: BTreeSet<&str> = text_words("学而时习之").into_iter().collect();
    // Of 学而 and 而习 the second does not occur, though both of its characters do.
    assert_eq!(vocabulary_share(&text_words("学而习"), &known), 0.5);
    assert!(vocabulary_share(&[], &known).is_nan());
}

#[test]
fn repetition_and_variety_by_hand() {
    assert!(sequence_repetition(&[], 4).is_nan());
    assert!(sequence_repetition(&[&[1, 2, 3, 4], &[1]], 4).is_nan());
    assert_eq!(sequence_repetition(&[&[1, 2, 3, 4, 5], &[1; 5]], 4), 0.25);
    assert!(repeated_tokens(&[], 3).is_nan());
    assert_eq!(repeated_tokens(&[5, 5, 5, 5], 1), 0.75);
    assert_eq!(repeated_tokens(&[5, 5, 5, 5], 0), 0.0);
    assert_eq!(repeated_tokens(&[1, 2, 3, 1], usize::MAX), 0.25);
    assert_eq!(type_token_ratio(&[1, 1, 1, 2], 4), 0.5);
    assert!(type_token_ratio(&[1], 0).is_nan());
    assert_eq!(rank_frequencies(&[]), []);
    assert_eq!(rank_frequencies(&[&[2, 1, 2], &[u32::MAX, 1]]), [(1, 2), (2, 2), (u32::MAX, 1)]);
}
