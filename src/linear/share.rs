//! The rows of one or several matrices, shared out among threads.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::Range;

use pulp::Arch;
use rayon::prelude::*;

use super::error::{LinearError, Operand};
use super::fixed::Fixed;
use super::integer::OneFixed;
use super::layout::{Layout, PART, Visit, with_layout};
use super::many::{Decoded, Many, Packed};
use super::matrix::{Linear, length};
use super::one::One;

/// Who computes. The bits of the result do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// The thread that asks.
    One,
    /// All threads of the current rayon pool.
    All,
}

/// Rows of a task: enough to be worth giving away, and whole panels.
const TASK: usize = 64;

/// Several matrices applied to the same activations: threads meet once and not once for each.
///
/// # Shapes
/// `x (n, columns)`, and for each matrix a room `(n, rows)`
///
/// # Errors
/// [`LinearError`] if the matrices have not the same columns or something has not these shapes.
///
/// # Examples
/// ```
/// use concepts::linear::{Linear, Threads, apply_together};
/// use concepts::weights::{Encoding, Tensor};
/// let bytes: Vec<u8> = [1f32, 2.0].iter().flat_map(|x| x.to_le_bytes()).collect();
/// let wide = Linear::new(&Tensor { name: "w", shape: vec![2, 1], encoding: Encoding::F32, bytes: &bytes })?;
/// let half = Linear::new(&Tensor { name: "v", shape: vec![1, 1], encoding: Encoding::F32, bytes: &bytes[4..] })?;
/// let (mut a, mut b) = ([0.0; 2], [0.0; 1]);
/// apply_together(&[&wide, &half], &[3.0], 1, &mut [&mut a, &mut b], Threads::All)?;
/// assert_eq!((a, b), ([3.0, 6.0], [6.0]));
/// # Ok::<(), concepts::linear::LinearError>(())
/// ```
pub fn apply_together(
    matrices: &[&Linear<'_>],
    x: &[f32],
    n: usize,
    outs: &mut [&mut [f32]],
    threads: Threads,
) -> Result<(), LinearError> {
    check(matrices, x, n, outs)?;
    let Some(first) = matrices.first().filter(|_| n > 0) else { return Ok(()) };
    let x = Activations::new(x, first.columns());
    if n == 1 {
        let tasks = matrices.iter().zip(outs).flat_map(|(matrix, out)| tasks(matrix, 1, out));
        run_all(tasks.collect(), &x, threads);
        return Ok(());
    }
    // (rows, n) each: a task writes whole rows, and they are turned at the end.
    let mut turned: Vec<Vec<f32>> = matrices.iter().map(|matrix| vec![0.0; matrix.rows() * n]).collect();
    let tasks = matrices.iter().zip(&mut turned).flat_map(|(matrix, out)| tasks(matrix, n, out));
    run_all(tasks.collect(), &x, threads);
    for (turned, out) in turned.iter().zip(outs) {
        turn(turned, n, out, threads);
    }
    Ok(())
}

impl Linear<'_> {
    /// The products with the activations of `n` tokens.
    ///
    /// One token is multiplied with the weights as they are unpacked, for which it is rounded to whole numbers of 16
    /// bits; for more, some rows at a time are unpacked for all. The same tokens give the same bits on any number of
    /// threads, and nearly the same alone and together: to five digits.
    ///
    /// # Formula
    /// `y = x Wᵀ`
    ///
    /// # Shapes
    /// `x (n, columns)` → `out (n, rows)`
    ///
    /// # Errors
    /// [`LinearError::Length`] if `x` or `out` has not these shapes.
    pub fn apply(&self, x: &[f32], n: usize, out: &mut [f32], threads: Threads) -> Result<(), LinearError> {
        apply_together(&[self], x, n, &mut [out], threads)
    }
}

fn check(matrices: &[&Linear<'_>], x: &[f32], n: usize, outs: &[&mut [f32]]) -> Result<(), LinearError> {
    if matrices.len() != outs.len() {
        return Err(LinearError::Rooms { matrices: matrices.len(), rooms: outs.len() });
    }
    for (matrix, out) in matrices.iter().zip(outs) {
        let (first, other) = (matrices[0].columns(), matrix.columns());
        if first != other {
            return Err(LinearError::Columns { first, other });
        }
        length(Operand::Activations, x.len(), n.saturating_mul(other))?;
        length(Operand::Outputs, out.len(), n.saturating_mul(matrix.rows()))?;
    }
    Ok(())
}

/// What all tasks read.
struct Activations<'a> {
    /// `(n, columns)`, columns filled up with zeros to whole parts
    x: Cow<'a, [f32]>,
    columns: usize,
    n: usize,
    /// The activations in steps, of one token whose numbers are ordinary ones.
    fixed: Option<Fixed>,
}

impl<'a> Activations<'a> {
    fn new(x: &'a [f32], columns: usize) -> Self {
        let padded = columns.next_multiple_of(PART);
        let n = x.len() / columns;
        if padded == columns {
            let fixed = if n == 1 { Fixed::new(x.as_chunks().0) } else { None };
            return Self { x: Cow::Borrowed(x), columns, n, fixed };
        }
        let mut filled = vec![0.0; n * padded];
        for (to, from) in filled.chunks_exact_mut(padded).zip(x.chunks_exact(columns)) {
            to[..columns].copy_from_slice(from);
        }
        Self { x: Cow::Owned(filled), columns: padded, n, fixed: None }
    }
}

/// Some rows of one matrix.
struct Task<'a, 'b> {
    matrix: &'a Linear<'b>,
    rows: Range<usize>,
    /// `(rows, n)`
    out: &'a mut [f32],
}

fn tasks<'a, 'b>(matrix: &'a Linear<'b>, n: usize, out: &'a mut [f32]) -> impl Iterator<Item = Task<'a, 'b>> {
    out.chunks_mut(TASK * n).enumerate().map(move |(i, out)| {
        let first = i * TASK;
        Task { matrix, rows: first..first + out.len() / n, out }
    })
}

fn run_all(tasks: Vec<Task<'_, '_>>, x: &Activations<'_>, threads: Threads) {
    match threads {
        Threads::One => tasks.into_iter().for_each(|task| task.run(x)),
        Threads::All => tasks.into_par_iter().for_each(|task| task.run(x)),
    }
}

impl Task<'_, '_> {
    fn run(mut self, x: &Activations<'_>) {
        // What is packed cannot be read in parts if a row ends inside one.
        let whole = self.matrix.columns() == x.columns;
        if whole && with_layout(self.matrix.encoding(), Fast { task: &mut self, x }).is_some() {
            return;
        }
        let columns = self.matrix.columns();
        let source = Decoded(|row: usize, to: &mut [f32]| {
            self.matrix.decode_row(self.rows.start + row, &mut to[..columns]);
        });
        Arch::new().dispatch(Many { source, x: &x.x, columns: x.columns, out: self.out });
    }
}

/// A task with the layout of its weights.
struct Fast<'t, 'x, 'a, 'b> {
    task: &'t mut Task<'a, 'b>,
    x: &'x Activations<'x>,
}

impl Visit for Fast<'_, '_, '_, '_> {
    type Output = ();

    fn visit<L: Layout<BYTES>, const BYTES: usize>(self) {
        let Fast { task, x } = self;
        let bytes = task.matrix.row_bytes();
        let stored = &task.matrix.bytes()[task.rows.start * bytes..task.rows.end * bytes];
        let (blocks, _) = stored.as_chunks::<BYTES>();
        let layout = PhantomData::<L>;
        match &x.fixed {
            Some(x) if L::SCALED => OneFixed { layout, blocks, x, out: task.out }.run(),
            _ if x.n == 1 && !L::SCALED => {
                Arch::new().dispatch(One { layout, blocks, x: &x.x, out: task.out });
            }
            _ => {
                let source = Packed { layout, blocks, width: bytes / BYTES };
                Arch::new().dispatch(Many { source, x: &x.x, columns: x.columns, out: task.out });
            }
        }
    }
}

/// Rows and tokens that are turned at a time: a line of the cache of each row, read once.
const SQUARE: usize = 16;

/// `(rows, n)` to `(n, rows)`.
fn turn(turned: &[f32], n: usize, out: &mut [f32], threads: Threads) {
    let rows = turned.len() / n;
    let some_tokens = |(i, out): (usize, &mut [f32])| {
        for first in (0..rows).step_by(SQUARE) {
            for (t, out) in out.chunks_exact_mut(rows).enumerate() {
                let end = rows.min(first + SQUARE);
                for (row, to) in (first..end).zip(&mut out[first..end]) {
                    *to = turned[row * n + i * SQUARE + t];
                }
            }
        }
    };
    match threads {
        Threads::One => out.chunks_mut(SQUARE * rows).enumerate().for_each(some_tokens),
        Threads::All => out.par_chunks_mut(SQUARE * rows).enumerate().for_each(some_tokens),
    }
}
