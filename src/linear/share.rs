//! The rows of one or several matrices, shared out among threads.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::Range;

use pulp::Arch;
use rayon::prelude::*;

use super::across::Turn;
use super::error::{LinearError, Operand};
use super::fixed::Fixed;
use super::integer::OneFixed;
use super::layout::{Layout, PART, Visit, with_layout};
use super::many::{Decoded, Many, Packed, Source, TALL};
use super::matrix::{Linear, length};
use super::one::One;
use super::threads::Threads;
use crate::numerics::Scratch;

/// Rows of a task: enough to be worth giving away, and whole panels.
const TASK: usize = TALL;

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
    let x = Activations::new(x, first.columns(), threads);
    let tasks = matrices.iter().zip(outs).flat_map(|(matrix, out)| tasks(matrix, n, out)).collect();
    run_all(tasks, &x, threads);
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
    /// Many tokens, a lane of a vector for each.
    turned: Scratch,
    /// The activations in steps, of one token whose numbers are ordinary ones.
    fixed: Option<Fixed>,
}

impl<'a> Activations<'a> {
    fn new(x: &'a [f32], columns: usize, threads: Threads) -> Self {
        let one = x.len() == columns;
        let (x, columns) = whole_parts(x, columns);
        let turned = Arch::new().dispatch(Turn { x: &x, columns, threads });
        let fixed = if one { Fixed::new(x.as_chunks().0) } else { None };
        Self { x, columns, turned, fixed }
    }
}

/// The rows, filled up with zeros to whole parts, and their new width.
fn whole_parts(x: &[f32], columns: usize) -> (Cow<'_, [f32]>, usize) {
    let padded = columns.next_multiple_of(PART);
    if padded == columns {
        return (Cow::Borrowed(x), columns);
    }
    let mut filled = vec![0.0; x.len() / columns * padded];
    for (to, from) in filled.chunks_exact_mut(padded).zip(x.chunks_exact(columns)) {
        to[..columns].copy_from_slice(from);
    }
    (Cow::Owned(filled), padded)
}

/// Some rows of one matrix.
struct Task<'a, 'b> {
    matrix: &'a Linear<'b>,
    rows: Range<usize>,
    out: Out<'a>,
}

/// Where the results of a task go: to its rows, for one token or for each of several.
enum Out<'a> {
    One(&'a mut [f32]),
    Many(Vec<&'a mut [f32]>),
}

/// # Shapes
/// `out (n, rows)`
fn tasks<'a, 'b>(matrix: &'a Linear<'b>, n: usize, out: &'a mut [f32]) -> Vec<Task<'a, 'b>> {
    let rows = matrix.rows();
    let task = |first: usize, out| Task { matrix, rows: first..(first + TASK).min(rows), out };
    if n == 1 {
        let rooms = out.chunks_mut(TASK).enumerate();
        return rooms.map(|(i, out)| task(i * TASK, Out::One(out))).collect();
    }
    let mut rooms: Vec<Vec<&mut [f32]>> = Vec::new();
    rooms.resize_with(rows.div_ceil(TASK), || Vec::with_capacity(n));
    for out in out.chunks_exact_mut(rows) {
        rooms.iter_mut().zip(out.chunks_mut(TASK)).for_each(|(room, out)| room.push(out));
    }
    rooms.into_iter().enumerate().map(|(i, room)| task(i * TASK, Out::Many(room))).collect()
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
            let (to, behind) = to.split_at_mut(columns);
            self.matrix.decode_row(self.rows.start + row, to);
            behind.fill(0.0);
        });
        self.out.fill(source, x);
    }
}

impl Out<'_> {
    /// By panels of rows.
    fn fill<W: Source>(&mut self, source: W, x: &Activations<'_>) {
        let (turned, columns) = (&x.turned[..], x.columns);
        let x = &x.x;
        match self {
            Self::One(out) => Many { source, x, turned, columns, out: &mut [out] }.run(),
            Self::Many(out) => Many { source, x, turned, columns, out }.run(),
        }
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
        match (&mut task.out, &x.fixed) {
            (Out::One(out), Some(x)) if L::SCALED => OneFixed { layout, blocks, x, out }.run(),
            (Out::One(out), _) if !L::SCALED => Arch::new().dispatch(One { layout, blocks, x: &x.x, out }),
            (out, _) => out.fill(Packed { layout, blocks, width: bytes / BYTES }, x),
        }
    }
}
