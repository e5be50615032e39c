//! Where values lie on an axis and which of them are named.

use super::*;

fn names(ruler: &Ruler) -> Vec<&str> {
    ruler.ticks.iter().map(|t| t.name.as_str()).collect()
}

#[test]
fn decades_lie_at_equal_distances() {
    let ruler = Ruler::over(Scale::Log, &[1e-3, 1e3], &[], 10);
    assert_eq!(names(&ruler), ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]);
    let gaps: Vec<f64> = ruler.ticks.windows(2).map(|t| t[1].place - t[0].place).collect();
    assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() < 1e-12));
}

#[test]
fn long_axes_name_some_decades_with_raised_exponents() {
    let ruler = Ruler::over(Scale::Log, &[1e-40, 1.0], &[], 6);
    assert_eq!(names(&ruler), ["10⁻⁴⁰", "10⁻³⁰", "10⁻²⁰", "10⁻¹⁰", "1"]);
}

#[test]
fn measured_powers_of_two_are_the_ticks() {
    let n = [16.0, 64.0, 256.0, 1024.0];
    assert_eq!(names(&Ruler::over(Scale::Log, &n, &n, 8)), ["16", "64", "256", "1024"]);
    assert_eq!(names(&Ruler::over(Scale::Log, &n, &n, 2)), ["16", "256"]);
    let tiny = [2f64.powi(-30), 1.0];
    assert_eq!(names(&Ruler::over(Scale::Log, &tiny, &tiny, 8)), ["2⁻³⁰", "2⁰"]);
}

#[test]
fn short_logarithmic_axes_name_parts_of_a_decade() {
    assert_eq!(names(&Ruler::over(Scale::Log, &[3.0, 30.0], &[], 6)), ["5", "10", "20"]);
    assert!(Ruler::over(Scale::Log, &[3.0, 3.1], &[], 6).ticks.len() >= 2);
    assert!(Ruler::over(Scale::Log, &[7.0], &[], 6).ticks.len() >= 2);
}

#[test]
fn linear_ticks_are_round() {
    assert_eq!(
        names(&Ruler::over(Scale::Linear, &[0.0, 1.0], &[], 6)),
        ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    );
    let layers = [0.0, 1.0];
    assert_eq!(names(&Ruler::over(Scale::Linear, &layers, &layers, 9)), ["0", "1"]);
    assert_eq!(names(&Ruler::over(Scale::Linear, &[0.0], &[0.0], 9)), ["0", "1"]);
    assert_eq!(names(&Ruler::over(Scale::Linear, &[1.0, 4.0], &[], 20)), ["0", "1", "2", "3", "4"]);
    assert_eq!(names(&Ruler::over(Scale::Linear, &[0.0, 3e7], &[], 4)), ["0", "1×10⁷", "2×10⁷", "3×10⁷"]);
}

#[test]
fn any_values_make_an_axis() {
    let odd = [f64::NAN, f64::INFINITY, f64::MAX, f64::MIN, 0.0, -0.0, -1.0, 5e-324, 1e-300, 1e299, 3.0];
    for scale in [Scale::Linear, Scale::Log] {
        for a in odd {
            for b in odd {
                let ruler = Ruler::over(scale, &[a, b], &[a, b], 6);
                assert!(ruler.ticks.len() <= 12, "{a} {b}: {:?}", names(&ruler));
                assert!(ruler.ticks.iter().all(|t| t.place.is_finite()));
                assert!((0.0..=1.0).contains(&ruler.place_or_end(a)));
            }
        }
    }
}
