//! Two columns of the data, so that a loss can be drawn.

use concepts::regularization::{Design, Scaling};
use concepts::regularization::{Kind, Ridge, exact_path};
use ndarray::Axis;

use crate::lessons::regularization::setup::Setup;

/// The loss of two columns, with the sizes of the diamond and of the circle that leave half of least squares.
pub(crate) struct Two {
    pub names: [String; 2],
    /// Least squares.
    pub least: [f64; 2],
    /// Half of the width of the diamond, and of the circle.
    pub diamond: f64,
    pub circle: f64,
    /// Where the lowest contour touches the diamond, and where the circle.
    pub touching: [[f64; 2]; 2],
    /// Squares and product of the columns.
    gram: [f64; 3],
}

/// The diamond's corners lie at this share of all of least squares.
const SHARE: f64 = 0.35;

impl Two {
    /// The first two columns that enter and are not nearly the same; nothing where there are no two.
    pub(crate) fn of(setup: &Setup, order: &[usize]) -> Option<Two> {
        let &first = order.first()?;
        let product = |j: usize| setup.design.column(first).dot(&setup.design.column(j));
        let second = *order.iter().find(|&&j| j != first && product(j).abs() < 0.99)?;
        let x = setup.data.problem.x.select(Axis(1), &[first, second]);
        let design = Design::new(x.view(), setup.data.problem.y.view(), Scaling::UnitNorm).ok()?;
        let path = exact_path(&design, Kind::Lasso);
        let (ridge, end) = (Ridge::new(&design), path.knots.last()?.coefficients.clone());
        let diamond = SHARE * (end[0].abs() + end[1].abs());
        // Along the path the size grows: the penalty at which it is that of the diamond.
        let l1 = halved(0.0, design.lambda_max(), |lambda| {
            let w = path.at(lambda);
            w[0].abs() + w[1].abs() > diamond
        });
        let on_diamond = path.at(l1);
        // A circle as far from the origin as the point on the diamond.
        let circle = on_diamond[0].hypot(on_diamond[1]);
        let l2 = halved(0.0, 1e9, |lambda| {
            let w = ridge.coefficients(lambda);
            w[0].hypot(w[1]) > circle
        });
        let on_circle = ridge.coefficients(l2);
        let names = [first, second].map(|j| setup.name(j).to_string());
        let (a, b) = (design.column(0), design.column(1));
        let gram = [a.dot(&a), a.dot(&b), b.dot(&b)];
        let touching = [[on_diamond[0], on_diamond[1]], [on_circle[0], on_circle[1]]];
        Some(Two { names, least: [end[0], end[1]], diamond, circle, touching, gram })
    }

    /// A point of the contour of the loss that runs through a point, at an angle around least squares.
    pub(crate) fn contour(&self, through: [f64; 2], angle: f64) -> (f64, f64) {
        let [aa, ab, bb] = self.gram;
        let loss = |x: f64, y: f64| aa * x * x + 2.0 * ab * x * y + bb * y * y;
        let level = loss(through[0] - self.least[0], through[1] - self.least[1]);
        let (sin, cos) = angle.sin_cos();
        let radius = (level / loss(cos, sin)).sqrt();
        (self.least[0] + radius * cos, self.least[1] + radius * sin)
    }
}

/// The penalty at which something stops being so, by halving.
fn halved(mut low: f64, mut high: f64, still: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if still(middle) { low = middle } else { high = middle }
    }
    high
}
