//! The readable twin: every weight decoded, sums in `f64`; and how far apart the two may be.

use super::error::{LinearError, Operand};
use super::fixed::{Fixed, half_step};
use super::layout::{Layout, PART, Visit, with_layout};
use super::matrix::{Linear, length};

impl Linear<'_> {
    /// [`Linear::apply`], one weight after the other, in `f64`.
    ///
    /// # Formula
    /// `y_tr = Σ_c x_tc w_rc`
    ///
    /// # Shapes
    /// `x (n, columns)` → `(n, rows)`
    ///
    /// # Errors
    /// [`LinearError::Length`] if `x` has another length.
    ///
    /// # Examples
    /// ```
    /// use concepts::linear::Linear;
    /// use concepts::weights::{Encoding, Tensor};
    /// let bytes: Vec<u8> = [1f32, 2.0].iter().flat_map(|x| x.to_le_bytes()).collect();
    /// let tensor = Tensor { name: "w", shape: vec![1, 2], encoding: Encoding::F32, bytes: &bytes };
    /// assert_eq!(Linear::new(&tensor)?.apply_readable(&[3.0, 4.0], 1)?, [11.0]);
    /// # Ok::<(), concepts::linear::LinearError>(())
    /// ```
    pub fn apply_readable(&self, x: &[f32], n: usize) -> Result<Vec<f64>, LinearError> {
        self.each_row(x, n, |row, w| self.decode_row(row, w))
    }

    /// How far [`Linear::apply`] may be from [`Linear::apply_readable`] by rounding.
    ///
    /// # Formula
    /// `(columns + 8) u Σ_c |x_tc| (|d q_rc| + |m|)` with `u = 2⁻²⁴`: no term passes through more than `columns + 8`
    /// roundings, and `d q` and `m` are rounded before they cancel. What is too small for `f32`, `2⁻¹²⁶` a term, comes
    /// on top. Without `d` and `m` the size is `|w_rc|`. Where one token is rounded to whole numbers, `Σ_c h_c |d q_rc|`
    /// is added, with `h_c` half a fine step of the 32 numbers that `c` is among: 2⁻³¹ of the largest of them.
    ///
    /// # Shapes
    /// `x (n, columns)` → `(n, rows)`
    ///
    /// # Errors
    /// As [`Linear::apply_readable`].
    ///
    /// # Reference
    /// Higham 2002, *Accuracy and Stability of Numerical Algorithms*, section 3.1.
    pub fn rounding_bound(&self, x: &[f32], n: usize) -> Result<Vec<f64>, LinearError> {
        let sizes: Vec<f32> = x.iter().map(|x| x.abs()).collect();
        let roundings = (self.columns() + 8) as f64;
        let mut bounds = self.each_row(&sizes, n, |row, w| self.sizes_of_row(row, true, w))?;
        for bound in &mut bounds {
            *bound = roundings * (*bound * f64::from(f32::EPSILON) / 2.0 + f64::from(f32::MIN_POSITIVE));
        }
        let in_steps = n == 1 && with_layout(self.encoding(), IsScaled) == Some(true);
        let (parts, rest) = x.as_chunks::<PART>();
        if in_steps && rest.is_empty() && Fixed::new(parts).is_some() {
            let halves: Vec<f32> = parts.iter().flat_map(|part| [half_step(part); PART]).collect();
            let more = self.each_row(&halves, 1, |row, w| self.sizes_of_row(row, false, w))?;
            bounds.iter_mut().zip(more).for_each(|(bound, more)| *bound += more);
        }
        Ok(bounds)
    }

    /// The dot product of each row that `weights` writes with each token.
    fn each_row(
        &self,
        x: &[f32],
        n: usize,
        weights: impl Fn(usize, &mut [f32]),
    ) -> Result<Vec<f64>, LinearError> {
        length(Operand::Activations, x.len(), n.saturating_mul(self.columns()))?;
        // (n, rows)
        let mut out = vec![0.0; n * self.rows()];
        let mut w = vec![0.0; self.columns()];
        for row in 0..self.rows() {
            weights(row, &mut w);
            for (t, x) in x.chunks_exact(self.columns()).enumerate() {
                out[t * self.rows() + row] =
                    x.iter().zip(&w).map(|(&x, &w)| f64::from(x) * f64::from(w)).sum();
            }
        }
        Ok(out)
    }

    /// `|d q|` of each weight, with its minimum `|d q| + |m|`; `|w|` of what is decoded elsewhere.
    fn sizes_of_row(&self, row: usize, with_minimum: bool, to: &mut [f32]) {
        let bytes = self.row_bytes();
        let stored = &self.bytes()[row * bytes..][..bytes];
        let whole = self.columns().is_multiple_of(PART);
        if !whole || with_layout(self.encoding(), Sizes { stored, with_minimum, to: &mut *to }).is_none() {
            self.decode_row(row, to);
            to.iter_mut().for_each(|w| *w = w.abs());
        }
    }
}

struct Sizes<'a> {
    stored: &'a [u8],
    with_minimum: bool,
    to: &'a mut [f32],
}

impl Visit for Sizes<'_> {
    type Output = ();

    fn visit<L: Layout<BYTES>, const BYTES: usize>(self) {
        let (blocks, _) = self.stored.as_chunks::<BYTES>();
        let parts = blocks.len() * L::PARTS;
        let (mut d, mut m) = (vec![1.0; parts], vec![0.0; parts]);
        L::scales(blocks, &mut d, &mut m);
        for (i, to) in self.to.as_chunks_mut::<PART>().0.iter_mut().enumerate() {
            L::numbers(&blocks[i / L::PARTS], i % L::PARTS, to);
            let minimum = if self.with_minimum { m[i].abs() } else { 0.0 };
            *to = to.map(|q| (d[i] * q).abs() + minimum);
        }
    }
}

/// Is a layout scaled?
struct IsScaled;

impl Visit for IsScaled {
    type Output = bool;

    fn visit<L: Layout<BYTES>, const BYTES: usize>(self) -> bool {
        L::SCALED
    }
}
