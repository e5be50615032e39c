//! Two columns of the data, so that a loss can be drawn.

use concepts::regularization::{Design, Event, Kind, Knot, Problem, Ridge, Scaling, exact_path};
use ndarray::Axis;

/// The loss of two columns, and a diamond and a circle of one width.
pub(crate) struct Two {
    pub names: [String; 2],
    /// Least squares.
    pub least: [f64; 2],
    /// Half of the width of the diamond and of the circle.
    pub size: f64,
    /// Where the lowest contour touches the diamond, and where the circle.
    pub touching: [[f64; 2]; 2],
    /// Squares and product of the columns.
    gram: [f64; 3],
}

/// The diamond is this share of the largest one that is touched at a corner.
const SHARE: f64 = 0.8;
/// Columns that are tried beside the first one.
const TRIED: usize = 30;

impl Two {
    /// The first column that enters, and of those after it the one that the corner holds out longest. Nothing where
    /// there are no two that enter.
    pub(crate) fn of(problem: &Problem) -> Option<Two> {
        let whole = Design::new(problem.x.view(), problem.y.view(), Scaling::UnitNorm).ok()?;
        let knots = exact_path(&whole, Kind::Lasso).ok()?.knots;
        let entered = |knot: &Knot| if let Event::Enters(j) = knot.event { Some(j) } else { None };
        let order: Vec<usize> = knots.iter().filter_map(entered).collect();
        let &first = order.first()?;
        let candidates = order.iter().copied().filter(|&j| j != first).take(TRIED);
        let pairs = candidates.filter_map(|second| {
            let x = problem.x.select(Axis(1), &[first, second]);
            let design = Design::new(x.view(), problem.y.view(), Scaling::UnitNorm).ok()?;
            let path = exact_path(&design, Kind::Lasso).ok()?;
            let absolute = |at: usize| path.knots.get(at).map(|knot| knot.coefficients.mapv(f64::abs).sum());
            let (corner, all) = (absolute(1)?, absolute(path.knots.len() - 1)?);
            let drawable = path.knots.len() >= 3 && corner > 0.0 && corner < 0.95 * all;
            drawable.then_some((second, design, corner, corner / all))
        });
        let longest = pairs.max_by(|a, b| a.3.total_cmp(&b.3));
        let (second, design, corner, _) = longest?;
        let path = exact_path(&design, Kind::Lasso).ok()?;
        let (ridge, end) = (Ridge::new(&design), path.knots.last()?.coefficients.clone());
        let diamond = SHARE * corner;
        // Along the path the size grows: the penalty at which it is that of the diamond.
        let l1 = halved(0.0, design.lambda_max(), |lambda| path.at(lambda).mapv(f64::abs).sum() > diamond);
        let on_diamond = path.at(l1);
        let l2 = halved(0.0, 1e9, |lambda| {
            let w = ridge.coefficients(lambda);
            w[0].hypot(w[1]) > diamond
        });
        let on_circle = ridge.coefficients(l2);
        let names = [first, second].map(|j| problem.names[j].clone());
        let (a, b) = (design.column(0), design.column(1));
        let gram = [a.dot(&a), a.dot(&b), b.dot(&b)];
        let touching = [[on_diamond[0], on_diamond[1]], [on_circle[0], on_circle[1]]];
        Some(Two { names, least: [end[0], end[1]], size: diamond, touching, gram })
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
