//! The code of the whiteboard, held to the library.

#[allow(unreachable_pub)] // as one writes it
mod attention;
#[allow(unreachable_pub)]
mod backward;
#[allow(unreachable_pub)]
mod kv_cache;
#[allow(unreachable_pub)]
mod multi_head;
#[allow(unreachable_pub)]
mod online_softmax;

use concepts::attention::{Mask, MultiHead, OnlineSoftmax};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array1, Array2};
use serde_json::{Value, json};

use super::LESSON;
use crate::kit::whiteboard::python;

/// What the Python of a topic gives, as a matrix; nothing where this machine has no Python.
fn in_python(topic: &str, call: &str, args: &Value) -> Option<Array2<f64>> {
    let board = LESSON.whiteboard.iter().find(|board| board.topic == topic).unwrap();
    python(board.python, call, args).map(|said| {
        let rows: Vec<Vec<f64>> = serde_json::from_value(said).unwrap();
        Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
    })
}

fn lists(x: &Array2<f64>) -> Vec<Vec<f64>> {
    x.outer_iter().map(|row| row.to_vec()).collect()
}

fn close(what: &Array2<f64>, right: &Array2<f64>) {
    assert!(max_difference(what, right) < EXACT_F64, "{what}\nis not\n{right}");
}

fn drawn<const N: usize>(shapes: [(usize, usize); N]) -> [Array2<f64>; N] {
    let mut rng = rng(7, "whiteboard of attention");
    shapes.map(|shape| normal(shape, 1.0, &mut rng))
}

#[test]
fn attention_is_the_librarys() {
    let [q, k, v] = drawn([(3, 4), (5, 4), (5, 2)]);
    let blind = Mask::Padding(vec![false; 5]);
    for mask in [Mask::None, Mask::Causal, blind] {
        let right = concepts::attention::attention(q.view(), k.view(), v.view(), &mask).unwrap();
        let seen = mask.table(3, 5);
        close(&attention::attention(&q, &k, &v, &seen), &right);
        let table: Vec<Vec<bool>> = seen.outer_iter().map(|row| row.to_vec()).collect();
        let args = json!([lists(&q), lists(&k), lists(&v), table]);
        let said = in_python("attention", "attention(*[np.array(x) for x in args])", &args);
        said.iter().for_each(|said| close(said, &right));
    }
    assert_eq!(attention::causal(3, 5), Mask::Causal.table(3, 5));
    let causal = in_python("attention", "causal(3, 5) + 0.0", &json!([]));
    causal.iter().for_each(|said| close(said, &Mask::Causal.table(3, 5).mapv(f64::from)));
}

#[test]
fn several_heads_and_the_cache_are_the_librarys() {
    let layer = MultiHead::random(6, 3, 3, &mut rng(7, "whiteboard, weights")).unwrap();
    let [x] = drawn([(5, 6)]);
    let w = [layer.w_q(), layer.w_k(), layer.w_v(), layer.w_o()];
    let right = layer.forward(x.view(), &Mask::Causal).unwrap();
    close(&multi_head::multi_head(&x, w, 3), &right);

    let mut cache = kv_cache::Cache::default();
    let mut stepped = Array2::zeros(x.raw_dim());
    for (token, mut row) in x.outer_iter().zip(stepped.outer_iter_mut()) {
        row.assign(&kv_cache::step(&token.to_owned(), w, 3, &mut cache));
    }
    close(&stepped, &right);

    let args = json!([lists(&x), w.map(lists)]);
    let whole = "multi_head(np.array(args[0]), *[np.array(w) for w in args[1]], 3)";
    let steps = "(lambda w, keys, values: [step(np.array(x), *w, 3, keys, values) for x in args[0]])\
                 ([np.array(w) for w in args[1]], [], [])";
    for (topic, call) in [("multi_head", whole), ("kv_cache", steps)] {
        in_python(topic, call, &args).iter().for_each(|said| close(said, &right));
    }
}

#[test]
fn online_softmax_is_the_librarys() {
    let [scores, values] = drawn([(1, 20), (20, 3)]);
    // Nothing to be seen in the first block, and the largest score at the very end.
    let mut scores: Array1<f64> = scores.row(0).to_owned() * 300.0;
    scores.iter_mut().take(7).for_each(|score| *score = f64::NEG_INFINITY);
    scores[19] = 1000.0;
    let mut whole = OnlineSoftmax::new(3);
    whole.push(scores.view(), values.view());
    let right = whole.finish();
    let right = right.view().insert_axis(ndarray::Axis(0)).to_owned();
    let listed: Vec<Value> =
        scores.iter().map(|x| if x.is_finite() { json!(x) } else { json!("-inf") }).collect();
    for block in [1, 7, 20] {
        let ours = online_softmax::online_softmax(&scores.to_vec(), &lists(&values), block);
        close(&Array2::from_shape_fn((1, 3), |(_, j)| ours[j]), &right);
        let args = json!([listed, lists(&values), block]);
        let said = in_python("online_softmax", "[online_softmax(args[0], args[1], int(args[2]))]", &args);
        said.iter().for_each(|said| close(said, &right));
    }
}

#[test]
fn the_backward_pass_is_the_librarys() {
    let [q, k, v, g] = drawn([(5, 4), (7, 4), (7, 3), (5, 3)]);
    let whole =
        concepts::attention::attention_backward(q.view(), k.view(), v.view(), &Mask::None, g.view()).unwrap();
    let right = [whole.dq, whole.dk, whole.dv];
    let ours = backward::attention_backward(&q, &k, &v, &g);
    let args = json!([lists(&q), lists(&k), lists(&v), lists(&g)]);
    for (i, (ours, right)) in ours.iter().zip(&right).enumerate() {
        close(ours, right);
        let call = format!("attention_backward(*[np.array(x) for x in args])[{i}]");
        in_python("backward", &call, &args).iter().for_each(|said| close(said, right));
    }
}
