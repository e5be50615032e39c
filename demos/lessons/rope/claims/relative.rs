//! C2, C4, C5: what the score depends on.

use concepts::numerics::statistics::variance;
use concepts::numerics::tolerance::ORACLE_F64;

use super::{D, LAYOUT, theta};
use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Wrong;
use crate::lessons::rope::experiments::outputs::Tokens;
use crate::lessons::rope::experiments::score::{
    Content, Product, apart, content, product, score, shift_error,
};

/// Above this two scores, which spread by about 11 at d = 128, differ for good.
const DIFFERENT: f64 = 1e-3;

/// C2: only the distance
pub(crate) fn only_the_distance(c: &mut Case) -> Checked {
    const TRIALS: usize = 200;
    const FARTHEST: i64 = 4096;
    const OFFSET: i64 = 7;
    let (theta, seed) = (theta()?, c.seed);
    let said = content(D, seed, "Q3 C2");
    let alike = Content { q: said.q.clone(), k: said.q.clone() };
    let at = |m: i64, n: i64| score(&said, m, n, &theta, LAYOUT);
    // The key turned the other way: the angles add.
    let backwards = |m: i64, n: i64| score(&said, m, -n, &theta, LAYOUT);
    let even = |m: i64, n: i64| score(&alike, m, n, &theta, LAYOUT);
    let (plus, minus) = (at(OFFSET, 0), at(0, OFFSET));
    let of_content = |i| score(&content(D, seed, &format!("Q3 C2 content {i}")), OFFSET, 0, &theta, LAYOUT);
    let over_contents: Vec<f64> = (0..TRIALS).map(of_content).collect();
    c.value("offset", OFFSET.to_string()).value("farthest", FARTHEST.to_string());
    c.value("plus", plus).value("minus", minus).value("d", D);
    let right: &dyn Fn(i64, i64) -> f64 = &at;
    c.holds(right, |t, turned: &dyn Fn(i64, i64) -> f64| {
        let shifted = shift_error(TRIALS, FARTHEST, seed, turned);
        t.at_most("shifted", shifted, ORACLE_F64).over(TRIALS).drawn();
        t.at_least("sign", (turned(OFFSET, 0) - turned(0, OFFSET)).abs(), DIFFERENT).drawn();
        t.at_least("content", variance(&over_contents).sqrt(), 1.0).over(TRIALS).drawn();
    })
    .control("backwards", &backwards)
    .control("alike", &even);
    Ok(())
}

/// C4: no conjugate
pub(crate) fn no_conjugate(c: &mut Case) -> Checked {
    let theta = theta()?;
    let said = content(D, c.seed, "Q3 C4");
    let of = |m: i64, n: i64, how| product(&said, (m, n), &theta, LAYOUT, how);
    let shifted = |how| apart(of(8 + 5, 3 + 5, how), of(8, 3, how));
    let same_sum = apart(of(8, 5, Product::Plain), of(10, 3, Product::Plain));
    c.value("shifted", shifted(Product::Plain)).value("same", same_sum).value("d", D);
    c.as_written(|t| {
        t.at_most("as-stated", shifted(Product::Plain), ORACLE_F64).drawn();
    });
    c.corrected(Wrong, Product::Conjugate, |t, how| {
        t.at_most("moved-on", shifted(how), ORACLE_F64).drawn();
        let real = (of(8, 3, how).0 - score(&said, 8, 3, &theta, LAYOUT)).abs();
        t.at_most("real", real, ORACLE_F64).drawn();
        t.at_least("imaginary", of(8, 3, how).1.abs(), DIFFERENT).drawn();
        t.at_most("same-sum", same_sum, ORACLE_F64).drawn();
    })
    .control("plain", Product::Plain);
    Ok(())
}

/// C5: the score depends on m − n
pub(crate) fn relative(c: &mut Case) -> Checked {
    const N: usize = 6;
    const SHIFT: i64 = 1000;
    let tokens = Tokens::random(N, theta()?, c.seed);
    let (plain, values_too) = (tokens.moved_on(SHIFT, false)?, tokens.moved_on(SHIFT, true)?);
    let reversed = tokens.reversed()?;
    c.value("shift", SHIFT.to_string());
    c.holds(plain, |t, moved_on| {
        t.at_most("moved-on", moved_on, ORACLE_F64).over(N * D).drawn();
        t.at_least("order", reversed, 0.01).over(N * D).drawn();
    })
    .control("values-too", values_too);
    Ok(())
}
