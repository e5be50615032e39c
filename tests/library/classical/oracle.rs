//! Numbers of numpy and scikit-learn.

use concepts::classical::{Bag, HiddenMarkov, Logistic, NaiveBayes, Nearest, Task, TfIdf, Until, every_path};
use concepts::numerics::tolerance::{FLAT_MINIMUM, ORACLE_F64};
use ndarray::{Array1, Array2, ArrayView1};
use serde_json::Value;

use super::bag;

/// A field of a case, as what is expected of it.
macro_rules! of {
    ($case:expr, $field:literal) => {
        serde_json::from_value($case[$field].clone()).expect($field)
    };
}

fn cases(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    of!(file, "cases")
}

type Rows = Vec<Vec<f64>>;

fn row(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn rows(value: &Value) -> Rows {
    serde_json::from_value(value.clone()).unwrap()
}

fn matrix(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}

fn close(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{what}: {a} and {b}");
    }
}

#[test]
fn recursions_agree_with_every_path() {
    for case in &cases(include_str!("../../fixtures/classical/paths.json")) {
        let (start, words): (Vec<f64>, Vec<usize>) = (of!(case, "start"), of!(case, "words"));
        let (transition, emission): (Rows, Rows) = (of!(case, "transition"), of!(case, "emission"));
        let (tags, right, ln_best): (usize, Vec<usize>, f64) =
            (start.len(), of!(case, "best"), of!(case, "ln_best"));
        let model = HiddenMarkov::new(Array1::from(start), matrix(&transition), matrix(&emission)).unwrap();
        let (best, chain) = (model.viterbi(&words).unwrap(), model.chain(&words).unwrap());
        assert_eq!(best.tags, right);
        close("viterbi", &[best.ln_probability], &[ln_best], ORACLE_F64);
        let ln_sum: f64 = of!(case, "ln_sum");
        close("forward", &[model.forward(&words).unwrap()], &[ln_sum], ORACLE_F64);
        let (path, score) = chain.best().unwrap();
        assert_eq!(path, right);
        close("chain", &[score], &[ln_best], ORACLE_F64);
        close("partition", &[chain.log_partition().unwrap()], &[ln_sum], ORACLE_F64);
        let (found, marginals) = (chain.marginals().unwrap(), rows(&case["marginals"]));
        for (found, expected) in found.rows().into_iter().zip(&marginals) {
            close("marginals", &found.to_vec(), expected, ORACLE_F64);
        }
        let all = every_path(&chain).unwrap();
        assert_eq!(all.len(), tags.pow(words.len() as u32));
        let most = all.iter().fold(&all[0], |best, one| if one.1 > best.1 { one } else { best });
        assert_eq!(most.0, right);
    }
}

#[test]
fn classifiers_are_scikit_learns() {
    for case in &cases(include_str!("../../fixtures/classical/sklearn.json")) {
        let (x, y): (Rows, Vec<usize>) = (of!(case, "x"), of!(case, "y"));
        let bags: Vec<Bag> = x.iter().map(|row| bag(row)).collect();
        let (classes, width): (usize, usize) = (of!(case, "classes"), x[0].len());
        let bayes = NaiveBayes::fit(&bags, &y, classes, width, of!(case, "smoothing")).unwrap();
        close("prior", &bayes.ln_prior.to_vec(), &row(&case["ln_prior"]), ORACLE_F64);
        let likelihood: Rows = of!(case, "ln_likelihood");
        for (found, expected) in bayes.ln_likelihood.rows().into_iter().zip(&likelihood) {
            close("likelihood", &found.to_vec(), expected, ORACLE_F64);
        }
        let nearest = Nearest::new(&bags, &y, classes, width).unwrap();
        close("idf", &TfIdf::fit(&bags, width).idf, &row(&case["idf"]), ORACLE_F64);
        let (joint, cosines): (Rows, Rows) = (of!(case, "bayes"), of!(case, "cosines"));
        for (i, bag) in bags.iter().enumerate() {
            close("joint", &bayes.ln_joint(bag), &joint[i], ORACLE_F64);
            close("cosines", &nearest.similarities(bag), &cosines[i], ORACLE_F64);
        }
        let task = Task::new(&bags, &y, (classes, width), of!(case, "penalty")).unwrap();
        logistic(&task, (classes, width), &bags, &rows(&case["logistic"]));
    }
}

/// To the end of both minimisers; what is left of the gradient moves a probability by about as much.
fn logistic(task: &Task<'_>, (classes, width): (usize, usize), bags: &[Bag], expected: &[Vec<f64>]) {
    let found = task.minimum(vec![0.0; task.size()], Until { gradient: 1e-9, steps: 2000 }).unwrap();
    let model = Logistic {
        weights: Array2::from_shape_vec((width, classes), found.at[..width * classes].to_vec()).unwrap(),
        bias: ArrayView1::from(&found.at[width * classes..]).to_owned(),
        steps: found.steps,
    };
    for (bag, expected) in bags.iter().zip(expected) {
        close("logistic", &model.probabilities(bag), expected, FLAT_MINIMUM);
    }
}
