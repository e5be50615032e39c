//! The code for the whiteboard, held to the library's numbers: the Rust by calling it, the Python by running it.
//!
//! | file | what it holds |
//! |---|---|
//! | [`sinusoidal`] | the table of sines and cosines |
//! | [`learned`] | looking up a trained table, also while decoding |
//! | [`alibi`] | slopes for any number of heads, and the bias |
//! | [`t5_buckets`] | from a distance to its bucket |

// The files are shown as they stand; whoever takes one along makes its functions public.
#![allow(unreachable_pub)]

mod alibi;
mod learned;
mod sinusoidal;
mod t5_buckets;

use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng};
use concepts::position::{add_positions, alibi_bias, alibi_slopes, sinusoidal_table, t5_bucket};
use ndarray::Array2;
use serde_json::{Value, json};

use crate::kit::whiteboard::python;

fn nested(x: &Array2<f64>) -> Value {
    x.outer_iter().map(|row| json!(row.to_vec())).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(value.clone()).unwrap();
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}

/// A number, or an infinity as the text that JSON can carry.
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

fn close(a: &Array2<f64>, b: &Array2<f64>) {
    assert!(max_difference(a, b) < EXACT_F64, "{a} {b}");
}

#[test]
fn the_sinusoidal_table() {
    for (n, d, base) in [(1, 2, 10.0), (64, 32, 10_000.0), (300, 4, 2.0)] {
        let expected = sinusoidal_table(n, d, base).unwrap();
        close(&sinusoidal::sinusoidal(n, d, base), &expected);
        if let Some(table) = python(include_str!("sinusoidal.py"), "sinusoidal(*args)", &json!([n, d, base]))
        {
            close(&matrix(&table), &expected);
        }
    }
}

#[test]
fn a_learned_table_is_looked_up_and_ends_where_it_ends() {
    let mut rng = rng(7, "learned on the whiteboard");
    let (x, table) = (normal((3, 4), 1.0, &mut rng), normal((8, 4), 1.0, &mut rng));
    for first in [0, 5] {
        let expected = add_positions(x.view(), table.view(), first).unwrap();
        close(&learned::with_positions(&x, &table, first).unwrap(), &expected);
        let args = json!([nested(&x), nested(&table), first]);
        if let Some(sum) = python(include_str!("learned.py"), "with_positions(*args)", &args) {
            close(&matrix(&sum), &expected);
        }
    }
    assert!(add_positions(x.view(), table.view(), 6).is_err());
    assert!(learned::with_positions(&x, &table, 6).is_err());
}

#[test]
fn the_slopes_of_alibi() {
    for heads in [1, 2, 6, 8, 12, 16] {
        let row = |slopes: &[f64]| Array2::from_shape_fn((1, heads), |(_, h)| slopes[h]);
        let expected = row(&alibi_slopes(heads).unwrap());
        close(&row(&alibi::slopes(heads)), &expected);
        if let Some(slopes) = python(include_str!("alibi.py"), "[slopes(*args)]", &json!([heads])) {
            close(&matrix(&slopes), &expected);
        }
    }
}

#[test]
fn the_bias_of_alibi_is_the_librarys_where_the_mask_lets_it_be_seen() {
    const N: usize = 5;
    const SLOPE: f64 = 0.25;
    let library = alibi_bias(N, N, SLOPE).unwrap();
    let seen = |i: usize, j: usize| j <= i;
    for (i, row) in alibi::bias(N, SLOPE).iter().enumerate() {
        for (j, &bias) in row.iter().enumerate() {
            assert!(if seen(i, j) { bias == library[[i, j]] } else { bias == f64::NEG_INFINITY }, "{i} {j}");
        }
    }
    if let Some(bias) = python(include_str!("alibi.py"), "bias(*args)", &json!([N, SLOPE])) {
        for (i, j) in (0..N).flat_map(|i| (0..N).map(move |j| (i, j))) {
            let expected = if seen(i, j) { library[[i, j]] } else { f64::NEG_INFINITY };
            assert_eq!(number(&bias[i][j]), expected, "{i} {j}");
        }
    }
}

#[test]
fn the_buckets_of_t5() {
    const FAR: i64 = 300;
    for (bidirectional, buckets, farthest) in [(true, 32, 128), (false, 32, 128), (true, 8, 20)] {
        let all = |bucket: &dyn Fn(i64) -> usize| (-FAR..=FAR).map(bucket).collect::<Vec<_>>();
        let expected = all(&|r| t5_bucket(r, bidirectional, buckets, farthest).unwrap());
        assert_eq!(all(&|r| t5_buckets::bucket(r, bidirectional, buckets, farthest)), expected);
        let args = json!([FAR, bidirectional, buckets, farthest]);
        let call = "[bucket(r, *args[1:]) for r in range(-int(args[0]), int(args[0]) + 1)]";
        if let Some(found) = python(include_str!("t5_buckets.py"), call, &args) {
            assert_eq!(found, json!(expected));
        }
    }
}
