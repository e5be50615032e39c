//! C5 to C7: the sinusoidal table.

use std::f64::consts::TAU;

use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F64};
use concepts::numerics::{max_abs, normal, rng};
use concepts::position::{PositionError, sinusoidal_table};
use ndarray::Array2;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::positions::experiments::sinusoid::{
    USUAL_BASE, nearest, shift_error, slipped, toeplitz_error, turn, unseen_pairs,
};
use crate::lessons::positions::published::{LENGTHS, first_and_last};

/// C5: the formula
pub(crate) fn formula(c: &mut Case) -> Checked {
    // Small enough for the slowest pair to turn several times within the table.
    const N: usize = 4000;
    const D: usize = 8;
    const B: f64 = 100.0;
    // From a table of sines, not from the library.
    const SIN_1: f64 = 0.841_470_984_807_896_5;
    const COS_1: f64 = 0.540_302_305_868_139_8;
    let stretch = |i: usize| B.powf((2 * i) as f64 / D as f64);
    let slowest = stretch(D / 2 - 1);
    c.value("sin", SIN_1).value("cos", COS_1).value("slowest", TAU * slowest);
    c.holds(sinusoidal_table(N, D, B)?, |t, table| {
        let half = D as f64 / 2.0;
        let norms = Array2::from_shape_fn((1, N), |(_, p)| table.row(p).dot(&table.row(p)) - half);
        let turns =
            Array2::from_shape_fn((1, D / 2), |(_, i)| turn(table.column(2 * i)) / (TAU * stretch(i)) - 1.0);
        let start: f64 = table.row(0).iter().enumerate().map(|(j, x)| (x - (j % 2) as f64).abs()).sum();
        let first = (table[[1, 0]] - SIN_1).abs() + (table[[1, 1]] - COS_1).abs();
        t.at_most("norm", max_abs(&norms), ORACLE_F64).over(N);
        t.exactly("start", start, 0.0).over(D);
        t.at_most("first-row", first, EXACT_F64).over(2);
        t.at_most("wavelengths", max_abs(&turns), 0.01).over(N * D / 2);
        t.near("fastest", turn(table.column(0)), TAU, 0.01 * TAU).over(N);
        t.near("slowest", turn(table.column(D - 2)), TAU * slowest, 0.01 * TAU * slowest).over(N);
    })
    .control("slipped", slipped(N, D, B));
    Ok(())
}

/// C6: needs no training and generalises
pub(crate) fn generalises(c: &mut Case) -> Checked {
    const D: usize = 512;
    const N: usize = 2000;
    const SHORT: usize = LENGTHS[0];
    const LONG: usize = 2048;
    let unseen = |base, len| unseen_pairs(D, base, len).map(|pairs| pairs as f64);
    let with = |base| -> Result<_, PositionError> {
        Ok((nearest(N, D, base)?, unseen(base, SHORT)?, unseen(base, LONG)?))
    };
    let usual = with(USUAL_BASE)?;
    c.as_written(|t| {
        t.at_most("new-angles", usual.1, 0.0).over(D / 2);
    });
    c.value("n", N).value("norm", (D as f64 / 2.0).sqrt()).value("short", SHORT).value("long", LONG);
    c.value("d", D).value("pairs", D / 2).value("unseen", usual.1);
    let [before, after] = first_and_last("sinusoidal").ok_or("nothing is published")?;
    c.value("longest", LENGTHS[3]).value("before", before).value("after", after);
    c.corrected(Wrong, usual, |t, (nearest, short, long)| {
        t.at_least("apart", nearest, 1.0).over(N);
        t.exactly("unseen-short", short, 133.0).over(D / 2);
        t.exactly("unseen-long", long, 95.0).over(D / 2);
    })
    .control("base-10", with(10.0)?);
    Ok(())
}

/// C7: a fixed function, relative positions constant
pub(crate) fn constant_relation(c: &mut Case) -> Checked {
    const N: usize = 512;
    const D: usize = 64;
    const K: usize = 37;
    let with = |table: &Array2<f64>| -> Result<_, PositionError> {
        Ok((shift_error(table, K, USUAL_BASE)?, toeplitz_error(&table.dot(&table.t()))))
    };
    let learned = normal((N, D), 1.0 / 2f64.sqrt(), &mut rng(c.seed, "Q2 C7 learned"));
    c.value("k", K);
    c.holds(with(&sinusoidal_table(N, D, USUAL_BASE)?)?, |t, (shift, diagonals)| {
        t.at_most("shift", shift, ORACLE_F64).over((N - K) * D);
        t.at_most("diagonals", diagonals, ORACLE_F64).over(N * N);
    })
    .control("learned", with(&learned)?);
    Ok(())
}
