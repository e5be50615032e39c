//! Expressions.

use concepts::emergence::{EmergenceError, evaluate};
use proptest::prelude::*;

#[test]
fn values_by_hand() {
    for (expression, value) in [
        ("23-17+5", 11.0),
        ("23 − 17 + 5", 11.0),
        ("23-(17+5)", 1.0),
        ("23-20+6", 9.0),
        ("2*3+4*5", 26.0),
        ("8/4/2", 1.0),
        ("--3", 3.0),
        ("-(1.5)*2", -3.0),
        ("（1+2）×3÷9", 1.0),
    ] {
        assert_eq!(evaluate(expression).unwrap().value, value, "{expression}");
    }
}

#[test]
fn what_cannot_be_computed_is_refused_at_its_place() {
    for (expression, refusal) in [
        ("", EmergenceError::Unfinished),
        ("1+", EmergenceError::Unfinished),
        ("(1", EmergenceError::Unfinished),
        ("1 + x", EmergenceError::Unexpected { at: 5, found: 'x' }),
        ("1)", EmergenceError::Unexpected { at: 2, found: ')' }),
        ("1.2.3", EmergenceError::Unexpected { at: 1, found: '1' }),
        ("2/(1-1)", EmergenceError::NoNumber { left: 2.0, operator: '/', right: 0.0 }),
    ] {
        assert_eq!(evaluate(expression), Err(refusal), "{expression}");
    }
    let deep = "(".repeat(5000);
    assert_eq!(evaluate(&deep), Err(EmergenceError::TooDeep { most: 100 }));
    assert!(evaluate(&"9".repeat(400)).is_err());
}

proptest! {
    #[test]
    fn sums_run_from_left_to_right(parts in prop::collection::vec((any::<bool>(), 0u32..1000), 1..20), first in 0u32..1000) {
        let (mut written, mut value) = (first.to_string(), f64::from(first));
        for (plus, number) in &parts {
            written += &format!("{}{number}", if *plus { '+' } else { '-' });
            value += if *plus { f64::from(*number) } else { -f64::from(*number) };
        }
        let found = evaluate(&written).unwrap();
        prop_assert_eq!(found.value, value);
        prop_assert_eq!(found.steps.len(), parts.len());
    }
}
