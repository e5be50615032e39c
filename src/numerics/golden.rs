//! The floor of a valley of one variable, by the values of the function alone.

/// Steps after which the interval is as narrow as `f64` can tell.
const STEPS: usize = 200;

/// The place between `low` and `high` at which `f` is smallest, if it falls before that place and rises behind it.
///
/// Near the floor the value changes with the square of the distance, so that the place is exact to about half of
/// the digits that the value has.
///
/// # Formula
/// Golden sections: the interval shrinks by `(√5 − 1)/2` in each step, and one of its two inner points is used again.
///
/// # Reference
/// Kiefer 1953, *Sequential Minimax Search for a Maximum*.
///
/// # Examples
/// ```
/// use concepts::numerics::golden_section;
/// let floor = golden_section(|x: f64| (x - 2.0).powi(2), 0.0, 5.0);
/// assert!((floor - 2.0).abs() < 1e-7);
/// ```
pub fn golden_section(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let share = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (low, high);
    let (mut left, mut right) = (high - share * (high - low), low + share * (high - low));
    let (mut at_left, mut at_right) = (f(left), f(right));
    for _ in 0..STEPS {
        if high - low <= 1e-12 * (1.0 + low.abs()) {
            break;
        }
        if at_left <= at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - share * (high - low);
            at_left = f(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + share * (high - low);
            at_right = f(right);
        }
    }
    f64::midpoint(low, high)
}
