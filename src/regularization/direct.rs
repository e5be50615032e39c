//! The active coefficients solved for all at once, while their signs hold.

use super::Penalty;
use super::cholesky::Cholesky;
use super::gram::Gram;

/// Passes of coordinate descent that one solution saves, about: what its factor may cost.
const WORTH: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Outside,
    /// In the factor.
    Member,
    /// By members, up to rounding.
    Spanned,
}

/// A factor of the products of active columns, kept from one penalty to the next.
#[derive(Debug)]
pub(super) struct Direct {
    factor: Cholesky,
    members: Vec<usize>,
    place: Vec<Place>,
    /// What stands on the diagonal beside the products.
    l2: f64,
}

impl Direct {
    pub(super) fn new(p: usize) -> Direct {
        Direct { factor: Cholesky::default(), members: Vec::new(), place: vec![Place::Outside; p], l2: 0.0 }
    }

    /// A factor belongs to one penalty on squares.
    pub(super) fn begin(&mut self, penalty: Penalty) {
        if penalty.l2 != self.l2 {
            *self = Direct { l2: penalty.l2, ..Direct::new(self.place.len()) };
        }
    }

    /// Is this coefficient one of those that [`Direct::solve`] finds?
    pub(super) fn holds(&self, j: usize) -> bool {
        self.place[j] == Place::Member
    }

    /// Does solving pay, after that many multiply-adds of descent?
    pub(super) fn pays(&self, w: &[f64], spent: usize) -> bool {
        let active = w.iter().filter(|w| **w != 0.0).count();
        let missing = w.iter().zip(&self.place).filter(|(w, at)| **w != 0.0 && **at == Place::Outside);
        missing.count() * active * active / 2 <= WORTH * (spent + active * w.len())
    }

    /// Moves the active coefficients to where the objective is least while their signs hold. One that reaches 0
    /// before stays there, and the others go on without it. No step of it raises the objective. Returns how many
    /// coefficients it moved.
    ///
    /// # Formula
    /// `(G_A + l2 I) d = c_A − l1 s_A − l2 w_A`, `w_A ← w_A + t d`, `t = min(1, −wⱼ/dⱼ over j that turn to 0)`;
    /// after it, what is left of the right side is `1 − t` of it
    pub(super) fn solve(&mut self, gram: &mut Gram<'_>, w: &mut [f64], c: &[f64], penalty: Penalty) -> usize {
        self.follow(gram, w);
        let slope = |&j: &usize| c[j] - penalty.l1 * w[j].signum() - penalty.l2 * w[j];
        let mut left: Vec<f64> = self.members.iter().map(slope).collect();
        let mut moved = 0;
        while !self.members.is_empty() {
            let d = self.factor.solve(&left);
            let until_zero = self.members.iter().zip(&d).map(|(&j, d)| -w[j] / d).enumerate();
            let crossing = until_zero.filter(|(_, t)| (0.0..1.0).contains(t));
            let first = crossing.min_by(|a, b| a.1.total_cmp(&b.1));
            let t = first.map_or(1.0, |(_, t)| t);
            self.members.iter().zip(&d).for_each(|(&j, d)| w[j] += t * d);
            moved += self.members.len();
            let Some((at, _)) = first else { break };
            w[self.members[at]] = 0.0;
            self.remove(at);
            left.remove(at);
            left.iter_mut().for_each(|left| *left *= 1.0 - t);
        }
        moved
    }

    /// Members become the active columns, but for those that others span.
    fn follow(&mut self, gram: &mut Gram<'_>, w: &[f64]) {
        for at in (0..self.members.len()).rev() {
            if w[self.members[at]] == 0.0 {
                self.remove(at);
            }
        }
        for j in 0..w.len() {
            if w[j] == 0.0 || self.place[j] != Place::Outside {
                continue;
            }
            let row = gram.row(j);
            let products: Vec<f64> = self.members.iter().map(|&i| row[i]).collect();
            let entered = self.factor.push(&products, row[j] + self.l2);
            self.place[j] = if entered { Place::Member } else { Place::Spanned };
            if entered {
                self.members.push(j);
            }
        }
    }

    fn remove(&mut self, at: usize) {
        self.factor.remove(at);
        self.place[self.members.remove(at)] = Place::Outside;
        // What was spanned with it need not be without it.
        for place in self.place.iter_mut().filter(|place| **place == Place::Spanned) {
            *place = Place::Outside;
        }
    }
}
