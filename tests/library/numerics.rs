//! Numerics against SciPy. `tests/fixtures/numerics/make.py` says where the numbers come from.

use concepts::numerics::chi_square_tail;
use concepts::numerics::tolerance::ORACLE_F64;
use serde_json::Value;

const CHI_SQUARE: &str = include_str!("../fixtures/numerics/chi_square.json");

#[test]
fn tails_of_chi_square_are_those_of_scipy() {
    let root: Value = serde_json::from_str(CHI_SQUARE).unwrap();
    let cases = root["tails"].as_array().unwrap();
    assert!(cases.len() > 70, "only {} cases", cases.len());
    for case in cases {
        let freedom = case["freedom"].as_u64().unwrap() as usize;
        let (x, want) = (case["x"].as_f64().unwrap(), case["tail"].as_f64().unwrap());
        let found = chi_square_tail(x, freedom);
        // Relative to the tail, however small it is.
        assert!((found - want).abs() <= ORACLE_F64 * want, "{case}: {found:e}");
    }
}

#[test]
fn the_ends_of_chi_square_are_exact() {
    for freedom in [0, 1, 2, 7] {
        assert_eq!(chi_square_tail(0.0, freedom), 1.0);
        assert_eq!(chi_square_tail(f64::INFINITY, freedom), 0.0);
        assert!(chi_square_tail(f64::NAN, freedom).is_nan());
    }
    assert_eq!(chi_square_tail(0.1, 0), 0.0);
}
