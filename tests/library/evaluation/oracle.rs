//! Against scipy, scikit-learn, statsmodels and mauve-text.

use concepts::evaluation::{
    FrontierOptions, Likeness, divergence_frontier, frontier_area, frontier_integral, holm,
    inverse_document_frequency, jensen_shannon, kmeans_from, kullback_leibler, needed_pairs,
    ngram_divergence, sign_flip, tf_idf, visible_difference,
};
use concepts::numerics::normal_quantile;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use ndarray::Array2;
use serde_json::Value;

fn fixture(key: &str) -> Value {
    let text = include_str!("../../fixtures/evaluation/comparison.json");
    serde_json::from_str::<Value>(text).unwrap()[key].take()
}

fn cases(key: &str) -> Vec<Value> {
    let cases = fixture(key).as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

/// A number; null stands for infinity.
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| {
        assert!(value.is_null(), "{value}");
        f64::INFINITY
    })
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn table(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(list).collect();
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

fn texts(value: &Value) -> Vec<Vec<u32>> {
    value.as_array().unwrap().iter().map(|text| list(text).iter().map(|&x| x as u32).collect()).collect()
}

fn close(ours: f64, theirs: f64) -> bool {
    ours == theirs || (ours - theirs).abs() <= ORACLE_F64 * theirs.abs().max(1.0)
}

#[test]
fn divergences_are_those_of_scipy() {
    for case in cases("histograms") {
        let (p, q) = (list(&case["p"]), list(&case["q"]));
        assert!(close(kullback_leibler(&p, &q).unwrap(), number(&case["kl"])), "{case}");
        assert!(close(jensen_shannon(&p, &q).unwrap(), number(&case["js"])), "{case}");
    }
}

#[test]
fn frontiers_are_those_of_mauve() {
    for case in cases("histograms") {
        let (p, q) = (list(&case["p"]), list(&case["q"]));
        let frontier = divergence_frontier(&p, &q, &FrontierOptions::default()).unwrap();
        let theirs = table(&case["curve"]);
        assert_eq!(frontier.len(), theirs.nrows());
        for (ours, theirs) in frontier.iter().zip(theirs.rows()) {
            assert!(close(ours.0, theirs[0]) && close(ours.1, theirs[1]), "{case}: {ours:?}, {theirs}");
        }
        let likeness = Likeness::of(p.clone(), q.clone(), &FrontierOptions::default()).unwrap();
        assert_eq!(likeness.area, frontier_area(&frontier));
        assert!(close(frontier_integral(&p, &q).unwrap(), number(&case["integral"])), "{case}");
        if number(&case["js"]) == 0.0 {
            // Here mauve-text's sorting goes wrong: see the script.
            assert!(close(likeness.area, 1.0), "{case}");
        } else {
            assert!(close(likeness.area, number(&case["area"])), "{case}: {}", likeness.area);
            let smoothed = number(&case["smoothed_area"]);
            assert!(close(likeness.smoothed_area, smoothed), "{case}: {}", likeness.smoothed_area);
        }
    }
}

#[test]
fn divergences_of_ngrams_are_those_of_scipy() {
    for case in cases("ngrams") {
        let (ours, theirs) = (texts(&case["texts"]), texts(&case["reference"]));
        let [ours, theirs] = [&ours, &theirs].map(|side| side.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let n = number(&case["n"]) as usize;
        let found = ngram_divergence(&ours, &theirs, n, number(&case["alpha"])).unwrap();
        assert_eq!(found.ngrams as f64, number(&case["ngrams"]));
        assert_eq!(found.different as f64, number(&case["different"]));
        assert!(close(found.jensen_shannon, number(&case["js"])), "{case}: {found:?}");
        assert!(close(found.to_reference, number(&case["to_reference"])), "{case}: {found:?}");
        assert!(close(found.from_reference, number(&case["from_reference"])), "{case}: {found:?}");
        // By another way: the likelihood ratio of a table of two rows.
        let ratio = 4.0 * found.ngrams as f64 * found.jensen_shannon;
        assert!(close(ratio, number(&case["likelihood_ratio"])), "{case}: {ratio}");
    }
}

#[test]
fn weighted_counts_are_those_of_scikit_learn() {
    let case = fixture("tf_idf");
    let counts = table(&case["counts"]);
    let idf = inverse_document_frequency(counts.view());
    assert!(idf.iter().zip(list(&case["idf"])).all(|(&a, b)| close(a, b)), "{idf}");
    let rows = tf_idf(counts, &idf);
    assert!(rows.iter().zip(&table(&case["rows"])).all(|(&a, &b)| close(a, b)), "{rows}");
}

#[test]
fn clusters_are_those_of_scikit_learn() {
    for case in cases("clusters") {
        let found = kmeans_from(table(&case["points"]).view(), table(&case["start"]), 300).unwrap();
        let labels: Vec<usize> = list(&case["labels"]).iter().map(|&label| label as usize).collect();
        assert_eq!(found.labels, labels);
        assert!(found.centers.iter().zip(&table(&case["centers"])).all(|(&a, &b)| close(a, b)));
        assert!(close(found.inertia, number(&case["inertia"])), "{}", found.inertia);
    }
}

#[test]
fn flipped_signs_are_counted_as_scipy_does() {
    for case in cases("signs") {
        let found = sign_flip(&list(&case["differences"]), 1, 7).unwrap();
        assert!(found.exact && !found.at_most);
        assert!((found.value - number(&case["p"])).abs() < EXACT_F64, "{case}: {found:?}");
    }
}

#[test]
fn many_comparisons_are_corrected_as_by_statsmodels() {
    for case in cases("holm") {
        let ours = holm(&list(&case["p"])).unwrap();
        assert!(ours.iter().zip(list(&case["adjusted"])).all(|(&a, b)| close(a, b)), "{case}: {ours:?}");
    }
}

#[test]
fn sample_sizes_are_those_of_statsmodels() {
    for case in cases("pairs") {
        let [sd, difference, level, power, theirs] =
            ["sd", "difference", "level", "power", "pairs"].map(|key| number(&case[key]));
        let ours = needed_pairs(sd, difference, level, power).unwrap();
        assert_eq!(ours as f64, theirs.ceil().max(2.0), "{case}");
        // The way back: with that many pairs the difference is visible, with one fewer it is not.
        assert!(visible_difference(sd, ours, level, power).unwrap() <= difference);
        if ours > 2 {
            assert!(visible_difference(sd, ours - 1, level, power).unwrap() > difference);
        }
    }
}

#[test]
fn quantiles_of_the_normal_distribution_are_those_of_scipy() {
    for case in cases("quantiles") {
        let (ours, theirs) = (normal_quantile(number(&case["p"])), number(&case["z"]));
        assert!(close(ours, theirs), "{case}: {ours}");
    }
    assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal_quantile(1.0), f64::INFINITY);
    assert!([-0.1, 1.1, f64::NAN].iter().all(|&p| normal_quantile(p).is_nan()));
}
